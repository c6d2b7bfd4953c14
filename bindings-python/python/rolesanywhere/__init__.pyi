from . import _native as _native
from ._aiobotocore import aiobotocore_session as aiobotocore_session
from ._async_provider import AsyncProvider as AsyncProvider
from ._boto3 import boto3_session as boto3_session
from ._botocore import install as install
from ._errors import (
    IdentityError as IdentityError,
    InputError as InputError,
    InternalError as InternalError,
    RolesAnywhereError as RolesAnywhereError,
    ServiceError as ServiceError,
    SigningError as SigningError,
    TransportError as TransportError,
)
from ._native import (
    CreateSession as CreateSession,
    Credentials as Credentials,
    ErrorCode as ErrorCode,
    Event as Event,
    Fetch as Fetch,
    Finding as Finding,
    HttpRequest as HttpRequest,
    Identity as Identity,
    Options as Options,
    PendingSignature as PendingSignature,
    Poll as Poll,
    PrivateKey as PrivateKey,
    Refresh as Refresh,
    SignableRequest as SignableRequest,
    SigningRequest as SigningRequest,
    error_codes as error_codes,
    load_identity as load_identity,
    resolve_options as resolve_options,
    version as version,
)
from ._provider import Provider as Provider
from ._transport import HttpResponse as HttpResponse

__version__: str
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
