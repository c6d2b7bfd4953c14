"""Writes what AWS's credential helper sent: authorization and signature, with its throw-away keys.

    python conformance/generate/helper_captures.py DIRECTORY

DIRECTORY holds one directory for each capture: capture.json and the PEM files that went in.
"""

import base64
import json
import pathlib
import shutil
import sys
from datetime import datetime

from groups import VECTORS, replace

ADDED = {"host", "x-amz-date", "x-amz-x509", "x-amz-x509-chain"}
KEYS = ("key.pem", "key-both.pem", "key-sec1.pem", "key-pkcs1.pem")
TEST_ONLY = b"Test-only key of the conformance suite, published: never trust it.\n"
LINE = 64


def fixture(directory, name):
    """Copies a file; keys get their warning."""
    content = (directory / name).read_bytes()
    target = VECTORS.parent / "fixtures/aws-helper" / directory.name / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes((TEST_ONLY if name in KEYS else b"") + content)
    return {"fixture": f"aws-helper/{directory.name}/{name}"}


def expanded(directory):
    """The expanded key alone, out of the file that has seed and expanded key (RFC 9881)."""
    text = (directory / "key-both.pem").read_text("ascii")
    der = base64.b64decode("".join(line for line in text.splitlines() if "-----" not in line))
    algorithm = der[der.index(b"\x30\x0b", 4):][:13]
    key = der[der.index(b"\x04\x20") + 34:]
    inner = tagged(0x30, b"\x02\x01\x00" + algorithm + tagged(0x04, key))
    encoded = base64.b64encode(inner).decode()
    lines = [encoded[at:at + LINE] for at in range(0, len(encoded), LINE)]
    pem = "\n".join(["-----BEGIN PRIVATE KEY-----", *lines, "-----END PRIVATE KEY-----", ""])
    target = VECTORS.parent / "fixtures/aws-helper" / directory.name / "key-expanded.pem"
    target.write_bytes(TEST_ONLY + pem.encode())


def tagged(tag, content):
    length = len(content)
    head = bytes([length]) if length < 128 else b"\x82" + length.to_bytes(2)
    return bytes([tag]) + head + content


def cases(directory):
    capture = json.loads((directory / "capture.json").read_text("utf-8"))
    name, request = directory.name, capture["request"]
    headers = {key.lower(): value for key, value in request["headers"]}
    fixtures = {key: fixture(directory, key) for key in ("leaf.pem", "root.pem")}
    for key in KEYS:
        if (directory / key).exists():
            fixtures[key] = fixture(directory, key)
    if "key-both.pem" in fixtures:
        expanded(directory)
    time = datetime.strptime(headers["x-amz-date"] + "+0000", "%Y%m%dT%H%M%SZ%z")
    stages = {key: capture[key] for key in ("canonical_request", "string_to_sign", "authorization")}
    stages["signed_headers"] = capture["canonical_request"].split("\n")[-2]
    signature = {"signature_hex": capture["signature"], "reproducible": capture["deterministic"]}
    given = {
        "method": request["method"], "url": f"http://{headers['host']}{request['target']}",
        "headers": [pair for pair in request["headers"] if pair[0].lower() not in ADDED],
        "body": {"text": request["body"]}, "region": capture["region"], "service": "rolesanywhere",
        "now": int(time.timestamp()), "certificate": fixtures["leaf.pem"],
        "private_key": fixtures["key.pem"],
    }
    if (directory / "chain.pem").stat().st_size:
        given["chain"] = fixture(directory, "chain.pem")
    feature = [name.split("-")[0].replace("2048", "").replace("4096", "")]
    feature = ["ml_dsa"] if feature[0].startswith("mldsa") else feature
    message = {"text": capture["string_to_sign"]}
    flags = FLAGS.get(name.split("-")[0], [])
    yield "authorization", name, f"What the helper sent with its {name} identity.", given, {
        **stages, **signature}, feature, flags
    yield "signature", f"{name}-sign", f"The helper's signature with its {name} key.", {
        "message": message, "private_key": fixtures["key.pem"]}, signature, feature, flags
    yield "signature", f"{name}-verify", f"The helper's {name} signature holds.", {
        "message": message, "certificate": fixtures["leaf.pem"],
        "signature_hex": capture["signature"]}, signature, feature, flags


FLAGS = {"p384": ["p384-sha256"], "p521": ["p384-sha256"], "mldsa44": ["ml-dsa-unhashed"],
         "mldsa65": ["ml-dsa-unhashed"], "mldsa87": ["ml-dsa-unhashed"]}
tests, source = {"authorization": [], "signature": []}, None
for file in sorted(pathlib.Path(sys.argv[1]).glob("*/capture.json")):
    source = json.loads(file.read_text("utf-8"))["source"]
    for operation, name, description, given, expected, features, flags in cases(file.parent):
        tests[operation].append({
            "id": f"{operation}::aws-helper::{name}", "description": description, "flags": flags,
            "features": features, "input": given, "result": "valid", "expected": expected,
        })
for operation, found in tests.items():
    replace(f"protocol/{operation}.json", source, found)
