"""The AWS CLI with our plugin, and moto's S3 as a service behind the credentials."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import World

import rolesanywhere as ra

CLIS = {"v1": "PYTEST_AWS_CLI_V1", "v2": "PYTEST_AWS_CLI_V2"}
# At import: the tests' own environment has none of it.
FOUND = {version: os.environ.get(name) for version, name in CLIS.items()}


def aws(version: str, world: World, profile: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = FOUND[version]
    if program is None:
        pytest.skip(f"AWS CLI {version} is not here; `cargo xtask test python` names it")
    plugins = "[plugins]\nrolesanywhere = rolesanywhere.awscli\n"
    if version == "v2":
        # It has a Python of its own: this directory has our package and nothing that it misses.
        directory = world.directory / "plugins"
        directory.mkdir(exist_ok=True)
        link = directory / "rolesanywhere"
        if not link.exists():
            link.symlink_to(Path(ra.__file__).parent)
        plugins += f"cli_legacy_plugin_path = {directory}\n"
    config = world.config(plugins + "[profile half]\nrolesanywhere_region = us-east-1\n")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(world.directory),
        "AWS_CONFIG_FILE": str(config),
        "AWS_PROFILE": profile,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    command = [program, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("version", CLIS)
def test_the_cli_gets_credentials(version: str, world: World) -> None:
    identity = ["sts", "get-caller-identity", "--query", "Arn", "--output", "text"]
    done = aws(version, world, "leaf", *identity, "--endpoint-url", world.url)
    role = str(world.options["role_arn"]).rpartition("/")[2]
    assert f":assumed-role/{role}/" in done.stdout, done.stderr
    listed = aws(version, world, "leaf", "configure", "list")
    assert "custom-roles-anywhere" in listed.stdout, listed.stderr


@pytest.mark.parametrize("version", CLIS)
def test_the_cli_tells_what_is_missing(version: str, world: World) -> None:
    done = aws(version, world, "half", "sts", "get-caller-identity", "--endpoint-url", world.url)
    assert done.returncode != 0
    assert "[option_missing]" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr


def test_s3_of_moto(world: World) -> None:
    pytest.importorskip("moto")
    code = """
import boto3, rolesanywhere, sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
server.start()
host, port = server.get_host_and_port()
session = rolesanywhere.boto3_session(**OPTIONS)
s3 = session.client("s3", region_name="us-east-1", endpoint_url=f"http://{host}:{port}")
s3.create_bucket(Bucket="bucket")
s3.put_object(Bucket="bucket", Key="k", Body=b"body")
s3.get_waiter("object_exists").wait(Bucket="bucket", Key="k")
bucket = session.resource("s3", region_name="us-east-1", endpoint_url=f"http://{host}:{port}").Bucket("bucket")
print([it.key for it in bucket.objects.all()], s3.get_object(Bucket="bucket", Key="k")["Body"].read())
server.stop()
"""
    code = code.replace("OPTIONS", repr(world.options))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout.endswith("['k'] b'body'\n"), done.stderr


def test_the_plugin_is_installed_with_its_entry_points() -> None:
    from importlib.metadata import entry_points

    assert entry_points(group="pytest11", name="rolesanywhere")
    assert entry_points(group="smithy_aws_core.identity.chain_providers", name="RolesAnywhere")
