"""`cargo xtask bench`: measures the package beside `iam-rolesanywhere-session`, each run in a fresh interpreter, interleaved.

Called with the directory of an identity that `rolesanywhere-emulator init` made, and a number of runs; or
with such a directory and `loop`, for how long an event loop stands still while that key is loaded.
"""

import json
import statistics
import subprocess
import sys
from pathlib import Path

START = """
import resource, sys, time
{before}
started = time.perf_counter()
def done():
    taken = time.perf_counter() - started
    print(taken * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    sys.stdout.flush()
    import os
    os._exit(0)
{code}
"""

OURS = """
import rolesanywhere
def transport(request, seconds):
    assert request.headers
    done()
rolesanywhere.Provider(**OPTIONS, transport=transport).credentials()
"""

THEIRS = """
import iam_rolesanywhere_session.iam_rolesanywhere_session as theirs
class Session:
    def __init__(self, *_, **__): pass
    def send(self, request):
        assert request.headers
        done()
theirs.URLLib3Session = Session
names = {"trust_anchor_arn", "profile_arn", "role_arn", "certificate", "private_key"}
options = {name: value for name, value in OPTIONS.items() if name in names}
session = theirs.IAMRolesAnywhereSession(**options, region="us-east-1").get_session()
session.get_credentials().get_frozen_credentials()
"""

ROWS = {
    "an empty interpreter": ("", "done()"),
    "`import rolesanywhere`": ("", "import rolesanywhere\ndone()"),
    "`import boto3`": ("", "import boto3\ndone()"),
    "boto3 there: rolesanywhere to its first signed request": ("import boto3", OURS),
    "boto3 there: iam-rolesanywhere-session to its own": ("import boto3", THEIRS),
}

SIGNING = """
import rolesanywhere, time
identity, key = rolesanywhere.load_identity(
    open(OPTIONS["certificate"], "rb").read(), open(OPTIONS["private_key"], "rb").read())
session = rolesanywhere.CreateSession(
    OPTIONS["trust_anchor_arn"], OPTIONS["profile_arn"], OPTIONS["role_arn"])
message = session.prepare(identity).string_to_sign
raw, whole = [], []
for _ in range(2000):
    a = time.perf_counter(); key.sign(message); b = time.perf_counter()
    session.sign(identity, key); c = time.perf_counter()
    raw.append(b - a); whole.append(c - b)
print(min(raw) * 1e6, min(whole) * 1e6)
"""

LOOP = """
import asyncio, rolesanywhere, time
async def main():
    arrived = asyncio.Event()
    async def transport(request, seconds):
        arrived.set()
        raise ConnectionError
    provider = rolesanywhere.AsyncProvider(
        **OPTIONS, private_key_passphrase="secret", transport=transport, jitter=lambda: 0.0)
    await asyncio.sleep(0.05)
    started = last = time.perf_counter()
    task, worst = asyncio.create_task(provider.credentials()), 0.0
    while not arrived.is_set():
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        worst, last = max(worst, now - last), now
    task.cancel()
    print(worst * 1e3, (last - started) * 1e3)
asyncio.run(main())
"""


def run(code: str) -> list[float]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return [float(word) for word in done.stdout.split()]


def options_of(directory: Path) -> dict[str, str]:
    configuration = json.loads((directory / "emulator.json").read_text())
    return {
        "trust_anchor_arn": configuration["trustAnchors"][0]["trustAnchorArn"],
        "profile_arn": configuration["profiles"][0]["profileArn"],
        "role_arn": configuration["roles"][0]["roleArn"],
        "certificate": str(directory / "leaf.pem"),
        "private_key": str(directory / "leaf-key.pem"),
    }


def loop(directory: Path) -> None:
    key = directory / "leaf-key-scrypt.pem"
    derivation = ["-v2", "aes-256-cbc", "-scrypt", "-scrypt_p", "4", "-passout", "pass:secret"]
    source = directory / "leaf-key.pem"
    command = ["openssl", "pkcs8", "-topk8", "-in", str(source), "-out", str(key), *derivation]
    subprocess.run(command, check=True)
    options = {**options_of(directory), "private_key": str(key)}
    found = [run(f"OPTIONS = {options!r}\n" + LOOP) for _ in range(7)]
    (worst, whole), (loudest, _) = min(found), max(found)
    print(
        f"An event loop that wakes each ms stands still for {worst:.1f} ms at most while a key is loaded for "
        f"{whole:.0f} ms, in the quietest of {len(found)} runs; {loudest:.1f} ms in the loudest"
    )


def main() -> None:
    directory = Path(sys.argv[1])
    if sys.argv[2] == "loop":
        return loop(directory)
    runs = int(sys.argv[2])
    given = f"OPTIONS = {options_of(directory)!r}\n"
    found: dict[str, list[list[float]]] = {name: [] for name in ROWS}
    for _ in range(runs):
        for name, (before, code) in ROWS.items():
            found[name].append(run(START.format(before=given + before, code=code)))
    print("| what | median ms | least ms | MB |\n|---|---|---|---|")
    for name, values in found.items():
        times = [value[0] for value in values]
        memory = statistics.median(value[1] for value in values)
        print(f"| {name} | {statistics.median(times):.2f} | {min(times):.2f} | {memory:.1f} |")
    raw, whole = run(given + SIGNING)
    print(f"\nCreateSession signed: {whole:.1f} µs at least; the key's signature alone: {raw:.1f} µs; {whole / raw:.2f}×")


if __name__ == "__main__":
    main()
