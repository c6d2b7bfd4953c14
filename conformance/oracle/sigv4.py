"""Signature Version 4 with X.509: the four stages."""

import base64
import functools
import posixpath
import re
from datetime import UTC, datetime
from urllib.parse import quote, unquote_to_bytes, urlsplit

from cryptography.hazmat.primitives.serialization import Encoding

import certificates
import keys
from data import Refused, read, sha256_hex

encode = functools.partial(quote, safe="-._~")
ADDED = {"authorization", "host", "x-amz-date", "x-amz-x509", "x-amz-x509-chain"}
HOST = r"\[[0-9a-f:.]+\]|(?![.-])[a-z0-9._-]{1,253}"
URL = re.compile(rf"(?i)(https?)://({HOST})(?::([0-9]+))?(/[^?#]*)?(\?[^#]*)?\Z")


def canonical_path(path, normalize, encodings):
    if normalize:
        is_open = path.endswith(("/", "/.", "/.."))
        path = posixpath.normpath("/" + path.lstrip("/"))
        path += "/" if is_open and path != "/" else ""
    segments = path.split("/")
    return "/".join(encode(unquote_to_bytes(it) if encodings == 1 else it) for it in segments) or "/"


def canonical(method, path, query, headers, body):
    """The canonical request and the signed headers; `path` is canonical already."""
    pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
    encoded = sorted([encode(unquote_to_bytes(part)) for part in pair] for pair in pairs)
    values = {}
    for name, value in headers:
        values.setdefault(name.lower(), []).append(re.sub(" +", " ", value.strip(" \t")))
    lines = "".join(f"{name}:{','.join(values[name])}\n" for name in sorted(values))
    signed = ";".join(sorted(values))
    query = "&".join("=".join(pair) for pair in encoded)
    return "\n".join((method, path, query, lines, signed, sha256_hex(body))), signed


def canonical_request(case):
    path = canonical_path(case["path"], case.get("normalize"), case["path_encodings"])
    text, signed_headers = canonical(case["method"], path, case["query"], case["headers"], read(case["body"]))
    return {"canonical_request": text, "signed_headers": signed_headers}


def amz_date(now):
    return datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")


def string_to_sign(case):
    date = amz_date(case["now"])
    scope = f"{date[:8]}/{case['region']}/{case['service']}/aws4_request"
    text = "\n".join((case["algorithm"], date, scope, sha256_hex(case["canonical_request"].encode())))
    return {"credential_scope": scope, "string_to_sign": text}


def authorization(case, expected):
    url = urlsplit(checked_url(case["url"], "request_malformed"))
    is_bad = not re.fullmatch("[A-Z]+", case["method"])
    for name, value in case["headers"]:
        is_bad |= (
            not re.fullmatch(r"[\w!#$%&'*+.^`|~-]+", name, re.A)
            or name.lower() in ADDED
            or not re.fullmatch(r"[\t -~]*", value)
        )
    if is_bad:
        raise Refused("request_malformed")
    return signed(case, expected, url, read(case["body"]))


def signed(case, expected, url, body):
    """All four stages of one request."""
    leaf, (chain, *_), _ = certificates.gathered(case)
    encoded = [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in (leaf, *chain)]
    added = {"host": url.netloc, "x-amz-date": amz_date(case["now"]), "x-amz-x509": encoded[0]}
    added |= {"x-amz-x509-chain": ",".join(encoded[1:])} if chain else {}
    headers = [*case["headers"], *added.items()]
    text, names = canonical(case["method"], canonical_path(url.path, False, 2), url.query, headers, body)
    public_key = leaf.public_key()
    token = keys.TOKENS[keys.described(public_key)[0][0]]
    stage = string_to_sign({**case, "algorithm": token, "canonical_request": text})
    message = stage["string_to_sign"]
    if "private_key" in case:
        key = keys.load(read(case["private_key"]))
        if key.public_key() != public_key:
            raise Refused("key_mismatch")
        done = keys.sign(key, message.encode(), expected)
    else:
        done = keys.external(public_key, case, expected)
    credential = f"{token} Credential={leaf.serial_number}/{stage['credential_scope']}"
    value = f"{credential}, SignedHeaders={names}, Signature={done['signature_hex']}"
    stages = {"canonical_request": text, "signed_headers": names, "string_to_sign": message}
    return {**stages, **done, "authorization": value}


def checked_url(text, code):
    """The URL as clients send it: host in lower case, no default port, a path."""
    found = URL.match(text) if re.fullmatch("[!-~]+", text) else None
    if not found or (found[3] and not 0 < int(found[3]) < 65536):
        raise Refused(code)
    scheme, host, port = found[1].lower(), found[2].lower(), int(found[3] or 0)
    port = "" if port in (0, 80 if scheme == "http" else 443) else f":{port}"
    return f"{scheme}://{host}{port}{found[4] or '/'}{found[5] or ''}"
