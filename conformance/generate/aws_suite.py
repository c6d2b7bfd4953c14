"""Writes the cases of AWS's signing test suite: canonical_request and string_to_sign.

    python conformance/generate/aws_suite.py DIRECTORY

DIRECTORY is `aws-signing-test-suite/v4` of the crate aws-sigv4. The suite signs with HMAC; its first
line of the string to sign is replaced by a token of SigV4-X509, nothing else.
"""

import hashlib
import json
import pathlib
import sys
from datetime import datetime

from groups import replace

SOURCE = {"name": "aws-signing-test-suite", "version": "v0.9.0, as in the crate aws-sigv4 1.6.4"}
HMAC, TOKEN = "AWS4-HMAC-SHA256\n", "AWS4-X509-RSA-SHA256\n"


def request(text):
    """Method, path, query, headers, body: LF, raw spaces in the path, folded header lines."""
    head, _, body = text.partition("\n\n")
    first, *lines = head.rstrip().split("\n")
    method, _, target = first.removesuffix(" HTTP/1.1").partition(" ")
    path, _, query = target.partition("?")
    headers = []
    for line in lines:
        if line.startswith(" "):
            headers[-1][1] += line
        else:
            headers.append(list(line.partition(":")[::2]))
    return method, path, query, headers, body


def cases(directory):
    context = json.loads((directory / "context.json").read_text("utf-8"))
    read = {name: (directory / f"header-{name}.txt").read_text("utf-8")
            for name in ("canonical-request", "string-to-sign")}
    method, path, query, headers, body = request((directory / "request.txt").read_text("utf-8"))
    scope = read["string-to-sign"].split("\n")[2]
    time = datetime.fromisoformat(context["timestamp"])
    headers.append(["X-Amz-Date", time.strftime("%Y%m%dT%H%M%SZ")])
    if context["sign_body"]:
        headers.append(["x-amz-content-sha256", hashlib.sha256(body.encode()).hexdigest()])
    token = context["credentials"].get("token")
    if token and not context.get("omit_session_token"):
        headers.append(["X-Amz-Security-Token", token])
    first = {
        "method": method, "path": path, "normalize": context["normalize"], "path_encodings": 1,
        "query": query, "headers": headers, "body": {"text": body},
    }
    if not first["normalize"]:
        del first["normalize"]
    second = {
        "algorithm": TOKEN.strip(), "now": int(time.timestamp()), "region": context["region"],
        "service": context["service"], "canonical_request": read["canonical-request"],
    }
    name = directory.name
    yield "canonical_request", first, {
        "canonical_request": read["canonical-request"],
        "signed_headers": read["canonical-request"].split("\n")[-2],
    }, name
    yield "string_to_sign", second, {
        "credential_scope": scope,
        "string_to_sign": read["string-to-sign"].replace(HMAC, TOKEN, 1),
    }, name


tests = {"canonical_request": [], "string_to_sign": []}
for context in sorted(pathlib.Path(sys.argv[1]).glob("*/context.json")):
    for operation, given, expected, name in cases(context.parent):
        tests[operation].append({
            "id": f"{operation}::aws-suite::{name}",
            "description": f"The case {name} of AWS's suite.",
            "features": ["bare_stages"], "input": given, "result": "valid", "expected": expected,
        })
for operation, found in tests.items():
    replace(f"protocol/{operation}.json", SOURCE, found)
