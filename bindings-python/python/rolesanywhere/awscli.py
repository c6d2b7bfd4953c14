"""The AWS CLI's plugin, for version 1 and version 2.

In ``~/.aws/config``::

    [plugins]
    rolesanywhere = rolesanywhere.awscli
    # Version 2 alone: the directory that has this package.
    cli_legacy_plugin_path = /usr/lib/python3/site-packages
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def awscli_initialize(event_hooks: Any) -> None:
    """Called by the AWS CLI, which finds this function by its name."""
    event_hooks.register("session-initialized", _install)


def _install(session: Any, **_: Any) -> None:
    from ._botocore import install

    install(session)
