"""Runs every snippet of the README and the migration page, against the emulator."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import World

PACKAGE = Path(__file__).resolve().parents[1]


def blocks(document: str, language: str) -> list[str]:
    text = (PACKAGE / document).read_text()
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


SNIPPETS = blocks("README.md", "python") + blocks("MIGRATING.md", "python")


def adapted(text: str, world: World) -> str:
    """With the emulator's ARNs in place of the example's."""
    for name, pattern in [
        ("trust_anchor_arn", r"arn:aws:rolesanywhere:[^\"\s]+:trust-anchor/1f0e"),
        ("profile_arn", r"arn:aws:rolesanywhere:[^\"\s]+:profile/2a1b"),
        ("role_arn", r"arn:aws:iam::\d+:role/app"),
    ]:
        text = re.sub(pattern, world.options[name], text)
    return text.replace("eu-central-1", "us-east-1")


@pytest.mark.parametrize("number", range(len(SNIPPETS)))
def test_snippet(number: int, world: World) -> None:
    pytest.importorskip("aiobotocore")
    directory = world.directory
    for name in ("leaf.pem", "leaf-key.pem"):
        (directory / name.replace("leaf", "host")).write_bytes((directory / name).read_bytes())
    (directory / "config").write_text(adapted(blocks("README.md", "ini")[0], world))
    source = adapted(SNIPPETS[number], world)
    if "IAMRolesAnywhereSession" in source:
        source = source[source.index("# after") :]
        names = ("PROFILE_ARN", "ROLE_ARN", "TRUST_ANCHOR_ARN")
        constants = [f"{name} = {world.options[name.lower()]!r}" for name in names]
        source = "\n".join([*constants, source])
    script = directory / "test_snippet.py"
    script.write_text(source)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(directory),
        "AWS_CONFIG_FILE": str(directory / "config"),
        "AWS_ENDPOINT_URL_ROLESANYWHERE": world.url,
        "AWS_ENDPOINT_URL_STS": world.url,
        "PYTEST_ROLESANYWHERE_EMULATOR": world.program,
    }
    command = [sys.executable, str(script)]
    if "def test_" in source:
        command = [sys.executable, "-m", "pytest", "-q", str(script)]
    done = subprocess.run(
        command, cwd=directory, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


