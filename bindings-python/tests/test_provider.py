"""`Provider` against the emulator: caching, threads, forks, faults, signers, events."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from typing import Any

import pytest
from conftest import World

import rolesanywhere as ra


class Clock:
    """Both clocks, moved by hand."""

    def __init__(self) -> None:
        self.unix, self.monotonic = time.time(), 1000.0

    def __call__(self) -> tuple[float, float]:
        return self.unix, self.monotonic

    def pass_(self, seconds: float) -> None:
        self.unix += seconds
        self.monotonic += seconds


def test_credentials_are_cached_and_print_no_secret(world: World) -> None:
    provider = ra.Provider(**world.options)
    credentials = provider.credentials()
    assert provider.credentials().access_key_id == credentials.access_key_id
    assert world.created() == 1
    assert credentials.account_id == world.options["role_arn"].split(":")[4]
    assert credentials.expiration_datetime.timestamp() == credentials.expiration
    assert credentials.secret_access_key not in repr(credentials)
    assert credentials.access_key_id in repr(credentials)
    assert provider.next_refresh is not None and provider.next_refresh < credentials.expiration


def test_account_id_can_be_left_out(world: World) -> None:
    assert ra.Provider(**world.options, account_id=False).credentials().account_id is None


def test_two_hundred_threads_make_one_request(world: World) -> None:
    world.fault(latency=300)
    provider = ra.Provider(**world.options)
    barrier = threading.Barrier(200)
    found: list[str] = []

    def ask() -> None:
        barrier.wait()
        found.append(provider.credentials().access_key_id)

    threads = [threading.Thread(target=ask) for _ in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 200 and len(set(found)) == 1
    assert world.created() == 1


def test_other_threads_go_on_while_a_key_is_derived(world: World) -> None:
    encrypted = world.costly_key()
    deriving = threading.Thread(target=ra.PrivateKey.from_pem, args=(encrypted, "secret"))
    started = last = time.perf_counter()
    worst = 0.0
    deriving.start()
    while deriving.is_alive():
        time.sleep(0.001)
        now = time.perf_counter()
        worst, last = max(worst, now - last), now
    # Not a time limit: were the interpreter held, it would be for nearly all of this.
    assert worst < (time.perf_counter() - started) / 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_does_not_wait_for_its_parents_fetch(world: World) -> None:
    world.fault(hang=True)
    provider = ra.Provider(**world.options)
    fetching = threading.Thread(target=lambda: _ignore(provider.credentials), daemon=True)
    fetching.start()
    waiting = threading.Thread(target=lambda: _ignore(provider.credentials), daemon=True)
    waiting.start()
    while world.created() == 0:
        time.sleep(0.01)
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        status = 1
        try:
            status = 0 if provider.credentials().access_key_id else 2
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0


def _ignore(call: Any) -> None:
    try:
        call()
    except ra.RolesAnywhereError:
        pass


def test_refresh_gives_new_ones_and_invalidate_forgets(world: World) -> None:
    provider = ra.Provider(**world.options)
    first = provider.credentials()
    second = provider.refresh()
    assert second.access_key_id != first.access_key_id
    provider.invalidate()
    assert provider.next_refresh is None
    assert provider.credentials().access_key_id != second.access_key_id


def test_still_valid_credentials_outlive_an_outage(world: World) -> None:
    clock = Clock()
    events: list[ra.Event] = []
    provider = ra.Provider(
        **world.options, duration_seconds=3600, clock=clock, jitter=lambda: 0.0, on_event=events.append
    )
    first = provider.credentials()
    clock.pass_(2500)
    world.fault(status=503, count=50, skew=2500)
    assert provider.credentials() is not None
    assert provider.credentials().access_key_id == first.access_key_id
    clock.pass_(1200)
    with pytest.raises(ra.ServiceError) as refused:
        provider.credentials()
    assert refused.value.code == "service_unavailable" and refused.value.status == 503
    assert {"refreshed", "refresh_failed"} <= {event.name for event in events}


def test_rotation_is_followed_with_a_session_that_refreshes_three_times(world: World) -> None:
    clock = Clock()
    events: list[ra.Event] = []
    provider = ra.Provider(**world.options, duration_seconds=900, clock=clock, on_event=events.append)
    seen = {provider.credentials().access_key_id}
    for round_number in range(3):
        world.issue("leaf", "--subject", f"CN=round-{round_number}")
        clock.pass_(600)
        world.fault(skew=600 * (round_number + 1), operation="CreateSession")
        seen.add(provider.credentials().access_key_id)
    assert len(seen) == 4
    assert [event.name for event in events].count("identity_changed") == 3
    assert world.created() == 4


def test_a_closed_provider_says_so(world: World) -> None:
    with ra.Provider(**world.options) as provider:
        provider.credentials()
    with pytest.raises(ra.InputError) as closed:
        provider.credentials()
    assert closed.value.code == "provider_closed"


def test_bytes_and_paths_are_identities_too(world: World) -> None:
    options = dict(world.options)
    options["certificate"] = (world.directory / "leaf.pem").read_bytes()
    options["private_key"] = memoryview((world.directory / "leaf-key.pem").read_bytes())
    assert ra.Provider(**options).credentials()
    options["certificate"] = world.directory / "leaf.pem"
    assert ra.Provider(**options).credentials()


def external(world: World) -> tuple[dict[str, Any], ra.PrivateKey]:
    options = dict(world.options)
    key = ra.PrivateKey.from_pem((world.directory / "leaf-key.pem").read_bytes())
    del options["private_key"]
    return options, key


def test_a_signer_of_ones_own(world: World) -> None:
    options, key = external(world)
    asked: list[ra.SigningRequest] = []

    def sign(request: ra.SigningRequest) -> bytes:
        asked.append(request)
        return key.sign(request.message)

    assert ra.Provider(**options, sign=sign).credentials()
    assert asked[0].scheme == "ecdsa_sha256" and len(asked[0].digest or b"") == 32

    def raw(request: ra.SigningRequest) -> tuple[bytes, str]:
        return _raw(key.sign(request.message)), "raw"

    assert ra.Provider(**options, sign=raw).credentials()


def _raw(der: bytes) -> bytes:
    def integer(at: int) -> tuple[bytes, int]:
        end = at + 2 + der[at + 1]
        return der[at + 2 : end].lstrip(b"\0").rjust(32, b"\0"), end

    first, end = integer(2)
    return first + integer(end)[0]


def test_a_signer_that_raises_and_one_that_lies(world: World) -> None:
    options, _ = external(world)

    def broken(_: ra.SigningRequest) -> bytes:
        raise OSError("the token is gone")

    with pytest.raises(ra.SigningError) as failed:
        ra.Provider(**options, sign=broken).credentials()
    assert failed.value.code == "signing_failed"
    assert isinstance(failed.value.__cause__, OSError)
    with pytest.raises(ra.SigningError) as failed:
        ra.Provider(**options, sign=lambda _: "text").credentials()
    assert isinstance(failed.value.__cause__, TypeError)
    with pytest.raises(ra.SigningError) as failed:
        ra.Provider(**options, sign=lambda _: (b"\1" * 64, "raw")).credentials()
    assert failed.value.code == "signature_invalid"


def test_an_identity_from_a_callable(world: World) -> None:
    options, key = external(world)
    del options["certificate"]
    leaf = ra.Identity.from_pem((world.directory / "leaf.pem").read_bytes())
    assert ra.Provider(**options, identity=lambda: (leaf, key)).credentials()
    signer = lambda request: key.sign(request.message)  # noqa: E731
    assert ra.Provider(**options, identity=lambda: (leaf, signer)).credentials()

    def absent() -> Any:
        raise LookupError("no such secret")

    with pytest.raises(ra.IdentityError) as failed:
        ra.Provider(**options, identity=absent).credentials()
    assert isinstance(failed.value.__cause__, LookupError)
    with pytest.raises(ra.IdentityError) as failed:
        ra.Provider(**options, identity=lambda: 7).credentials()
    assert isinstance(failed.value.__cause__, TypeError)


def test_an_interrupted_fetch_leaves_nothing_stuck(world: World) -> None:
    calls = []

    def transport(request: ra.HttpRequest, seconds: float) -> ra.HttpResponse:
        calls.append(seconds)
        raise KeyboardInterrupt

    provider = ra.Provider(**world.options, transport=transport)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            provider.credentials()
    assert len(calls) == 2 and calls[0] <= 30


def test_a_transport_of_ones_own_that_fails(world: World) -> None:
    def transport(request: ra.HttpRequest, seconds: float) -> ra.HttpResponse:
        raise ConnectionError("nobody there")

    clock = Clock()
    with pytest.raises(ra.TransportError) as failed:
        ra.Provider(**world.options, transport=transport, jitter=lambda: 0.0, clock=clock).credentials()
    assert failed.value.code == "connection_failed" and failed.value.retryable
    assert isinstance(failed.value.__cause__, ConnectionError)
    assert pickle.loads(pickle.dumps(failed.value)).code == "connection_failed"


def test_what_is_logged_holds_no_secret(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    credentials = ra.Provider(**world.options).credentials()
    assert any(record.name == "rolesanywhere" for record in caplog.records)
    for secret in (credentials.secret_access_key, credentials.session_token, "BEGIN"):
        ours = [it.getMessage() for it in caplog.records if it.name == "rolesanywhere"]
        assert all(secret not in message for message in ours)


def test_without_verification_a_warning_each_time(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        ra.Provider(**world.options, verify=False)
    assert sum("verify=False" in it.getMessage() for it in caplog.records) == 2


def test_a_callback_that_fails_harms_nobody(world: World) -> None:
    def broken(_: ra.Event) -> None:
        raise ValueError

    assert ra.Provider(**world.options, on_event=broken).credentials()


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_multiprocessing(world: World, method: str) -> None:
    code = f"""
import multiprocessing, rolesanywhere
provider = rolesanywhere.Provider(**{world.options!r})
def ask(_):
    return provider.credentials().access_key_id
if __name__ == "__main__":
    provider.credentials()
    with multiprocessing.get_context({method!r}).Pool(3) as pool:
        print(len(pool.map(ask, range(9))))
"""
    script = world.directory / "pool.py"
    script.write_text(code)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60)
    assert done.stdout == "9\n", done.stderr
