"""Inputs: text, hex, fixtures; the blocks of PEM and DER files; the oracle's only exception."""

import base64
import hashlib
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN = re.compile(rb"(?m)^[ \t]*-----BEGIN ")
BLOCK = re.compile(rb"([ -~]*?)-----(.*?)-----END ([ -~]*?)-----", re.S)
TAG = rb"(?s:\x30(?:[\x00-\x7f]|\x81.|\x82..))"
# The labels that the PEM of a DER document would have, by its first members.
LABELS = {
    TAG + TAG + rb"\xa0\x03\x02": "CERTIFICATE",
    TAG + rb"\x02\x01\x00": "PRIVATE KEY",
    TAG + rb"\x02\x01\x01\x04": "EC PRIVATE KEY",
    TAG + TAG + rb"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05": "ENCRYPTED PRIVATE KEY",
}


class Refused(Exception):
    """The input is refused with a code of vectors/project/error_codes.json; `facts` is what else is told."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code, self.facts = code, facts


def read(data):
    ((form, value),) = data.items()
    if form in ("text", "hex"):
        return value.encode() if form == "text" else bytes.fromhex(value)
    return b"".join((ROOT / "fixtures" / path).read_bytes() for path in ([value] if form == "fixture" else value))


def sha256_hex(content):
    return hashlib.sha256(content).hexdigest()


def pem(case):
    found = blocks(read(case["data"]))
    return {"blocks": [{"label": label, "content_sha256_hex": sha256_hex(content)} for label, content in found]}


def blocks(data):
    """Label and content of each block, in the file's order."""
    text = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    if not text.strip():
        raise Refused("file_empty")
    if data[:1] == b"\x30" and (data[1] >= 0x80 or len(data) == data[1] + 2):
        return [(next((label for start, label in LABELS.items() if re.match(start, data)), ""), data)]
    found = []
    while begin := BEGIN.search(text):
        block = BLOCK.match(text, begin.end())
        if not block or block[1] != block[3] or b"-----" in block[2]:
            raise Refused("pem_malformed")
        headers, _, body = block[2].rpartition(b"\n\n") if b":" in block[2] else (b"", b"", block[2])
        if b"ENCRYPTED" in headers:
            raise Refused("key_encryption_unsupported")
        try:
            content = base64.b64decode(b"".join(body.split()), validate=True)
        except ValueError:
            raise Refused("pem_malformed") from None
        found.append((block[1].decode(), content))
        text = text[block.end() :]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or not all(content for _, content in found):
        raise Refused("pem_malformed")
    return found
