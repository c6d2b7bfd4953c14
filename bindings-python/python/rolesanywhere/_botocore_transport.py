"""The transport over botocore's own HTTP session: its proxies, `verify`, CA bundle and client certificates."""

from __future__ import annotations

import time
from importlib import import_module

from ._transport import CONNECT_SECONDS, HttpResponse, failure, proxies_for, read_body

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import _native

# botocore's exceptions by name, so that both a vendored botocore and an old one will do.
_REASONS = {
    "SSLError": ("tls_failed", "no secure connection could be made"),
    "ProxyConnectionError": ("connection_failed", "the proxy could not be reached, or refused"),
    "ConnectTimeoutError": ("timeout", "it could not be connected to in time"),
    "ReadTimeoutError": ("timeout", "it did not answer in time"),
    "ConnectionClosedError": ("connection_reset", "the connection ended before the reply was complete"),
    "EndpointConnectionError": ("connection_failed", "it could not be reached"),
}


class BotocoreTransport:
    """Sends one request through a `URLLib3Session` made for it: there is one in many minutes."""

    def __init__(self, options: _native.Options, package: str, config: Any = None) -> None:
        """`config` is the session's default `botocore.config.Config`, for its proxies and client
        certificate."""
        self._session = import_module(f"{package}.httpsession")
        self._request = import_module(f"{package}.awsrequest")
        ca_bundle = options.text("ca_bundle")
        self._verify: bool | str = (ca_bundle or True) if options.flag("verify") else False
        self._client_cert = getattr(config, "client_cert", None)
        self._proxies: dict[str, str] | None = getattr(config, "proxies", None)
        self._proxies_config = getattr(config, "proxies_config", None)

    def send(self, request: _native.HttpRequest, timeout: float) -> HttpResponse:
        """Sends `request` once. Errors: codes of kind ``transport``."""
        deadline = time.monotonic() + timeout
        session = self._session.URLLib3Session(
            verify=self._verify,
            proxies=proxies_for(request.url) if self._proxies is None else self._proxies,
            timeout=(min(CONNECT_SECONDS, timeout), timeout),
            client_cert=self._client_cert,
            proxies_config=self._proxies_config,
        )
        prepared = self._request.AWSPreparedRequest(
            request.method, request.url, dict(request.headers), request.body, True
        )
        try:
            response = session.send(prepared)
            body = read_body(response.raw, deadline)
            return HttpResponse(response.status_code, list(response.headers.items()), body)
        except Exception as error:
            raise self._told(error, request.url) from error
        finally:
            session.close()

    def _told(self, error: Exception, url: str) -> Exception:
        for kind in type(error).__mro__:
            if kind.__name__ == "RolesAnywhereError":
                return error
            if kind.__name__ in _REASONS:
                code, why = _REASONS[kind.__name__]
                return failure(code, url, why)
            if kind.__name__ == "TimeoutError":
                return failure("timeout", url, "it did not answer in time")
        return failure("connection_failed", url, "it could not be reached")
