"""Credentials that stay fresh, for programs with threads."""

from __future__ import annotations

import os
import threading
import weakref

from . import _native
from ._events import tell
from ._settings import log_notes, resolve, system_clock, system_jitter
from ._transport import HttpResponse, transport_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._events import OnEvent
    from collections.abc import Callable
    from ._settings import Clock
    from ._transport import Transport

# A waiter looks at the clock again after so long: an injected one moves as it likes, and a machine
# that was suspended has missed the end of the wait.
LONGEST_SLEEP = 0.1


class Core:
    """What `Provider` and `AsyncProvider` share: options, clock, one attempt's host side."""

    def __init__(
        self,
        options: dict[str, Any],
        clock: Clock | None,
        jitter: Callable[[], float] | None,
        transport: Transport | None,
        on_event: OnEvent | None,
        resolved: _native.Options | None,
    ) -> None:
        given = resolve(options) if resolved is None else resolved
        log_notes(given)
        self.options = given
        self.sign: Callable[[_native.SigningRequest], Any] | None = options.get("sign")
        self.state = _native.ProviderState(given, options.get("identity"))
        self.clock = clock or system_clock
        self.jitter = jitter or system_jitter
        self.on_event = on_event
        self._transport = transport

    def now(self) -> tuple[int, int]:
        """Both clocks in milliseconds."""
        unix, monotonic = self.clock()
        return max(0, int(unix * 1000)), max(0, int(monotonic * 1000))

    def send(self, request: _native.HttpRequest, deadline: int) -> HttpResponse:
        if self._transport is None:
            self._transport = transport_for(self.options)
        left = (deadline - self.now()[1]) / 1000
        return self._transport(request, max(left, 0.001))

    def report(self, outcome: _native.Outcome) -> None:
        self.state.report(outcome, *self.now(), float(self.jitter()))

    def next_refresh(self) -> float | None:
        """In Unix seconds."""
        due = self.state.next_refresh()
        if due is None:
            return None
        unix, monotonic = self.now()
        return (unix + max(0, due - monotonic)) / 1000

    def tell(self) -> None:
        tell(self.state.take_events(), self.on_event)


def closed() -> Exception:
    error: Exception = _native.error("provider_closed", "the provider is closed")
    return error


class Provider:
    """Serves credentials from memory and fetches new ones in time; for any number of threads.

    It never serves credentials that have expired, and makes one request however many ask. While
    credentials are valid, the one caller who finds a refresh due makes it, for up to 5 seconds, and
    all others are served at once. Without credentials, callers wait for the one who fetches. It
    starts no thread, and survives a fork: the child does not wait for what the parent was fetching.

    Args:
        **options: The options of the README's table, by their names: ``trust_anchor_arn``,
            ``profile_arn``, ``role_arn``, ``certificate``, ``private_key``, …
        clock: Returns Unix seconds and monotonic seconds; for tests.
        jitter: Returns a fraction between 0 and 1; for tests.
        transport: Called with a request and a time limit in seconds, returns an `HttpResponse`.
        on_event: Called with each `Event`, on the thread it happens on and under no lock.

    Raises:
        InputError: for options that are missing, unknown or wrong.
        TypeError: for an option of a wrong type, by its name.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        jitter: Callable[[], float] | None = None,
        transport: Transport | None = None,
        on_event: OnEvent | None = None,
        _resolved: _native.Options | None = None,
        **options: Any,
    ) -> None:
        self._core = Core(options, clock, jitter, transport, on_event, _resolved)
        self._condition = threading.Condition()
        self._closed = False
        self._steady: tuple[_native.Credentials, int, int] | None = None
        _providers.add(self)

    def credentials(self) -> _native.Credentials:
        """Valid credentials: from memory, or fetched now.

        Raises:
            RolesAnywhereError: only without valid credentials: why the last fetch failed, with a
                code of any kind; ``provider_closed``.
        """
        steady = self._steady
        if steady is not None:
            unix, monotonic = self._core.now()
            if unix < steady[1] and monotonic < steady[2]:
                return steady[0]
        return self._obtain(want_new=False)

    def refresh(self) -> _native.Credentials:
        """Credentials that are newer than those at hand; others are served the old ones meanwhile.

        Raises:
            RolesAnywhereError: as `credentials`; the old credentials stay at hand.
        """
        with self._condition:
            self._core.state.request_refresh()
            self._steady = None
        return self._obtain(want_new=True)

    def invalidate(self) -> None:
        """Stops serving the credentials: somebody knows that they no longer work."""
        with self._condition:
            self._core.state.invalidate()
            self._steady = None

    @property
    def next_refresh(self) -> float | None:
        """When the next refresh is due, in Unix seconds; `None` without credentials."""
        return self._core.next_refresh()

    def close(self) -> None:
        """Forgets the credentials; every call from now on, and every caller who waits, gets
        ``provider_closed``."""
        condition = self._condition
        with condition:
            self._closed = True
            self.invalidate()
            condition.notify_all()

    def __enter__(self) -> Provider:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        role_arn = self._core.options.text("role_arn")
        return f"<Provider {role_arn}>"

    def _obtain(self, want_new: bool) -> _native.Credentials:
        try:
            return self._poll_until_settled(want_new)
        finally:
            self._core.tell()

    def _poll_until_settled(self, want_new: bool) -> _native.Credentials:
        core = self._core
        while True:
            condition = self._condition
            with condition:
                if self._closed:
                    raise closed()
                now = core.now()
                poll = core.state.poll(*now)
                credentials = None if want_new else poll.credentials
                if poll.attempt is None:
                    if credentials is not None:
                        self._steady = core.state.steady(*now)
                        return credentials
                    if poll.error is not None:
                        raise poll.error
                    if poll.wait_until is None and poll.credentials is not None:
                        return poll.credentials
                    until = poll.wait_until if poll.wait_until is not None else now[1]
                    condition.wait(min(max(until - now[1], 1) / 1000, LONGEST_SLEEP))
                    continue
            self._fetch(poll.attempt)

    def _fetch(self, attempt: _native.Attempt) -> None:
        try:
            outcome = self._run(attempt)
        except BaseException:
            # Interrupted: somebody else shall fetch.
            self._core.state.cancel(*self._core.now())
            self._wake()
            raise
        self._core.report(outcome)
        self._wake()

    def _wake(self) -> None:
        condition = self._condition
        with condition:
            self._steady = None
            condition.notify_all()

    def _run(self, attempt: _native.Attempt) -> _native.Outcome:
        prepared = attempt.prepare()
        if isinstance(prepared, _native.Outcome):
            return prepared
        sign = self._core.sign
        if sign is None:
            signed = prepared.sign()
        else:
            try:
                signed = prepared.finish(sign(prepared.signing_request))
            except Exception as error:
                return prepared.fail(error)
        if isinstance(signed, _native.Outcome):
            return signed
        try:
            return signed.receive(*self._core.send(signed.request, attempt.deadline))
        except Exception as error:
            return signed.fail(error)

    def _after_fork_in_child(self) -> None:
        # The lock may belong to a thread that stayed behind, and so may the attempt.
        self._condition = threading.Condition()
        self._core.state.cancel(*self._core.now())


_providers: weakref.WeakSet[Provider] = weakref.WeakSet()


def _after_fork_in_child() -> None:
    for provider in list(_providers):
        provider._after_fork_in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)
