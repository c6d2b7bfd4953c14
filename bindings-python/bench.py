"""`cargo xtask bench`: measures the package beside `iam-rolesanywhere-session`, each run in a fresh interpreter, interleaved.

Called with the directory of an identity that `rolesanywhere-emulator init` made, and a number of runs.
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
for _ in range(300):
    a = time.perf_counter(); key.sign(message); b = time.perf_counter()
    session.sign(identity, key); c = time.perf_counter()
    raw.append(b - a); whole.append(c - b)
raw.sort(); whole.sort()
print(raw[150] * 1e6, whole[150] * 1e6)
"""


def run(code: str) -> list[float]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    directory, runs = Path(sys.argv[1]), int(sys.argv[2])
    configuration = json.loads((directory / "emulator.json").read_text())
    options = {
        "trust_anchor_arn": configuration["trustAnchors"][0]["trustAnchorArn"],
        "profile_arn": configuration["profiles"][0]["profileArn"],
        "role_arn": configuration["roles"][0]["roleArn"],
        "certificate": str(directory / "leaf.pem"),
        "private_key": str(directory / "leaf-key.pem"),
    }
    given = f"OPTIONS = {options!r}\n"
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
    print(f"\nCreateSession signed: {whole:.0f} µs; the key's signature alone: {raw:.0f} µs; {whole / raw:.2f}×")


if __name__ == "__main__":
    main()
