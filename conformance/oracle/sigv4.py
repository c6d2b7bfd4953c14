"""Signature Version 4 with X.509: the four stages."""

import base64
import posixpath
import re
from datetime import UTC, datetime
from urllib.parse import quote, unquote_to_bytes, urlsplit

import certificates
import keys
from data import read, sha256_hex
from refused import Refused

ADDED = {"authorization", "host", "x-amz-date", "x-amz-x509", "x-amz-x509-chain"}
TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+\Z")


def encode(raw):
    return quote(raw, safe="-._~")


def canonical_path(path, normalize, encodings):
    if normalize:
        open_end = path.endswith(("/", "/.", "/.."))
        path = posixpath.normpath("/" + path.lstrip("/"))
        path += "/" if open_end and path != "/" else ""
    segments = path.split("/")
    if encodings == 1:
        segments = [unquote_to_bytes(segment) for segment in segments]
    return "/".join(encode(segment) for segment in segments) or "/"


def canonical_query(query):
    pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
    encoded = sorted((encode(unquote_to_bytes(k)), encode(unquote_to_bytes(v))) for k, v in pairs)
    return "&".join(f"{name}={value}" for name, value in encoded)


def canonical(method, path, query, headers, body):
    """The canonical request and the signed headers; `path` is canonical already."""
    values = {}
    for name, value in headers:
        words = re.sub(" +", " ", value.strip(" \t"))
        values.setdefault(name.lower(), []).append(words)
    names = sorted(values)
    lines = "".join(f"{name}:{','.join(values[name])}\n" for name in names)
    signed = ";".join(names)
    parts = (method, path, canonical_query(query), lines, signed, sha256_hex(body))
    return "\n".join(parts), signed


def canonical_request(case):
    path = canonical_path(case["path"], case.get("normalize", False), case["path_encodings"])
    text, signed_headers = canonical(case["method"], path, case["query"], case["headers"], read(case["body"]))
    return {"canonical_request": text, "signed_headers": signed_headers}


def amz_date(now):
    return datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")


def stage_two(token, now, region, service, text):
    scope = f"{amz_date(now)[:8]}/{region}/{service}/aws4_request"
    return scope, f"{token}\n{amz_date(now)}\n{scope}\n{sha256_hex(text.encode())}"


def string_to_sign(case):
    scope, text = stage_two(
        case["algorithm"], case["now"], case["region"], case["service"], case["canonical_request"]
    )
    return {"credential_scope": scope, "string_to_sign": text}


def authorization(case, expected):
    url = urlsplit(checked_url(case["url"], "request_malformed"))
    if not re.fullmatch("[A-Z]+", case["method"]):
        raise Refused("request_malformed")
    for name, value in case["headers"]:
        printable = all(char == "\t" or " " <= char <= "~" for char in value)
        if not TOKEN.match(name) or name.lower() in ADDED or not printable:
            raise Refused("request_malformed")
    return signed(case, expected, case["method"], url, case["headers"], read(case["body"]),
                  case["region"], case["service"])


def signed(case, expected, method, url, headers, body, region, service):
    """All four stages of one request."""
    leaf, chain, _, _, _ = certificates.gathered({n: case[n] for n in ("certificate", "chain") if n in case})
    encoded = [base64.b64encode(certificates.der_of(one)).decode() for one in (leaf, *chain)]
    every = [*headers, ("host", url.netloc), ("x-amz-date", amz_date(case["now"])),
             ("x-amz-x509", encoded[0])]
    if chain:
        every.append(("x-amz-x509-chain", ",".join(encoded[1:])))
    path = canonical_path(url.path, False, 2)
    text, names = canonical(method, path, url.query, every, body)
    token = keys.token_of(certificates.key_algorithm(leaf))
    scope, message = stage_two(token, case["now"], region, service, text)
    if "private_key" in case:
        key = keys.load(read(case["private_key"]))
        if keys.spki(key.public_key()) != keys.spki(leaf.public_key()):
            raise Refused("key_mismatch")
        done = keys.agreed(key, message.encode(), expected)
    else:
        given = bytes.fromhex(case["signature_hex"])
        form = keys.normal(leaf.public_key(), given, case.get("encoding", "der"))
        done = {"signature_hex": form.hex(), "reproducible": bool(expected) and expected["reproducible"]}
    value = (f"{token} Credential={leaf.serial_number}/{scope}, SignedHeaders={names}, "
             f"Signature={done['signature_hex']}")
    return {"canonical_request": text, "signed_headers": names, "string_to_sign": message, **done, "authorization": value}


HOST = r"\[[0-9a-f:.]+\]|(?![.-])[a-z0-9._-]{1,253}"
URL = re.compile(rf"(?i)(https?)://({HOST})(?::([0-9]+))?(/[^?#]*)?(\?[^#]*)?\Z")


def checked_url(text, code):
    """The URL as clients send it: host in lower case, no default port, a path."""
    found = URL.match(text) if all("!" <= char <= "~" for char in text) else None
    if not found or (found[3] and not 0 < int(found[3]) < 65536):
        raise Refused(code)
    scheme, host = found[1].lower(), found[2].lower()
    is_default = found[3] is None or int(found[3]) == (80 if scheme == "http" else 443)
    port = "" if is_default else f":{int(found[3])}"
    return f"{scheme}://{host}{port}{found[4] or '/'}{found[5] or ''}"
