"""What the tests share: an emulator of their own, with faults on demand, and a clean environment."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rolesanywhere import pytest_plugin


class World:
    """An emulator that one test may spoil."""

    def __init__(self, emulator: pytest_plugin.RolesAnywhereEmulator, program: str) -> None:
        self.url = emulator.url
        self.options = emulator.options
        self.directory = emulator.directory
        self.program = program

    def fault(self, **fault: Any) -> None:
        """Lets a fault meet the next requests."""
        self._call("faults", json.dumps(fault).encode())

    def requests(self) -> list[dict[str, Any]]:
        """What came in so far."""
        found: Any = self._call("requests")
        return list(found["requests"] if isinstance(found, dict) else found)

    def created(self) -> int:
        """How many CreateSession requests came in, whatever became of them."""
        return sum(1 for it in self.requests() if it["operation"] == "CreateSession")

    def issue(self, name: str, *arguments: str) -> tuple[str, str]:
        """Another leaf and its key."""
        command = [self.program, "issue", str(self.directory), "--force", "--name", name, *arguments]
        subprocess.run(command, check=True, capture_output=True)
        return str(self.directory / f"{name}.pem"), str(self.directory / f"{name}-key.pem")

    def config(self, text: str) -> Path:
        """A shared config file with our keys in profile `leaf`, followed by `text`."""
        names = ("trust_anchor_arn", "profile_arn", "role_arn", "certificate", "private_key", "endpoint")
        keys = [f"rolesanywhere_{name} = {self.options[name]}" for name in names]
        services = f"[services emulator]\nsts =\n  endpoint_url = {self.url}\n"
        head = "\n".join(["[profile leaf]", "region = us-east-1", "services = emulator", *keys])
        path = self.directory / "config-for-tests"
        path.write_text(f"{head}\n{text}\n{services}")
        return path

    def allow_chaining(self) -> str:
        """Adds a second role that the first one may assume; its ARN."""
        path = self.directory / "emulator.json"
        configuration = json.loads(path.read_text())
        arn: str = self.options["role_arn"].rpartition("/")[0] + "/second"
        statement = {
            "Effect": "Allow",
            "Principal": {"AWS": self.options["role_arn"]},
            "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"],
        }
        second = {**configuration["roles"][0], "roleArn": arn}
        second["assumeRolePolicyDocument"] = {"Version": "2012-10-17", "Statement": [statement]}
        configuration["roles"].append(second)
        path.write_text(json.dumps(configuration))
        return arn

    def costly_key(self, *derivation: str) -> bytes:
        """The leaf's key under the passphrase `secret`, so that deriving it takes a while."""
        source = str(self.directory / "leaf-key.pem")
        command = ["openssl", "pkcs8", "-topk8", "-in", source, "-v2", "aes-256-cbc"]
        command += [*(derivation or ("-iter", "3000000")), "-passout", "pass:secret"]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def _call(self, path: str, body: bytes | None = None) -> Any:
        with urllib.request.urlopen(f"{self.url}/_emulator/{path}", body, timeout=10) as reply:
            text = reply.read()
        return json.loads(text) if text else None


@pytest.fixture(scope="session")
def program() -> str:
    found = os.environ.get("PYTEST_ROLESANYWHERE_EMULATOR") or shutil.which("rolesanywhere-emulator")
    assert found, "`cargo xtask test python` builds the emulator and names it"
    return found


@pytest.fixture
def world(program: str, tmp_path: Path) -> Iterator[World]:
    directory = tmp_path / "emulator"
    pytest_plugin.initialize(program, directory, "--key-type", "p256")
    with pytest_plugin.serving(program, directory) as emulator:
        yield World(emulator, program)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("AWS_", "ROLESANYWHERE_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
