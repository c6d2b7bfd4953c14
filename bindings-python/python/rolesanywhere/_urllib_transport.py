"""The transport without botocore: `urllib.request`."""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.error
import urllib.request

from ._transport import HttpResponse, failure, proxies_for, read_body

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import _native


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The signature covers one request to one host; a redirect is a reply like any other."""

    def redirect_request(self, *_: Any) -> None:
        return None


class UrllibTransport:
    """Sends one request with the standard library."""

    def __init__(self, options: _native.Options) -> None:
        self._ca_bundle = options.text("ca_bundle")
        self._verify = options.flag("verify")

    def send(self, request: _native.HttpRequest, timeout: float) -> HttpResponse:
        """Sends `request` once. Errors: codes of kind ``transport``; ``file_unreadable``."""
        deadline = time.monotonic() + timeout
        handlers: list[urllib.request.BaseHandler] = [
            urllib.request.ProxyHandler(proxies_for(request.url)),
            _NoRedirect(),
        ]
        if request.url.startswith("https:"):
            handlers.append(urllib.request.HTTPSHandler(context=self._context()))
        opener = urllib.request.build_opener(*handlers)
        opener.addheaders = []
        outgoing = urllib.request.Request(
            request.url, request.body, dict(request.headers), method=request.method
        )
        try:
            try:
                response = opener.open(outgoing, timeout=timeout)
            except urllib.error.HTTPError as refused:
                response = refused
            with response:
                body = read_body(response, deadline)
                return HttpResponse(response.status, list(response.headers.items()), body)
        except (OSError, http.client.HTTPException) as error:
            raise _told(error, request.url) from error

    def _context(self) -> ssl.SSLContext:
        try:
            context = ssl.create_default_context(cafile=self._ca_bundle)
        except OSError as error:
            from . import _native

            message = f"the CA bundle cannot be read: {error.strerror or 'it holds no certificate'}"
            raise _native.error("file_unreadable", message) from error
        if not self._verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def _told(error: Exception, url: str) -> Exception:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, ssl.SSLError):
        return failure("tls_failed", url, "no secure connection could be made")
    if isinstance(cause, TimeoutError):
        return failure("timeout", url, "it did not answer in time")
    if isinstance(cause, (http.client.HTTPException, ConnectionResetError, BrokenPipeError)):
        return failure("connection_reset", url, "the connection ended before the reply was complete")
    return failure("connection_failed", url, "it could not be reached")
