"""Asks botocore and OpenSSL about the cases that the oracle filled, and names whoever confirms one as its source.

    python conformance/generate/third_parties.py

What neither can be asked about stays as it is. An answer that differs stops everything.
"""

import base64
import hashlib
import json
import pathlib
import ssl
import subprocess
import tempfile
from datetime import UTC, datetime
from urllib.parse import urlsplit

import botocore
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials, ProcessProvider
from botocore.parsers import RestJSONParser
from botocore.utils import ArnParser, parse_timestamp
from groups import VECTORS

FILLED = "conformance/oracle"
BOTOCORE = {"name": "botocore", "version": botocore.__version__}
TOLD = subprocess.run(["openssl", "version"], check=True, capture_output=True, text=True).stdout
OPENSSL = {"name": "OpenSSL", "version": TOLD.split()[1]}
BOTH = {"name": "botocore and OpenSSL", "version": f"{BOTOCORE['version']}, {OPENSSL['version']}"}


def openssl(*command, content=None):
    return subprocess.run(["openssl", *command], check=True, capture_output=True, input=content).stdout


def read(data):
    ((form, value),) = data.items()
    if form in ("text", "hex"):
        return value.encode() if form == "text" else bytes.fromhex(value)
    paths = [value] if form == "fixture" else value
    return b"".join((VECTORS.parent / "fixtures" / path).read_bytes() for path in paths)


def agree(test, what, theirs, ours):
    assert theirs == ours, f"{test['id']}: {what}: theirs {theirs!r}, ours {ours!r}"


class AnyRequest(SigV4Auth):
    """botocore leaves some headers out; this one signs every one."""

    def headers_to_sign(self, request):
        headers = HTTPHeaders()
        for name, value in request.headers.items():
            headers.add_header(name.lower(), value)
        return headers


def their_headers(headers, body):
    """Canonical headers, their names, the body's hash."""
    auth = AnyRequest(Credentials("a", "b"), "rolesanywhere", "us-east-1")
    request = AWSRequest("GET", "https://host/", data=body)
    for name, value in headers:
        request.headers.add_header(name, value)
    signed = auth.headers_to_sign(request)
    return auth.canonical_headers(signed), auth.signed_headers(signed), hashlib.sha256(body).hexdigest()


def is_plain(headers):
    """botocore takes tabs for spaces."""
    return not any("\t" in value for _, value in headers)


def canonical_request(test):
    given, expected = test["input"], test["expected"]
    if not is_plain(given["headers"]):
        return None
    theirs = their_headers(given["headers"], read(given["body"]))
    lines = expected["canonical_request"].split("\n")
    agree(test, "canonical headers", theirs[0], "\n".join(lines[3:-3]))
    agree(test, "signed headers", theirs[1], expected["signed_headers"])
    agree(test, "hash", theirs[2], lines[-1])
    is_same = given["path_encodings"] == 2 and target_agrees(given["path"], given["query"], lines)
    return BOTOCORE if is_same else None


def target_agrees(path, query, lines):
    """botocore resolves dots and double slashes in any path, and takes a query as encoded already."""
    auth = SigV4Auth(Credentials("a", "b"), "rolesanywhere", "us-east-1")
    their_query = auth._canonical_query_string_url(urlsplit("https://host/?" + query)) if query else ""
    return [auth._normalize_url_path(path or "/"), their_query] == lines[1:3]


def string_to_sign(test):
    given, expected = test["input"], test["expected"]
    auth = SigV4Auth(Credentials("a", "b"), given["service"], given["region"])
    request = AWSRequest("GET", "https://host/")
    request.context["timestamp"] = datetime.fromtimestamp(given["now"], UTC).strftime("%Y%m%dT%H%M%SZ")
    theirs = auth.string_to_sign(request, given["canonical_request"])
    ours = "\n".join(["AWS4-HMAC-SHA256", *expected["string_to_sign"].split("\n")[1:]])
    agree(test, "string to sign", theirs, ours)
    agree(test, "scope", auth.credential_scope(request), expected["credential_scope"])
    return BOTOCORE


def holds(public_key, message, signature):
    """OpenSSL 3.0 has no ML-DSA."""
    with tempfile.TemporaryDirectory() as directory:
        key, given = pathlib.Path(directory) / "key.pem", pathlib.Path(directory) / "signature"
        key.write_bytes(public_key)
        given.write_bytes(signature)
        openssl("dgst", "-sha256", "-verify", str(key), "-signature", str(given), content=message)


def signature(test):
    given = test["input"]
    if "ml_dsa" in test["features"] or "private_key" not in given:
        return None
    public_key = openssl("pkey", "-pubout", content=read(given["private_key"]))
    holds(public_key, read(given["message"]), bytes.fromhex(test["expected"]["signature_hex"]))
    return OPENSSL


def authorization(test):
    """Every part of the canonical request and the string to sign by botocore, the signature by OpenSSL."""
    given, expected = test["input"], test["expected"]
    is_made = "private_key" in given and "signature_hex" in expected
    if not is_made or "ml_dsa" in test.get("features", []):
        return None
    lines = expected["string_to_sign"].split("\n")
    _, region, service, _ = lines[2].split("/")
    second = {"id": test["id"], "input": {**given, "region": region, "service": service,
                                          "canonical_request": expected["canonical_request"]},
              "expected": {"string_to_sign": expected["string_to_sign"], "credential_scope": lines[2]}}
    string_to_sign(second)
    parts = expected["canonical_request"].split("\n")
    headers = [line.split(":", 1) for line in parts[3:-3]]
    url = urlsplit(given.get("url") or expected["url"])
    if not is_plain(given.get("headers", [])) or not target_agrees(url.path, url.query, parts):
        return None
    theirs, _, _ = their_headers(given.get("headers", [["content-type", "application/json"]]), b"")
    theirs, ours = dict(line.split(":", 1) for line in theirs.split("\n") if line), dict(headers)
    agree(test, "headers", theirs, {name: ours[name] for name in theirs})
    leaf = base64.b64decode(ours["x-amz-x509"])
    public_key = openssl("x509", "-inform", "DER", "-pubkey", "-noout", content=leaf)
    holds(public_key, expected["string_to_sign"].encode(), bytes.fromhex(expected["signature_hex"]))
    serial = int(openssl("x509", "-inform", "DER", "-serial", "-noout", content=leaf).decode().strip()[7:], 16)
    assert f"Credential={serial}/{lines[2]}," in expected["authorization"], test["id"]
    return BOTH


def certificate(test):
    """Facts by OpenSSL; names only where both write them in one way."""
    expected, content = test["expected"], read(test["input"]["certificate"])
    if content.count(b"BEGIN CERT") > 1:
        return None
    form = "DER" if content[:1] == b"\x30" else "PEM"
    options = ("-serial", "-subject", "-issuer", "-startdate", "-enddate", "-nameopt", "RFC2253,utf8,-esc_msb")
    told = openssl("x509", "-inform", form, "-noout", *options, content=content).decode()
    facts = dict(line.split("=", 1) for line in told.strip().split("\n"))
    agree(test, "serial", str(int(facts["serial"], 16)), expected["serial_number"])
    for name, member in (("notBefore", "not_before"), ("notAfter", "not_after")):
        agree(test, member, int(ssl.cert_time_to_seconds(facts[name])), expected[member])
    if any(facts[name] != expected[name] for name in ("subject", "issuer")):
        return None
    return OPENSSL


def private_key(test):
    given, expected = test["input"], test["expected"]
    if expected["key_algorithm"].startswith("ml_dsa"):
        return None
    content = read(given["private_key"])
    form = "DER" if content[:1] == b"\x30" else "PEM"
    secret = given.get("passphrase", "none")
    told = openssl("pkey", "-inform", form, "-passin", f"pass:{secret}", "-pubout", "-text", content=content).decode()
    curves = {"P-256": "p256", "P-384": "p384", "P-521": "p521"}
    theirs = next((name for curve, name in curves.items() if f"NIST CURVE: {curve}" in told), "rsa")
    agree(test, "algorithm", theirs, expected["key_algorithm"])
    if "certificate" in given:
        theirs = openssl("x509", "-pubkey", "-noout", content=read(given["certificate"])).decode().strip()
        agree(test, "matches", theirs in told, expected["matches"])
    return OPENSSL


def arn(test):
    theirs, expected = ArnParser().parse_arn(test["input"]["arn"]), test["expected"]
    agree(test, "partition", theirs["partition"], expected["partition"])
    agree(test, "account", theirs["account"], expected["account_id"])
    agree(test, "region", theirs["region"] or None, expected.get("region"))
    name = theirs["resource"].rpartition("/")[2] if theirs["service"] == "iam" else None
    agree(test, "name", name, expected.get("role_name"))
    return BOTOCORE


def credentials(test):
    """Those that a process prints, as botocore's provider reads them."""
    given, printed = test["input"], json.dumps(test["expected"]["json"]).encode()
    if not given["form"].startswith("credential_process"):
        return None

    class Process:
        returncode = 0

        def __init__(self, *_, **__):
            pass

        def communicate(self):
            return printed, b""

    config = {"profiles": {"p": {"credential_process": "x"}}}
    found = ProcessProvider("p", lambda: config, popen=Process)._retrieve_credentials_using("x")
    agree(test, "key", found["access_key"], given["access_key_id"])
    agree(test, "secret", found["secret_key"], given["secret_access_key"])
    agree(test, "token", found["token"], given["session_token"])
    agree(test, "end", int(parse_timestamp(found["expiry_time"]).timestamp()), given["expiration"])
    account = None if given["form"].endswith("account_id") else given.get("account_id")
    agree(test, "account", found.get("account_id"), account)
    return BOTOCORE


def session_response(test):
    """The reply's members and its date, as botocore's parser reads them."""
    from botocore.model import ServiceModel

    def shape(**members):
        return {"type": "structure", "members": {name: {"shape": kind} for name, kind in members.items()}}

    text = {"type": "string"}
    inner = shape(accessKeyId="S", secretAccessKey="S", sessionToken="S", expiration="T")
    shapes = {"S": text, "T": {"type": "timestamp", "timestampFormat": "iso8601"}, "C": inner,
              "L": {"type": "list", "member": {"shape": "I"}}, "I": shape(credentials="C"), "O": shape(credentialSet="L")}
    model = ServiceModel({"metadata": {"protocol": "rest-json"}, "operations": {}, "shapes": shapes})
    body = {"body": read(test["input"]["body"]), "headers": {}, "status_code": test["input"]["status"]}
    found = RestJSONParser().parse(body, model.shape_for("O"))["credentialSet"][0]["credentials"]
    expected = test["expected"]
    for theirs, ours in (("accessKeyId", "access_key_id"), ("secretAccessKey", "secret_access_key"),
                         ("sessionToken", "session_token")):
        agree(test, ours, found[theirs], expected[ours])
    agree(test, "expiration", int(found["expiration"].timestamp()), expected["expiration"])
    return BOTOCORE


ASK = [arn, canonical_request, string_to_sign, signature, authorization, certificate, private_key, credentials,
       session_response]
ASK = {asked.__name__: asked for asked in ASK} | {"create_session": authorization}
for file in sorted(VECTORS.glob("*/*.json")):
    vectors = json.loads(file.read_text("utf-8"))
    ask = ASK.get(vectors["operation"])
    kept, confirmed = [], []
    for group in vectors["groups"]:
        tests = []
        for test in group["tests"]:
            source = ask(test) if ask and group["source"]["name"] == FILLED else None
            (confirmed if source else tests).append((source, test) if source else test)
        kept += [{"source": group["source"], "tests": tests}] if tests else []
    for source, test in confirmed:
        same = next((group for group in kept if group["source"] == source), None)
        if not same:
            same = {"source": source, "tests": []}
            kept.append(same)
        same["tests"].append(test)
    if confirmed:
        print(f"{file.stem}: {len(confirmed)} confirmed")
        file.write_text(json.dumps(vectors | {"groups": kept}, ensure_ascii=False), "utf-8")
