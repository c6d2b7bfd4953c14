"""A boto3 session whose credentials come from the options given."""

from __future__ import annotations

from ._botocore import (
    ProfileSources,
    chain_of,
    chain_provider_class,
    package_of,
    session_transport,
    translated,
    wrap_source_profiles,
)
from ._provider import Provider
from ._settings import resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


HOOKS = ("clock", "jitter", "transport", "on_event")


def boto3_session(
    *, config_profile: str | None = None, botocore_session: Any = None, **options: Any
) -> Any:
    """A `boto3.Session` with credentials from IAM Roles Anywhere, which refresh by themselves.

    They go first in the chain: an ``AWS_ACCESS_KEY_ID`` in the environment cannot win.

    Args:
        config_profile: The profile of the shared config file whose keys ``rolesanywhere_…`` are read.
            A new botocore session uses this profile for its region and its other settings, too.
        botocore_session: A botocore session to use in place of a new one.
        **options: The options of the README's table, and ``clock``, ``jitter``, ``transport`` and
            ``on_event`` of `Provider`.

    Raises:
        InputError: for options that are missing, unknown or wrong; at once, not at the first call.
    """
    import boto3
    import botocore.session

    session = botocore_session
    if session is None:
        session = botocore.session.Session(profile=config_profile)
    chain = chain_of(session)
    package = package_of(chain)
    hooks = {name: options.pop(name) for name in HOOKS if name in options}
    arguments = {**options, "config_profile": config_profile}
    with translated(package):
        resolved = resolve(arguments, session.get_config_variable("profile"))
        hooks.setdefault("transport", session_transport(session, package, resolved))
        provider = Provider(_resolved=resolved, **hooks, **arguments)
    chain.providers.insert(0, chain_provider_class(package)(lambda: provider))
    wrap_source_profiles(chain, ProfileSources(session, package))
    return boto3.Session(botocore_session=session)
