"""How a request travels: one request out, one reply in. Attempts and pauses are the core's."""

from __future__ import annotations

import time
from typing import NamedTuple

from . import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    Transport = Callable[[_native.HttpRequest, float], "HttpResponse"]

    class Readable(Protocol):
        def read(self, amount: int, /) -> bytes: ...


# More than any reply of the service; beyond it something else is answering.
SIZE_LIMIT = 1 << 20
CONNECT_SECONDS = 5.0


class HttpResponse(NamedTuple):
    """A reply: status, headers as pairs, body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def transport_for(options: _native.Options) -> Transport:
    """botocore's HTTP session where botocore is installed, else `urllib.request`."""
    from importlib.util import find_spec

    if find_spec("botocore") is not None:
        from ._botocore_transport import BotocoreTransport

        return BotocoreTransport(options, "botocore").send
    from ._urllib_transport import UrllibTransport

    return UrllibTransport(options).send


def proxies_for(url: str) -> dict[str, str]:
    """The proxies of the environment for a URL: none where `NO_PROXY` has the host."""
    from urllib.parse import urlsplit
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    if proxy_bypass(parts.netloc):
        return {}
    proxies = getproxies()
    everything = proxies.pop("all", None)
    if everything is not None:
        proxies.setdefault(parts.scheme, everything)
    return proxies


def read_body(response: Readable, deadline: float) -> bytes:
    """The whole body, unless it is too large or takes too long."""
    body = bytearray()
    while chunk := response.read(65536):
        body += chunk
        if len(body) > SIZE_LIMIT:
            raise _native.error("response_too_large", f"the reply is larger than {SIZE_LIMIT} bytes")
        if time.monotonic() > deadline:
            raise _native.error("timeout", "the reply did not end in time")
    return bytes(body)


def failure(code: str, url: str, why: str) -> Exception:
    """The error for what went wrong on the way to `url`, whose query is nobody's business."""
    import os
    from urllib.parse import urlsplit

    host = urlsplit(url).netloc
    hint = None
    if code == "connection_failed" and os.environ.get("AWS_ENDPOINT_URL"):
        hint = (
            "check the network, the proxy and the firewall; AWS_ENDPOINT_URL is set and not used here: "
            "AWS_ENDPOINT_URL_ROLESANYWHERE is"
        )
    error: Exception = _native.error(code, f"{host}: {why}", hint)
    return error
