"""boto3 and botocore, against the emulator."""

from __future__ import annotations

import datetime
import pickle
import subprocess
import sys
from typing import Any

import pytest

boto3 = pytest.importorskip("boto3")
import botocore.credentials  # noqa: E402
import botocore.exceptions  # noqa: E402
import botocore.session  # noqa: E402
from conftest import World  # noqa: E402

import rolesanywhere as ra  # noqa: E402
from rolesanywhere import _botocore  # noqa: E402


def caller(session: Any, world: World) -> str:
    sts = session.client("sts", region_name="us-east-1", endpoint_url=world.url)
    return str(sts.get_caller_identity()["Arn"])


def role_name(world: World) -> str:
    return str(world.options["role_arn"]).rpartition("/")[2]


def test_three_lines(world: World) -> None:
    session = ra.boto3_session(**world.options)
    assert f":assumed-role/{role_name(world)}/" in caller(session, world)
    assert session.get_credentials().method == "custom-roles-anywhere"


def test_stray_keys_in_the_environment_cannot_win(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASTRAY")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "stray")
    frozen = ra.boto3_session(**world.options).get_credentials().get_frozen_credentials()
    assert frozen.access_key != "AKIASTRAY"


def test_one_session_for_many_clients_and_the_account(world: World) -> None:
    session = ra.boto3_session(**world.options)
    for _ in range(3):
        caller(session, world)
    assert world.created() == 1
    if not hasattr(session.get_credentials(), "account_id"):
        return  # A botocore from before accounts.
    assert session.get_credentials().account_id == world.options["role_arn"].split(":")[4]
    without = ra.boto3_session(**world.options, account_id=False)
    assert without.get_credentials().account_id is None


def test_profile_keys(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", str(world.config("")))
    core = botocore.session.Session(profile="leaf")
    ra.install(core)
    ra.install(core)
    session = boto3.Session(botocore_session=core)
    assert f"/{role_name(world)}/" in caller(session, world)
    explicit = ra.boto3_session(config_profile="leaf")
    assert f"/{role_name(world)}/" in caller(explicit, world)
    assert explicit.region_name == "us-east-1"


def test_without_keys_the_session_is_as_before(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    config = world.config(
        "[profile other]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = s\n"
        "[profile nothing]\nregion = us-east-1\n"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    core = botocore.session.Session(profile="other")
    ra.install(core)
    assert core.get_credentials().access_key == "AKIAOTHER"
    core = botocore.session.Session(profile="nothing")
    ra.install(core)
    assert core.get_credentials() is None


def test_half_a_configuration_raises(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    config = world.config(f"[profile half]\nrolesanywhere_role_arn = {world.options['role_arn']}\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    core = botocore.session.Session(profile="half")
    ra.install(core)
    with pytest.raises(botocore.exceptions.CredentialRetrievalError) as refused:
        core.get_credentials()
    assert isinstance(refused.value, ra.InputError)
    assert refused.value.code == "option_missing"
    assert "rolesanywhere_trust_anchor_arn" in str(refused.value) or "trust_anchor_arn" in str(refused.value)
    copy = pickle.loads(pickle.dumps(refused.value))
    assert type(copy) is ra.InputError and copy.code == "option_missing"
    with pytest.raises(botocore.exceptions.CredentialRetrievalError):
        ra.boto3_session(config_profile="half")


def test_as_source_profile(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    arn = world.allow_chaining()
    config = world.config(
        f"[profile second]\nrole_arn = {arn}\nsource_profile = leaf\nregion = us-east-1\n"
        "services = emulator\n"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    core = botocore.session.Session(profile="second")
    ra.install(core)
    assert ":assumed-role/second/" in caller(boto3.Session(botocore_session=core), world)


def test_a_botocore_without_the_hook_says_what_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = world.config(
        f"[profile second]\nrole_arn = {world.options['role_arn']}\nsource_profile = leaf\n"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    core = botocore.session.Session(profile="second")
    chain = core.get_component("credential_provider")
    assume_role = next(it for it in chain.providers if it.METHOD == "assume-role")
    del assume_role._profile_provider_builder
    ra.install(core)
    with pytest.raises(ra.InputError) as refused:
        core.get_credentials()
    assert refused.value.code == "feature_unavailable"
    assert "credential_process" in refused.value.hint


def test_leads_are_ours_and_valid_credentials_outlive_an_outage(world: World) -> None:
    session = ra.boto3_session(**world.options, duration_seconds=3600)
    credentials = session.get_credentials()
    assert 1000 < credentials._advisory_refresh_timeout < 1400
    assert credentials._mandatory_refresh_timeout == 0
    first = credentials.get_frozen_credentials().access_key
    world.fault(status=503, count=50)
    now = datetime.datetime.now(datetime.timezone.utc)
    for left in (20 * 60, 9 * 60, 30):
        credentials._expiry_time = now + datetime.timedelta(seconds=left)
        assert credentials.get_frozen_credentials().access_key == first


def test_an_older_botocore_takes_the_leads_too(world: World) -> None:
    class Older(botocore.credentials.RefreshableCredentials):  # type: ignore[misc]
        @classmethod
        def create_from_metadata(cls, metadata: Any, refresh_using: Any, method: Any) -> Any:
            return super().create_from_metadata(metadata, refresh_using, method)

    credentials = ra.Provider(**world.options).credentials()
    instance = _botocore.with_leads(Older, _botocore.metadata_of(credentials), lambda: None, 777)
    assert (instance._advisory_refresh_timeout, instance._mandatory_refresh_timeout) == (777, 0)


def test_a_refusal_is_told_with_its_reason(world: World) -> None:
    certificate, key = world.issue("expired", "--expired")
    options = {**world.options, "certificate": certificate, "private_key": key}
    session = ra.boto3_session(**options)
    with pytest.raises(botocore.exceptions.CredentialRetrievalError) as refused:
        session.get_credentials()
    assert refused.value.code == "certificate_expired"
    assert "renew the certificate" in str(refused.value)


def test_presigned_urls_resources_and_waiters(world: World) -> None:
    session = ra.boto3_session(**world.options)
    s3 = session.client("s3", region_name="us-east-1", endpoint_url="http://127.0.0.1:9")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"})
    token = session.get_credentials().get_frozen_credentials().token
    from urllib.parse import quote

    assert quote(token, safe="") in url
    assert s3.get_waiter("bucket_exists") is not None
    assert session.resource("s3", region_name="us-east-1").Bucket("b").name == "b"


def test_a_default_session(world: World) -> None:
    code = f"""
import boto3, botocore.session, rolesanywhere
session = rolesanywhere.boto3_session(**{world.options!r})
boto3.setup_default_session(botocore_session=session._session)
print(boto3.client("sts", region_name="us-east-1", endpoint_url={world.url!r}).get_caller_identity()["Arn"])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert f"/{role_name(world)}/" in done.stdout, done.stderr


def test_the_sessions_own_proxy_is_used(world: World) -> None:
    from botocore.config import Config

    core = botocore.session.Session()
    core.set_default_client_config(Config(proxies={"http": "http://127.0.0.1:9"}))
    session = ra.boto3_session(botocore_session=core, jitter=lambda: 0.0, **world.options)
    with pytest.raises(ra.TransportError) as failed:
        session.get_credentials()
    assert failed.value.code == "connection_failed"
    assert world.created() == 0
