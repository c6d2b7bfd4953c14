"""The AWS SDK for Python v4: a provider of its credential chain, found by its entry point.

It reads the keys ``rolesanywhere_…`` of the profile that the SDK uses, before ``credential_process``.
"""

from __future__ import annotations

import os
from typing import Any

from smithy_aws_core.identity.chain.ordering import Before, StandardProvider
from smithy_aws_core.identity.components import AWSCredentialsIdentity
from smithy_core.exceptions import SmithyIdentityError

from ._async_provider import AsyncProvider
from ._errors import RolesAnywhereError
from ._settings import resolve


class RolesAnywhereProvider:
    """Offers a resolver where the profile has our keys."""

    name = "RolesAnywhere"
    ordering = Before(slot=StandardProvider.PROFILE_CREDENTIAL_PROCESS)

    async def setup(self, identity_type: type[Any], setup: Any) -> None:
        """Called by the chain while it is put together."""
        if not issubclass(AWSCredentialsIdentity, identity_type):
            return
        options = resolve({}, setup.profile_name or os.environ.get("AWS_PROFILE") or "default")
        if options.is_configured:
            setup.add_terminal_resolver(RolesAnywhereResolver(AsyncProvider(_resolved=options)))


class RolesAnywhereResolver:
    """Resolves to credentials that stay fresh."""

    def __init__(self, provider: AsyncProvider) -> None:
        self._provider = provider

    async def get_identity(self, *, properties: Any) -> AWSCredentialsIdentity:
        """Raises `SmithyIdentityError` with our error as its cause."""
        try:
            credentials = await self._provider.credentials()
        except RolesAnywhereError as error:
            raise SmithyIdentityError(str(error)) from error
        return AWSCredentialsIdentity(
            access_key_id=credentials.access_key_id,
            secret_access_key=credentials.secret_access_key,
            session_token=credentials.session_token,
            expiration=credentials.expiration_datetime,
            account_id=credentials.account_id,
        )

    async def invalidate(self) -> None:
        """Stops serving the credentials."""
        self._provider.invalidate()
