"""A pytest plugin: `rolesanywhere_emulator` starts a local IAM Roles Anywhere for your tests.

The program ``rolesanywhere-emulator`` is found by the variable ``PYTEST_ROLESANYWHERE_EMULATOR``, else on the
``PATH``; without it tests that ask for the fixture are skipped.
"""

from __future__ import annotations

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any


class RolesAnywhereEmulator:
    """A running emulator.

    Attributes:
        url: Where it listens: IAM Roles Anywhere and STS.
        options: The options with which `Provider` and `boto3_session` get credentials from it.
        directory: Its files: CA, certificate, key, `emulator.json`, `aws-config`.
    """

    def __init__(self, url: str, options: dict[str, Any], directory: Path) -> None:
        self.url = url
        self.options = options
        self.directory = directory


@pytest.fixture(scope="session")
def rolesanywhere_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RolesAnywhereEmulator]:
    """A `RolesAnywhereEmulator` with a new CA and a P-256 certificate, for the whole test session."""
    import os
    import shutil

    program = os.environ.get("PYTEST_ROLESANYWHERE_EMULATOR") or shutil.which("rolesanywhere-emulator")
    if not program:
        pytest.skip("rolesanywhere-emulator is neither on the PATH nor in PYTEST_ROLESANYWHERE_EMULATOR")
    directory = tmp_path_factory.mktemp("rolesanywhere") / "emulator"
    initialize(program, directory, "--key-type", "p256")
    with serving(program, directory) as emulator:
        yield emulator


def initialize(program: str, directory: Path, *arguments: str) -> None:
    """Makes an emulator's directory; `arguments` go to its `init`."""
    import subprocess

    subprocess.run([program, "init", str(directory), *arguments], check=True, capture_output=True)


class serving:
    """Serves an emulator's directory while the `with` block runs."""

    def __init__(self, program: str, directory: Path, *arguments: str) -> None:
        self._program = program
        self._directory = directory
        self._arguments = arguments

    def __enter__(self) -> RolesAnywhereEmulator:
        import subprocess

        url_file = self._directory / "url"
        url_file.unlink(missing_ok=True)
        command = [self._program, "serve", str(self._directory), "--listen", "127.0.0.1:0"]
        command += ["--url-file", str(url_file), *self._arguments]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            url = self._wait_for(url_file)
        except BaseException:
            self.__exit__()
            raise
        return RolesAnywhereEmulator(url, options_of(self._directory, url), self._directory)

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def _wait_for(self, url_file: Path) -> str:
        import time

        for _ in range(500):
            if url_file.is_file() and (url := url_file.read_text().strip()):
                return url
            if self._process.poll() is not None:
                break
            time.sleep(0.02)
        raise RuntimeError("the emulator does not listen")


def options_of(directory: Path, url: str) -> dict[str, Any]:
    """The options for the first trust anchor, profile and role of an emulator's directory."""
    import json

    configuration = json.loads((directory / "emulator.json").read_text())
    return {
        "trust_anchor_arn": configuration["trustAnchors"][0]["trustAnchorArn"],
        "profile_arn": configuration["profiles"][0]["profileArn"],
        "role_arn": configuration["roles"][0]["roleArn"],
        "certificate": str(directory / "leaf.pem"),
        "private_key": str(directory / "leaf-key.pem"),
        "endpoint": url,
    }
