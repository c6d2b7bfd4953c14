"""aiobotocore's side: the same with coroutines."""

from __future__ import annotations

import asyncio
import inspect

from ._async_provider import AsyncProvider
from ._boto3 import HOOKS
from ._botocore import (
    CANONICAL_NAME,
    METHOD,
    ProfileSources,
    chain_of,
    lead,
    metadata_of,
    package_of,
    session_transport,
    translated,
    with_leads,
    wrap_source_profiles,
)
from ._settings import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

    from ._botocore import Metadata


def aiobotocore_session(
    *, config_profile: str | None = None, botocore_session: Any = None, **options: Any
) -> Any:
    """An `aiobotocore.session.AioSession` with credentials from IAM Roles Anywhere.

    They go first in the chain. Nothing of it blocks the event loop: files are read and keys are used on
    the loop's executor.

    Args:
        config_profile: As that of `boto3_session`.
        botocore_session: An `AioSession` to use in place of a new one.
        **options: As those of `boto3_session`; ``sign`` and ``transport`` may be coroutine functions.

    Raises:
        InputError: for options that are missing, unknown or wrong; at once, not at the first call.
    """
    from aiobotocore.session import AioSession

    session = botocore_session
    if session is None:
        session = AioSession(profile=config_profile)
    chain = chain_of(session)
    package = package_of(chain)
    arguments = {**options, "config_profile": config_profile}
    hooks = {name: arguments.pop(name) for name in HOOKS if name in arguments}
    with translated(package):
        resolved = resolve(arguments, session.get_config_variable("profile"))
        hooks.setdefault("transport", session_transport(session, package, resolved))
        provider = AsyncProvider(_resolved=resolved, **hooks, **arguments)
    chain.providers.insert(0, AioRolesAnywhereProvider(lambda: provider, package))
    wrap_source_profiles(chain, AioProfileSources(session, package))
    return session


class AioProfileSources(ProfileSources):
    """One `AsyncProvider` for each profile of a session."""

    def chain_provider(self, profile: str | None) -> Any:
        return AioRolesAnywhereProvider(lambda: self._provider_later(profile), self.package)

    async def _provider_later(self, profile: str | None) -> AsyncProvider | None:
        name = self._name(profile)
        if name not in self._providers:
            options = await asyncio.to_thread(resolve, {}, name, self._config_file())
            self._add(name, options, AsyncProvider)
        return self._providers.get(name)


class AioRolesAnywhereProvider:
    """Stands in the chain of an aiobotocore session."""

    METHOD = METHOD
    CANONICAL_NAME = CANONICAL_NAME

    def __init__(
        self,
        provider: Callable[[], AsyncProvider | Awaitable[AsyncProvider | None] | None],
        package: str,
    ) -> None:
        self._provider = provider
        self._package = package

    async def load(self) -> Any:
        """`AioRefreshableCredentials`; `None` without our keys."""
        with translated(self._package):
            found = self._provider()
            provider = await found if inspect.isawaitable(found) else found
            return None if provider is None else await refreshable(provider, self._package)


async def refreshable(provider: AsyncProvider, package: str) -> Any:
    """Credentials that aiobotocore refreshes when our lead says so, and keeps until they have expired."""
    from aiobotocore.credentials import AioRefreshableCredentials

    holder: list[Any] = []

    async def refresh() -> Metadata:
        with translated(package):
            credentials = await provider.credentials()
        for instance in holder:
            instance._advisory_refresh_timeout = lead(provider, credentials)
        return metadata_of(credentials)

    credentials = await provider.credentials()
    seconds = lead(provider, credentials)
    instance = with_leads(AioRefreshableCredentials, metadata_of(credentials), refresh, seconds)
    holder.append(instance)
    return instance
