"""Credentials that stay fresh, for programs with an event loop."""

from __future__ import annotations

import asyncio
import inspect

from . import _native
from ._provider import LONGEST_SLEEP, Core, closed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ._events import OnEvent
    from ._settings import Clock
    from ._transport import HttpResponse, Transport


class AsyncProvider:
    """As `Provider`, with coroutines. Files are read, keys are derived and used, and requests are sent
    on the loop's executor, never on the loop.

    ``sign`` may be a coroutine function, and so may ``transport``. A task that is cancelled while it
    fetches leaves nothing stuck: the next caller fetches.

    Args:
        **options: as those of `Provider`, and as its ``clock``, ``jitter``, ``transport`` and
            ``on_event``.
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
        self._given_transport = transport
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = set()
        self._closed = False

    async def credentials(self) -> _native.Credentials:
        """Valid credentials: from memory, or fetched now.

        Raises:
            RolesAnywhereError: only without valid credentials, with a code of any kind.
        """
        return await self._obtain(want_new=False)

    async def refresh(self) -> _native.Credentials:
        """Credentials that are newer than those at hand. Raises as `credentials`."""
        self._core.state.request_refresh()
        return await self._obtain(want_new=True)

    def invalidate(self) -> None:
        """Stops serving the credentials: somebody knows that they no longer work."""
        self._core.state.invalidate()

    @property
    def next_refresh(self) -> float | None:
        """When the next refresh is due, in Unix seconds; `None` without credentials."""
        return self._core.next_refresh()

    async def close(self) -> None:
        """Forgets the credentials; every call from now on gets ``provider_closed``."""
        self._closed = True
        self.invalidate()
        self._wake()

    async def __aenter__(self) -> AsyncProvider:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<AsyncProvider {self._core.options.text('role_arn')}>"

    async def _obtain(self, want_new: bool) -> _native.Credentials:
        try:
            return await self._poll_until_settled(want_new)
        finally:
            self._core.tell()

    async def _poll_until_settled(self, want_new: bool) -> _native.Credentials:
        core = self._core
        while True:
            if self._closed:
                raise closed()
            now = core.now()
            poll = core.state.poll(*now)
            credentials = None if want_new else poll.credentials
            if poll.attempt is not None:
                await self._fetch(poll.attempt)
            elif credentials is not None:
                return credentials
            elif poll.error is not None:
                raise poll.error
            elif poll.wait_until is None and poll.credentials is not None:
                return poll.credentials
            else:
                until = poll.wait_until if poll.wait_until is not None else now[1]
                await self._wait(min(max(until - now[1], 1) / 1000, LONGEST_SLEEP))

    async def _wait(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        entry = (loop, loop.create_future())
        self._waiting.add(entry)
        try:
            await asyncio.wait([entry[1]], timeout=seconds)
        finally:
            self._waiting.discard(entry)

    def _wake(self) -> None:
        for loop, future in list(self._waiting):
            if not loop.is_closed():
                loop.call_soon_threadsafe(_settle, future)

    async def _fetch(self, attempt: _native.Attempt) -> None:
        try:
            outcome = await self._run(attempt)
        except BaseException:
            # Cancelled: somebody else shall fetch.
            self._core.state.cancel(*self._core.now())
            self._wake()
            raise
        self._core.report(outcome)
        self._wake()

    async def _run(self, attempt: _native.Attempt) -> _native.Outcome:
        prepared = await asyncio.to_thread(attempt.prepare)
        if isinstance(prepared, _native.Outcome):
            return prepared
        signed = await self._sign(prepared)
        if isinstance(signed, _native.Outcome):
            return signed
        try:
            return signed.receive(*await self._send(signed.request, attempt.deadline))
        except Exception as error:
            return signed.fail(error)

    async def _sign(self, prepared: _native.Prepared) -> _native.Signed | _native.Outcome:
        sign = self._core.sign
        if sign is None:
            return await asyncio.to_thread(prepared.sign)
        try:
            if inspect.iscoroutinefunction(sign):
                returned = await sign(prepared.signing_request)
            else:
                returned = await asyncio.to_thread(sign, prepared.signing_request)
                if inspect.isawaitable(returned):
                    returned = await returned
            return await asyncio.to_thread(prepared.finish, returned)
        except Exception as error:
            return prepared.fail(error)

    async def _send(self, request: _native.HttpRequest, deadline: int) -> HttpResponse:
        transport: Any = self._given_transport
        if inspect.iscoroutinefunction(transport):
            left = (deadline - self._core.now()[1]) / 1000
            reply: HttpResponse = await transport(request, max(left, 0.001))
            return reply
        return await asyncio.to_thread(self._core.send, request, deadline)


def _settle(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
