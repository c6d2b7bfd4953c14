"""Writes fixtures/keys/encrypted/: one P-256 key under the passphrase `correct horse`, several ways.

    python conformance/generate/encrypted_keys.py

Salts and vectors are fixed, so that the files are the same each time.
"""

import base64
import hashlib

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from groups import VECTORS

FIXTURES = VECTORS.parent / "fixtures"
PASSPHRASE = b"correct horse"
SALT, IV = hashlib.sha256(b"salt").digest()[:16], hashlib.sha256(b"iv").digest()[:16]
HASHES = {"sha1": (hashes.SHA1(), None), "sha256": (hashes.SHA256(), 9), "sha512": (hashes.SHA512(), 11)}
AES = {16: 2, 24: 22, 32: 42}


def tagged(tag, *parts):
    content = b"".join(parts)
    size = len(content)
    head = bytes([size]) if size < 128 else bytes([0x81, size]) if size < 256 else b"\x82" + size.to_bytes(2)
    return bytes([tag]) + head + content


def number(value):
    return tagged(0x02, value.to_bytes(value.bit_length() // 8 + 1))


def sequence(*parts):
    return tagged(0x30, *parts)


def oid(text):
    return tagged(0x06, bytes.fromhex(text))


def write(name, key, prf="sha256", length=32, iterations=2048, claimed=None, key_length=False):
    """PBES2 with PBKDF2 and AES-CBC; `claimed` iterations are written in place of the true ones."""
    algorithm, arc = HASHES[prf]
    secret = PBKDF2HMAC(algorithm, length, SALT, iterations).derive(PASSPHRASE)
    padding = 16 - len(key) % 16
    encryptor = Cipher(algorithms.AES(secret), modes.CBC(IV)).encryptor()
    encrypted = encryptor.update(key + bytes([padding]) * padding) + encryptor.finalize()
    parameters = [tagged(0x04, SALT), number(claimed or iterations)]
    parameters += [number(length)] if key_length else []
    parameters += [sequence(oid(f"2a864886f70d02{arc:02x}"), tagged(0x05))] if arc else []
    kdf = sequence(oid("2a864886f70d01050c"), sequence(*parameters))
    cipher = sequence(oid(f"6086480165030401{AES[length]:02x}"), tagged(0x04, IV))
    der = sequence(sequence(oid("2a864886f70d01050d"), sequence(kdf, cipher)), tagged(0x04, encrypted))
    text = base64.encodebytes(der).decode().replace("\n", "")
    lines = "\n".join(text[at:at + 64] for at in range(0, len(text), 64))
    label = "ENCRYPTED PRIVATE KEY-----"
    (FIXTURES / f"keys/encrypted/{name}.pem").write_text(
        f"Test-only key of the conformance suite, published: never trust it.\n"
        f"-----BEGIN {label}\n{lines}\n-----END {label}\n", "ascii")


pem = (FIXTURES / "pki/p256/key.pem").read_bytes()
plain = serialization.load_pem_private_key(pem, None).private_bytes(
    serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
(FIXTURES / "keys/encrypted").mkdir(exist_ok=True)
write("aes256-sha256", plain)
write("aes192-sha512", plain, "sha512", 24)
write("aes128-default-prf", plain, "sha1", 16)
write("key-length", plain, key_length=True)
write("key-length-default-prf", plain, "sha1", 16, key_length=True)
write("too-costly", plain, claimed=2**31 - 1)
