"""`AsyncProvider`, aiobotocore and the AWS SDK for Python v4, against the emulator."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

import pytest
from conftest import World

import rolesanywhere as ra


def run(coroutine: Any) -> Any:
    return asyncio.run(coroutine)


def test_many_tasks_make_one_request(world: World) -> None:
    world.fault(latency=200)

    async def ask() -> None:
        async with ra.AsyncProvider(**world.options) as provider:
            found = await asyncio.gather(*(provider.credentials() for _ in range(100)))
            assert len({it.access_key_id for it in found}) == 1
            assert provider.next_refresh is not None
        with pytest.raises(ra.InputError):
            await provider.credentials()

    run(ask())
    assert world.created() == 1


def test_a_cancelled_fetch_leaves_nothing_stuck(world: World) -> None:
    world.fault(hang=True)

    async def ask() -> None:
        provider = ra.AsyncProvider(**world.options)
        task = asyncio.create_task(provider.credentials())
        waiter = asyncio.create_task(provider.credentials())
        while world.created() == 0:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await asyncio.wait_for(waiter, 20)).access_key_id
        second = await provider.refresh()
        provider.invalidate()
        assert (await provider.credentials()).access_key_id != second.access_key_id

    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(ask())
    finally:
        # The cancelled request still hangs in the executor, which nobody waits for.
        loop.close()


def test_an_awaited_signer_and_transport(world: World) -> None:
    options = dict(world.options)
    key = ra.PrivateKey.from_pem((world.directory / "leaf-key.pem").read_bytes())
    del options["private_key"]

    async def sign(request: ra.SigningRequest) -> bytes:
        await asyncio.sleep(0)
        return key.sign(request.message)

    async def broken(request: ra.SigningRequest) -> bytes:
        raise PermissionError("the user said no")

    async def nobody(request: ra.HttpRequest, seconds: float) -> ra.HttpResponse:
        return ra.HttpResponse(418, [], b"")

    async def ask() -> None:
        assert await ra.AsyncProvider(**options, sign=sign).credentials()
        assert await ra.AsyncProvider(**options, sign=lambda it: key.sign(it.message)).credentials()
        with pytest.raises(ra.SigningError) as failed:
            await ra.AsyncProvider(**options, sign=broken).credentials()
        assert isinstance(failed.value.__cause__, PermissionError)
        provider = ra.AsyncProvider(**options, sign=sign, transport=nobody)  # type: ignore[arg-type]
        with pytest.raises(ra.ServiceError):
            await provider.credentials()

    run(ask())


def test_the_loop_goes_on_while_a_key_is_derived(world: World) -> None:
    certificate, _ = world.issue("leaf", "--key-type", "rsa4096")
    encrypted = world.costly_key("-scrypt", "-scrypt_p", "16")

    async def ask() -> float:
        options = {**world.options, "certificate": certificate, "private_key": encrypted}
        provider = ra.AsyncProvider(**options, private_key_passphrase="secret")
        worst, asleep = 0.0, asyncio.create_task(provider.credentials())
        while not asleep.done():
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            worst = max(worst, time.perf_counter() - before)
        await asleep
        return worst

    started = time.perf_counter()
    worst = run(ask())
    # Not a time limit: were the loop blocked, it would be for nearly all of this. `cargo xtask bench`
    # measures how long it is.
    assert worst < (time.perf_counter() - started) / 2


def test_aiobotocore(world: World) -> None:
    pytest.importorskip("aiobotocore")

    async def ask() -> None:
        session = ra.aiobotocore_session(**world.options)
        create = session.create_client("sts", region_name="us-east-1", endpoint_url=world.url)
        async with create as sts:
            identities = await asyncio.gather(*(sts.get_caller_identity() for _ in range(10)))
        role = str(world.options["role_arn"]).rpartition("/")[2]
        assert all(f":assumed-role/{role}/" in it["Arn"] for it in identities)
        credentials = await session.get_credentials()
        assert credentials.method == "custom-roles-anywhere"
        assert await credentials.get_account_id() == world.options["role_arn"].split(":")[4]

    run(ask())
    assert world.created() == 1


def test_aiobotocore_with_profile_keys(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("aiobotocore")
    import botocore.exceptions
    from aiobotocore.session import AioSession

    arn = world.allow_chaining()
    config = world.config(
        f"[profile second]\nrole_arn = {arn}\nsource_profile = leaf\nregion = us-east-1\n"
        "services = emulator\n"
        f"[profile half]\nrolesanywhere_role_arn = {world.options['role_arn']}\n"
        "[profile nothing]\nregion = us-east-1\n"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))

    def session(profile: str) -> Any:
        made = AioSession(profile=profile)
        ra.install(made)
        ra.install(made)
        return made

    async def caller(made: Any) -> str:
        async with made.create_client("sts", endpoint_url=world.url) as sts:
            return str((await sts.get_caller_identity())["Arn"])

    async def ask() -> None:
        assert ":assumed-role/" in await caller(session("leaf"))
        assert ":assumed-role/second/" in await caller(session("second"))
        assert await session("nothing").get_credentials() is None
        with pytest.raises(botocore.exceptions.CredentialRetrievalError) as refused:
            await session("half").get_credentials()
        assert refused.value.code == "option_missing"
        own = AioSession(profile="second")
        assert ra.aiobotocore_session(botocore_session=own, **world.options) is own
        role = str(world.options["role_arn"]).rpartition("/")[2]
        assert f":assumed-role/{role}/" in await caller(own)

    run(ask())


def test_aiobotocore_without_the_hook_says_what_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("aiobotocore")
    from aiobotocore.session import AioSession

    config = world.config(
        f"[profile second]\nrole_arn = {world.options['role_arn']}\nsource_profile = leaf\n"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    session = AioSession(profile="second")
    providers = session.get_component("credential_provider").providers
    del next(it for it in providers if it.METHOD == "assume-role")._profile_provider_builder
    ra.install(session)
    with pytest.raises(ra.InputError) as refused:
        run(session.get_credentials())
    assert refused.value.code == "feature_unavailable"


def test_aiobotocore_uses_the_sessions_own_proxy(world: World) -> None:
    pytest.importorskip("aiobotocore")
    from aiobotocore.config import AioConfig
    from aiobotocore.session import AioSession

    core = AioSession()
    core.set_default_client_config(AioConfig(proxies={"http": "http://127.0.0.1:9"}))
    session = ra.aiobotocore_session(botocore_session=core, jitter=lambda: 0.0, **world.options)
    with pytest.raises(ra.TransportError) as failed:
        run(session.get_credentials())
    assert failed.value.code == "connection_failed"
    assert world.created() == 0


def test_aiobotocore_is_told_the_reason(world: World) -> None:
    pytest.importorskip("aiobotocore")
    import botocore.exceptions

    certificate, key = world.issue("stranger", "--other-ca")

    async def ask() -> None:
        session = ra.aiobotocore_session(
            **{**world.options, "certificate": certificate, "private_key": key}
        )
        with pytest.raises(botocore.exceptions.CredentialRetrievalError) as refused:
            await session.get_credentials()
        assert refused.value.code == "access_denied"

    run(ask())


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the AWS SDK v4 needs Python 3.12")
def test_the_sdk_v4_finds_us_by_our_entry_point(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("smithy_aws_core.identity.chain")
    from smithy_aws_core.identity.chain import IdentityChain
    from smithy_aws_core.identity.components import AWSCredentialsIdentity

    monkeypatch.setenv("AWS_CONFIG_FILE", str(world.config("")))
    monkeypatch.setenv("AWS_PROFILE", "leaf")

    async def ask() -> None:
        chain = await IdentityChain.create(AWSCredentialsIdentity)
        identity = await chain.get_identity(properties={})
        assert identity.account_id == world.options["role_arn"].split(":")[4]
        assert identity.session_token and identity.expiration
        await chain.invalidate()

    run(ask())
    assert world.created() == 1
