"""botocore's side: a credential provider for whichever botocore a session comes from.

The AWS CLI carries a botocore of its own, so every class is made from the modules of the session
that is given, and none is imported by name.
"""

from __future__ import annotations

import sys
from functools import lru_cache

from . import _native
from ._botocore_transport import BotocoreTransport
from ._errors import CLASSES, RolesAnywhereError
from ._provider import Provider
from ._settings import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ._transport import Transport

    Metadata = dict[str, Any]

METHOD = "custom-roles-anywhere"
CANONICAL_NAME = "customRolesAnywhere"
KEY_PREFIX = "rolesanywhere_"


def install(botocore_session: Any) -> None:
    """Lets a session of one's own read the keys ``rolesanywhere_…`` of its profile.

    They come before ``credential_process``, and work for a profile that another one names as its
    ``source_profile``. Without such keys the session behaves as before; with half of them it raises
    once credentials are asked for.

    Args:
        botocore_session: A `botocore.session.Session`, a `boto3.Session`, or an
            `aiobotocore.session.AioSession`.

    Raises:
        InputError: ``feature_unavailable`` for what is no session of botocore's.
    """
    session = getattr(botocore_session, "_session", botocore_session)
    chain = chain_of(session)
    if any(provider.METHOD == METHOD for provider in chain.providers):
        return
    sources = sources_of(session, chain)
    chain.insert_before("custom-process", sources.chain_provider(None))
    wrap_source_profiles(chain, sources)


def chain_of(session: Any) -> Any:
    """The credential providers of a botocore session, in their order."""
    if not hasattr(session, "get_component"):
        raise _native.error("feature_unavailable", "the session is not one of botocore's")
    return session.get_component("credential_provider")


def sources_of(session: Any, chain: Any) -> ProfileSources:
    """With coroutines where the session has them."""
    package = package_of(chain)
    if type(chain).__module__.startswith("aiobotocore."):
        from ._aiobotocore import AioProfileSources

        return AioProfileSources(session, package)
    return ProfileSources(session, package)


class ProfileSources:
    """One `Provider` for each profile of a session."""

    def __init__(self, session: Any, package: str) -> None:
        self.session = session
        self.package = package
        self._providers: dict[str, Any] = {}

    def chain_provider(self, profile: str | None) -> Any:
        """What stands in a chain; `None` is the profile that the session has chosen."""
        return chain_provider_class(self.package)(lambda: self._provider(profile))

    def _provider(self, profile: str | None) -> Provider | None:
        name = self._name(profile)
        if name not in self._providers:
            self._add(name, resolve({}, name, self._config_file()), Provider)
        return self._providers.get(name)

    def _name(self, profile: str | None) -> str:
        return profile or self.session.get_config_variable("profile") or "default"

    def _config_file(self) -> str | None:
        path: str | None = self.session.get_config_variable("config_file")
        return path

    def _add(self, name: str, options: _native.Options, kind: Any) -> None:
        if options.is_configured:
            # A lost race costs a second provider that nobody uses.
            transport = session_transport(self.session, self.package, options)
            self._providers.setdefault(name, kind(_resolved=options, transport=transport))


def package_of(chain: Any) -> str:
    """``botocore`` or ``awscli.botocore``: where the chain's own class lives."""
    for kind in type(chain).__mro__:
        module = str(kind.__module__)
        if kind.__name__ == "CredentialResolver" and module.endswith("botocore.credentials"):
            return module.rpartition(".")[0]
    raise _native.error("feature_unavailable", "the session is not one of botocore's")


def session_transport(session: Any, package: str, options: _native.Options) -> Transport:
    """botocore's HTTP session with what that session's clients are told by default."""
    config = session.get_default_client_config()
    return BotocoreTransport(options, package, config).send


@lru_cache(maxsize=None)
def chain_provider_class(package: str) -> type[Any]:
    """The class of our providers in the chains of that botocore."""
    credentials = sys.modules[f"{package}.credentials"]

    class RolesAnywhereProvider(credentials.CredentialProvider):  # type: ignore[misc, name-defined]
        METHOD = METHOD
        CANONICAL_NAME = CANONICAL_NAME

        def __init__(self, provider: Callable[[], Provider | None]) -> None:
            super().__init__()
            self._provider = provider

        def load(self) -> Any:
            with translated(package):
                provider = self._provider()
                return None if provider is None else refreshable(provider, package)

    return RolesAnywhereProvider


def refreshable(provider: Provider, package: str) -> Any:
    """Credentials that botocore refreshes when our lead says so, and keeps until they have expired."""
    kind = sys.modules[f"{package}.credentials"].RefreshableCredentials
    holder: list[Any] = []

    def refresh() -> Metadata:
        with translated(package):
            credentials = provider.credentials()
        for instance in holder:
            instance._advisory_refresh_timeout = lead(provider, credentials)
        return metadata_of(credentials)

    credentials = provider.credentials()
    instance = with_leads(kind, metadata_of(credentials), refresh, lead(provider, credentials))
    holder.append(instance)
    return instance


def with_leads(kind: Any, metadata: Metadata, refresh: Any, seconds: int) -> Any:
    """botocore's own leads are 15 minutes, and an error under 10: ours serve until the end."""
    try:
        return kind.create_from_metadata(
            metadata, refresh, METHOD, advisory_timeout=seconds, mandatory_timeout=0
        )
    except TypeError:
        # An older botocore.
        instance = kind.create_from_metadata(metadata, refresh, METHOD)
        instance._advisory_refresh_timeout = seconds
        instance._mandatory_refresh_timeout = 0
        return instance


def lead(provider: Any, credentials: _native.Credentials) -> int:
    """How many seconds before the end the next refresh is due."""
    due = provider.next_refresh
    return 0 if due is None else max(0, int(credentials.expiration - due))


def metadata_of(credentials: _native.Credentials) -> Metadata:
    return {
        "access_key": credentials.access_key_id,
        "secret_key": credentials.secret_access_key,
        "token": credentials.session_token,
        "expiry_time": credentials.expiration_datetime.isoformat(),
        "account_id": credentials.account_id,
    }


class translated:
    """Raises our errors as ones that are `CredentialRetrievalError`s of that botocore too."""

    def __init__(self, package: str) -> None:
        self._package = package

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: Any, error: BaseException | None, _traceback: Any) -> None:
        if isinstance(error, RolesAnywhereError):
            raise _translated_error(error, self._package) from error.__cause__


def _translated_error(error: RolesAnywhereError, package: str) -> RolesAnywhereError:
    kind: Any = _translated_class(error.kind, package)
    translated_error: RolesAnywhereError = kind.__new__(kind)
    translated_error.__dict__.update(error.__dict__)
    translated_error.args = error.args
    # What botocore's exceptions carry.
    translated_error.__dict__["kwargs"] = {"provider": METHOD, "error_msg": str(error)}
    return translated_error


@lru_cache(maxsize=None)
def _translated_class(name: str, package: str) -> type[Any]:
    kind = CLASSES[name]
    retrieval_error = sys.modules[f"{package}.exceptions"].CredentialRetrievalError
    # Pickled as what it was made from: this class has no name to be found by.
    members = {"__reduce__": kind.__reduce__, "__module__": kind.__module__}
    return type(kind.__name__, (kind, retrieval_error), members)


def wrap_source_profiles(chain: Any, sources: Any) -> None:
    """Lets a profile with our keys be the `source_profile` of another one.

    botocore makes the providers of a source profile from a fixed list, which the assume-role provider
    asks for; ours is asked first.
    """
    assume_role = next((it for it in chain.providers if it.METHOD == "assume-role"), None)
    if assume_role is None:
        return
    builder = getattr(assume_role, "_profile_provider_builder", None)
    if builder is not None and hasattr(builder, "providers"):
        assume_role._profile_provider_builder = _Builder(builder, sources)
    else:
        # Before it, so that it says what is wrong instead of botocore.
        chain.insert_before("assume-role", _source_profile_guard(sources))


class _Builder:
    def __init__(self, builder: Any, sources: Any) -> None:
        self._builder = builder
        self._sources = sources

    def providers(self, profile_name: str, *arguments: Any, **options: Any) -> list[Any]:
        others = self._builder.providers(profile_name, *arguments, **options)
        return [self._sources.chain_provider(profile_name), *others]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._builder, name)


def _source_profile_guard(sources: Any) -> Any:
    def refuse() -> Provider | None:
        session = sources.session
        profiles = session.full_config.get("profiles", {})
        chosen = session.get_config_variable("profile") or "default"
        name = profiles.get(chosen, {}).get("source_profile")
        source = profiles.get(name, {})
        if "credential_process" not in source and any(key.startswith(KEY_PREFIX) for key in source):
            message = f"this botocore takes no source_profile of another kind, and `{name}` is one"
            hint = f"give profile `{name}` a `credential_process = rolesanywhere credential-process …`"
            raise _native.error("feature_unavailable", message, hint)
        return None

    guard = sources.chain_provider(None)
    guard._provider = refuse
    return guard
