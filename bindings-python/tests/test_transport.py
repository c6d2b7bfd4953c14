"""The two transports: TLS with a CA of one's own, proxies, time limits, what goes wrong on the way."""

from __future__ import annotations

import io
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import World

import rolesanywhere as ra
from rolesanywhere import pytest_plugin
from rolesanywhere._botocore_transport import BotocoreTransport
from rolesanywhere._transport import SIZE_LIMIT, read_body
from rolesanywhere._urllib_transport import UrllibTransport

TRANSPORTS = ["botocore", "urllib"]


def provider(kind: str, options: dict[str, Any], **more: Any) -> ra.Provider:
    resolved = ra.resolve_options({**options, **more}, __import__("os").environ)
    if kind == "botocore":
        pytest.importorskip("botocore")
        transport = BotocoreTransport(resolved, "botocore").send
    else:
        transport = UrllibTransport(resolved).send
    return ra.Provider(**options, **more, transport=transport, jitter=lambda: 0.0)


@pytest.fixture
def secure(program: str, tmp_path: Path) -> Iterator[World]:
    directory = tmp_path / "tls"
    pytest_plugin.initialize(program, directory, "--key-type", "p256")
    with pytest_plugin.serving(program, directory, "--tls") as emulator:
        emulator.options["endpoint"] = emulator.url.replace("127.0.0.1", "localhost")
        yield World(emulator, program)


@pytest.mark.parametrize("kind", TRANSPORTS)
def test_plain(kind: str, world: World) -> None:
    assert provider(kind, world.options).credentials()


@pytest.mark.parametrize("kind", TRANSPORTS)
def test_tls_with_a_ca_of_ones_own(
    kind: str, secure: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(ra.TransportError) as refused:
        provider(kind, secure.options).credentials()
    assert refused.value.code == "tls_failed"
    ca = secure.directory / "ca.pem"
    assert provider(kind, secure.options, ca_bundle=ca).credentials()
    assert provider(kind, secure.options, verify=False).credentials()
    monkeypatch.setenv("AWS_CA_BUNDLE", str(ca))
    assert provider(kind, secure.options).credentials()


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    program = shutil.which("tinyproxy") or shutil.which("tinyproxy", path="/usr/bin:/usr/sbin")
    if program is None:
        pytest.skip("there is no tinyproxy; Debian's package of that name has it")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    log = tmp_path / "proxy.log"
    config = tmp_path / "proxy.conf"
    config.write_text(
        f'Port {port}\nListen 127.0.0.1\nTimeout 30\nAllow 127.0.0.1\nLogFile "{log}"\nLogLevel Connect\n'
    )
    process = subprocess.Popen([program, "-d", "-c", str(config)], stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}", log
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the proxy does not listen")


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("kind", TRANSPORTS)
def test_through_a_proxy(
    kind: str,
    variable: str,
    secure: World,
    proxy: tuple[str, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, log = proxy
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, url)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(secure.directory / "ca.pem"))
    assert provider(kind, secure.options).credentials()
    assert "CONNECT localhost" in log.read_text()
    monkeypatch.setenv("NO_PROXY", "localhost")
    before = log.read_text().count("CONNECT")
    assert provider(kind, secure.options).credentials()
    assert log.read_text().count("CONNECT") == before


@pytest.mark.parametrize("kind", TRANSPORTS)
def test_a_proxy_that_is_not_there(
    kind: str, secure: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(ra.TransportError) as failed:
        provider(kind, secure.options).credentials()
    assert failed.value.code == "connection_failed"


@pytest.mark.parametrize("kind", TRANSPORTS)
@pytest.mark.parametrize(
    ("fault", "codes"),
    [
        ({"reset": "at_once"}, {"connection_reset"}),
        ({"reset": "mid_body"}, {"connection_reset", "response_malformed", "connection_failed"}),
        ({"status": 302, "headers": [["Location", "http://127.0.0.1:9/"]]}, {"service_refused"}),
        ({"status": 503}, {"service_unavailable"}),
        ({"throttle": True}, {"throttled"}),
        ({"body": "<html>"}, {"response_malformed"}),
    ],
)
def test_what_goes_wrong(kind: str, fault: dict[str, Any], codes: set[str], world: World) -> None:
    world.fault(**fault, count=10)
    with pytest.raises(ra.RolesAnywhereError) as failed:
        provider(kind, world.options).credentials()
    assert failed.value.code in codes


def test_a_reply_without_end_is_cut_off() -> None:
    with pytest.raises(ra.TransportError) as failed:
        read_body(io.BytesIO(b"x" * (SIZE_LIMIT + 1)), time.monotonic() + 60)
    assert failed.value.code == "response_too_large"
    with pytest.raises(ra.TransportError) as failed:
        read_body(io.BytesIO(b"x"), time.monotonic() - 1)
    assert failed.value.code == "timeout"


@pytest.mark.parametrize("kind", TRANSPORTS)
def test_nobody_listens(kind: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    options = {**world.options, "endpoint": "http://127.0.0.1:9"}
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")
    with pytest.raises(ra.TransportError) as failed:
        provider(kind, options).credentials()
    assert failed.value.code == "connection_failed"
    assert "AWS_ENDPOINT_URL is set" in failed.value.hint
    assert "127.0.0.1:9" in failed.value.message and "profileArn" not in str(failed.value)


@pytest.mark.parametrize("kind", TRANSPORTS)
def test_a_service_that_does_not_answer_in_time(kind: str, world: World) -> None:
    world.fault(hang=True, count=10)
    resolved = ra.resolve_options(world.options, {})
    send = (
        BotocoreTransport(resolved, "botocore").send
        if kind == "botocore"
        else UrllibTransport(resolved).send
    )
    key = ra.PrivateKey.from_pem((world.directory / "leaf-key.pem").read_bytes())
    leaf = ra.Identity.from_pem((world.directory / "leaf.pem").read_bytes())
    request = resolved.create_session().sign(leaf, key)
    with pytest.raises(ra.TransportError) as failed:
        send(request, 0.3)
    assert failed.value.code == "timeout"
