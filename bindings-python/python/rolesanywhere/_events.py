"""Tells a program's log, and its callback, what happens in a provider."""

from __future__ import annotations

import logging

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from . import _native

    OnEvent = Callable[[_native.Event], object]

logger = logging.getLogger("rolesanywhere")


def tell(events: list[_native.Event], on_event: OnEvent | None) -> None:
    """Logs each event, then calls back; what the callback raises is logged and goes no further."""
    for event in events:
        _log(event)
        if on_event is not None:
            try:
                on_event(event)
            except Exception:
                logger.exception("the event callback failed")


def _log(event: _native.Event) -> None:
    if event.error is not None:
        logger.warning("%s: %s [%s]", event.name, event.error.message, event.error.code)
    elif event.name == "clock_corrected":
        logger.warning("clock_corrected: this machine's clock is off by %s s", event.offset_seconds)
    elif event.name == "certificate_expiring":
        logger.warning("certificate_expiring: at %s", event.not_after)
    elif event.name == "identity_changed":
        logger.info("identity_changed: serial number %s, until %s", event.serial_number, event.not_after)
    else:
        logger.info("%s: until %s", event.name, event.expiration)
