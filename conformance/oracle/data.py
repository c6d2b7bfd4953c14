"""Inputs: text, hex, fixtures; and the blocks of PEM and DER files."""

import base64
import binascii
import hashlib
import pathlib
import re

from refused import Refused

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "fixtures"


def read(data):
    """The bytes of one input."""
    ((form, value),) = data.items()
    if form == "text":
        return value.encode()
    if form == "hex":
        return bytes.fromhex(value)
    paths = [value] if form == "fixture" else value
    return b"".join((FIXTURES / path).read_bytes() for path in paths)


def sha256_hex(content):
    return hashlib.sha256(content).hexdigest()


def pem(case):
    found = [
        {"label": label, "content_sha256_hex": sha256_hex(content)}
        for label, content, _ in blocks(read(case["data"]))
    ]
    return {"blocks": found}


BEGIN = re.compile(rb"(?m)^[ \t]*-----BEGIN ")
BLOCK = re.compile(rb"([ -~]*?)-----(.*?)-----END ([ -~]*?)-----", re.S)


def blocks(data):
    """Label, content and whether it is encrypted, of each block in the file's order."""
    if not data.strip().removeprefix(b"\xef\xbb\xbf"):
        raise Refused("file_empty")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused("pem_malformed")
    if data[:1] == b"\x30" and (data[1] >= 0x80 or whole(data)):
        return [(label_of(data), data, False)]
    text = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    found = []
    while begin := BEGIN.search(text):
        block = BLOCK.match(text, begin.end())
        if not block or block[1] != block[3] or b"-----" in block[2]:
            raise Refused("pem_malformed")
        found.append(block_of(block[1].decode(), block[2]))
        text = text[block.end():]
    return found


def block_of(label, body):
    headers = b""
    if b":" in body:
        headers, blank, body = body.partition(b"\n\n")
        if not blank:
            raise Refused("pem_malformed")
    if b"ENCRYPTED" in headers:
        return label, b"", True
    try:
        content = base64.b64decode(b"".join(body.split()), validate=True)
    except binascii.Error:
        raise Refused("pem_malformed") from None
    if not content:
        raise Refused("pem_malformed")
    return label, content, False


def whole(der):
    return element(der)[2] == b""


def element(der):
    """Tag, content and rest of the first DER element, as far as there is one."""
    if len(der) < 2:
        return None, b"", None
    tag, length, start = der[0], der[1], 2
    if length >= 0x80:
        start = 2 + length - 0x80
        length = int.from_bytes(der[2:start])
    end = start + length
    return tag, der[start:end], der[end:] if end <= len(der) else None


def label_of(der):
    """The label that the PEM of a DER document would have, by its first members."""
    _, content, _ = element(der)
    tag, first, rest = element(content)
    second = element(rest)[0] if rest else None
    if tag == 0x02:
        if first == b"\x03":
            return "PKCS12"
        return {0x30: "PRIVATE KEY", 0x02: "RSA PRIVATE KEY", 0x04: "EC PRIVATE KEY"}.get(second, "")
    if tag == 0x30:
        inner, value, after = element(first)
        if inner == 0xA0:
            return "CERTIFICATE"
        if inner == 0x02:
            is_algorithm = after and after[:1] == b"\x30" and element(element(after)[1])[0] == 0x06
            return "CERTIFICATE" if is_algorithm else "CERTIFICATE REQUEST"
        if inner == 0x06:
            pkcs5 = value.startswith(bytes.fromhex("2a864886f70d0105"))
            return "ENCRYPTED PRIVATE KEY" if pkcs5 else "PUBLIC KEY"
    return "PKCS7" if tag == 0x06 else ""
