"""aiobotocore's side: the same with coroutines."""

from __future__ import annotations

from ._async_provider import AsyncProvider
from ._boto3 import _HOOKS
from ._botocore import CANONICAL_NAME, METHOD, lead, metadata_of, translated, with_leads
from ._settings import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._botocore import Metadata


def aiobotocore_session(*, config_profile: str | None = None, **options: Any) -> Any:
    """An `aiobotocore.session.AioSession` with credentials from IAM Roles Anywhere.

    Nothing of it blocks the event loop: files are read and keys are used on the loop's executor.
    Arguments and errors are those of `boto3_session`; ``sign`` may be a coroutine function.
    """
    from aiobotocore.session import AioSession

    session = AioSession(profile=config_profile)
    arguments = {**options, "config_profile": config_profile}
    hooks = {name: arguments.pop(name) for name in _HOOKS if name in arguments}
    with translated("botocore"):
        resolved = resolve(arguments, session.get_config_variable("profile"))
        provider = AsyncProvider(_resolved=resolved, **hooks, **arguments)
    chain = session.get_component("credential_provider")
    chain.providers.insert(0, AioRolesAnywhereProvider(provider))
    return session


class AioRolesAnywhereProvider:
    """Stands in the chain of an aiobotocore session."""

    METHOD = METHOD
    CANONICAL_NAME = CANONICAL_NAME

    def __init__(self, provider: AsyncProvider) -> None:
        self._provider = provider

    async def load(self) -> Any:
        from aiobotocore.credentials import AioRefreshableCredentials

        provider = self._provider
        holder: list[Any] = []

        async def refresh() -> Metadata:
            with translated("botocore"):
                credentials = await provider.credentials()
            for instance in holder:
                instance._advisory_refresh_timeout = lead(provider, credentials)
            return metadata_of(credentials)

        with translated("botocore"):
            credentials = await provider.credentials()
        seconds = lead(provider, credentials)
        instance = with_leads(AioRefreshableCredentials, metadata_of(credentials), refresh, seconds)
        holder.append(instance)
        return instance
