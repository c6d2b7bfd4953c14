"""Writes private keys and PKCS#12 files into a directory, and prints the leaf and name of each.

Besides what `cryptography` writes by itself, it encodes what few others write: PBES2 with AES-GCM
(RFC 5084), PBKDF2 with and without a key length, and PKCS#12 with PBMAC1 (RFC 9579).
"""

import hashlib
import hmac
import os
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import pkcs12

SECRET = b"secret"
DIRECTORY = Path(sys.argv[1])


def write(leaf, name, content):
    name = f"python-{leaf}-{name}"
    (DIRECTORY / name).write_bytes(content)
    print(f"{leaf}\t{name}")


def tlv(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 | len(octets)]) + octets + body


def sequence(*parts):
    return tlv(0x30, *parts)


def integer(value):
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def octets(value):
    return tlv(4, value)


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    body = [40 * first + second]
    for arc in rest:
        septets = [arc & 127]
        while arc := arc >> 7:
            septets.insert(0, arc & 127 | 128)
        body += septets
    return tlv(6, bytes(body))


NULL = tlv(5)
HMAC = {"sha1": 7, "sha224": 8, "sha256": 9, "sha384": 10, "sha512": 11}


def hmac_with(name):
    return sequence(oid(f"1.2.840.113549.2.{HMAC[name]}"), NULL)


def pbkdf2(name, length, says_length, leaves_out_sha1=True):
    salt = os.urandom(16)
    parts = [octets(salt), integer(1000)]
    if says_length:
        parts.append(integer(length))
    if name != "sha1" or not leaves_out_sha1:
        parts.append(hmac_with(name))
    key = hashlib.pbkdf2_hmac(name, SECRET, salt, 1000, length)
    return key, sequence(oid("1.2.840.113549.1.5.12"), sequence(*parts))


def scrypt(length, says_length):
    salt = os.urandom(16)
    parts = [octets(salt), integer(64), integer(8), integer(1)]
    if says_length:
        parts.append(integer(length))
    key = hashlib.scrypt(SECRET, salt=salt, n=64, r=8, p=1, dklen=length)
    return key, sequence(oid("1.3.6.1.4.1.11591.4.11"), sequence(*parts))


def pbes2_gcm(plain, derived, bits):
    key, derivation = derived
    nonce = os.urandom(12)
    arc = {128: 6, 192: 26, 256: 46}[bits]
    parameters = sequence(octets(nonce), integer(16))
    cipher = sequence(oid(f"2.16.840.1.101.3.4.1.{arc}"), parameters)
    scheme = sequence(oid("1.2.840.113549.1.5.13"), sequence(derivation, cipher))
    return sequence(scheme, octets(AESGCM(key).encrypt(nonce, plain, None)))


def gcm_short_tag(plain, derived):
    """The default of RFC 5084, a tag of 12 octets, which a full tag's beginning is."""
    key, derivation = derived
    nonce = os.urandom(12)
    cipher = sequence(oid("2.16.840.1.101.3.4.1.46"), sequence(octets(nonce)))
    scheme = sequence(oid("1.2.840.113549.1.5.13"), sequence(derivation, cipher))
    return sequence(scheme, octets(AESGCM(key).encrypt(nonce, plain, None)[:-4]))


def pbmac1(safes, name, derived):
    key, derivation = derived
    scheme = sequence(oid("1.2.840.113549.1.5.14"), sequence(derivation, hmac_with(name)))
    digest = sequence(scheme, octets(hmac.new(key, safes, name).digest()))
    data = sequence(oid("1.2.840.113549.1.7.1"), tlv(0xA0, octets(safes)))
    return sequence(integer(3), data, sequence(digest, octets(b"NOT USED"), integer(1)))


def data(content):
    return sequence(oid("1.2.840.113549.1.7.1"), tlv(0xA0, octets(content)))


def bag(arc, value):
    return sequence(oid(f"1.2.840.113549.1.12.10.1.{arc}"), tlv(0xA0, value))


def certificate_bag(certificate):
    der = certificate.public_bytes(s.Encoding.DER)
    kind = oid("1.2.840.113549.1.9.22.1")
    return bag(3, sequence(kind, tlv(0xA0, octets(der))))


def safes(key_bag, certificates):
    nested = bag(6, sequence(key_bag))
    bags = sequence(*map(certificate_bag, certificates))
    return sequence(data(bags), data(sequence(nested)))


def keys(leaf, key, plain):
    for form, encoding in (("pem", s.Encoding.PEM), ("der", s.Encoding.DER)):
        best = s.BestAvailableEncryption(SECRET)
        made = key.private_bytes(encoding, s.PrivateFormat.PKCS8, best)
        write(leaf, f"pkcs8-{form}", made)
    for bits in (128, 192, 256):
        for says_length in (False, True):
            for name in HMAC:
                derived = pbkdf2(name, bits // 8, says_length)
                write(leaf, f"gcm-{bits}-{name}-{says_length}", pbes2_gcm(plain, derived, bits))
            derived = scrypt(bits // 8, says_length)
            write(leaf, f"gcm-{bits}-scrypt-{says_length}", pbes2_gcm(plain, derived, bits))
    write(leaf, "gcm-short-tag", gcm_short_tag(plain, pbkdf2("sha256", 32, False)))
    write(leaf, "gcm-sha1-named", pbes2_gcm(plain, pbkdf2("sha1", 32, True, False), 256))


def files(leaf, key, certificate, chain, plain):
    schemes = {
        "aes": pkcs12.PBES.PBESv2SHA256AndAES256CBC,
        "3des": pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC,
    }
    for scheme, value in schemes.items():
        for hash in (hashes.SHA1(), hashes.SHA256(), hashes.SHA512()):
            builder = s.PrivateFormat.PKCS12.encryption_builder().kdf_rounds(1000)
            builder = builder.key_cert_algorithm(value).hmac_hash(hash).build(SECRET)
            made = pkcs12.serialize_key_and_certificates(b"name", key, certificate, chain, builder)
            write(leaf, f"{scheme}-{hash.name}.p12", made)
    shrouded = bag(2, pbes2_gcm(plain, pbkdf2("sha256", 32, True), 256))
    for name in HMAC:
        length = 20 if name == "sha1" else 32
        content = safes(shrouded, [certificate, *chain])
        write(leaf, f"pbmac1-{name}.p12", pbmac1(content, name, pbkdf2(name, length, True)))
    content = safes(bag(1, plain), [*chain, certificate])
    write(leaf, "pbmac1-scrypt.p12", pbmac1(content, "sha256", scrypt(32, True)))


for leaf in ("p256", "rsa"):
    key = s.load_pem_private_key((DIRECTORY / f"{leaf}-key.pem").read_bytes(), None)
    certificate = x509.load_pem_x509_certificate((DIRECTORY / f"{leaf}.pem").read_bytes())
    chain = x509.load_pem_x509_certificates((DIRECTORY / "chain.pem").read_bytes())
    plain = key.private_bytes(s.Encoding.DER, s.PrivateFormat.PKCS8, s.NoEncryption())
    keys(leaf, key, plain)
    files(leaf, key, certificate, chain, plain)
