"""What a provider is told: its options, the environment and the config file, resolved by the core."""

from __future__ import annotations

import os

from . import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Clock = Callable[[], tuple[float, float]]


def resolve(
    arguments: Mapping[str, Any],
    ambient_profile: str | None = None,
    config_file: str | None = None,
) -> _native.Options:
    """Resolves options with this process's environment and the shared config file.

    Errors: ``option_unknown``, ``option_invalid``, ``options_conflict``, ``feature_unavailable``,
    ``config_file_malformed``, ``file_unreadable``; `TypeError` for a value of a wrong type.
    """
    is_named = bool(arguments.get("config_profile") or os.environ.get("ROLESANYWHERE_CONFIG_PROFILE"))
    text = _config_file_text(config_file, is_named) if is_named or ambient_profile else None
    return _native.resolve_options(dict(arguments), os.environ, text, ambient_profile)


def _config_file_text(path: str | None, is_named: bool) -> str | None:
    path = os.path.expanduser(path or os.environ.get("AWS_CONFIG_FILE") or "~/.aws/config")
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except FileNotFoundError:
        return "" if is_named else None
    except OSError as error:
        if not is_named:
            return None
        message = f"the config file cannot be read: {error.strerror}"
        raise _native.error("file_unreadable", message) from error


def log_notes(options: _native.Options) -> None:
    """Warns of options that have no effect, and of TLS without verification each time."""
    import logging

    logger = logging.getLogger("rolesanywhere")
    for note in options.notes:
        logger.warning("%s", note)
    if not options.flag("verify"):
        logger.warning("verify=False: whoever is on the way to the service can answer in its place")


def system_clock() -> tuple[float, float]:
    """Unix seconds, and the seconds of a clock that never goes back."""
    import time

    return time.time(), time.monotonic()


def system_jitter() -> float:
    """A fraction that spreads a fleet's requests. No secret depends on it."""
    return int.from_bytes(os.urandom(4), "big") / 0xFFFFFFFF
