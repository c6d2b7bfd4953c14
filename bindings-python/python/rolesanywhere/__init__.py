"""AWS credentials from an X.509 certificate (IAM Roles Anywhere), which stay fresh.

>>> import rolesanywhere
>>> session = rolesanywhere.boto3_session(config_profile="prod")  # doctest: +SKIP
>>> session.client("s3").list_buckets()  # doctest: +SKIP

What is imported here is small: neither boto3 nor ssl. The rest is imported when it is first used.
"""

from ._errors import (
    IdentityError,
    InputError,
    InternalError,
    RolesAnywhereError,
    ServiceError,
    SigningError,
    TransportError,
)
from ._native import (
    CreateSession,
    Credentials,
    ErrorCode,
    Event,
    Fetch,
    Finding,
    HttpRequest,
    Identity,
    Options,
    PendingSignature,
    Poll,
    PrivateKey,
    Refresh,
    SignableRequest,
    SigningRequest,
    error_codes,
    load_identity,
    resolve_options,
    version,
)

__version__ = version()

_LATER = {
    "AsyncProvider": "_async_provider",
    "HttpResponse": "_transport",
    "Provider": "_provider",
    "aiobotocore_session": "_aiobotocore",
    "boto3_session": "_boto3",
    "install": "_botocore",
}

__all__ = [
    "AsyncProvider",
    "CreateSession",
    "Credentials",
    "ErrorCode",
    "Event",
    "Fetch",
    "Finding",
    "HttpRequest",
    "HttpResponse",
    "Identity",
    "IdentityError",
    "InputError",
    "InternalError",
    "Options",
    "PendingSignature",
    "Poll",
    "PrivateKey",
    "Provider",
    "Refresh",
    "RolesAnywhereError",
    "ServiceError",
    "SignableRequest",
    "SigningError",
    "SigningRequest",
    "TransportError",
    "aiobotocore_session",
    "boto3_session",
    "error_codes",
    "install",
    "load_identity",
    "resolve_options",
    "version",
]


def __getattr__(name):  # type: ignore[no-untyped-def]
    if name in _LATER:
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():  # type: ignore[no-untyped-def]
    return sorted({*globals(), *__all__})
