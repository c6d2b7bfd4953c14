"""Writes fixtures/pkcs12/ and fixtures/keys/other-software/, and their cases.

    python conformance/generate/other_software.py

Needs openssl, certtool (GnuTLS), pk12util and certutil (NSS) and keytool (Java). They draw salts by
chance, so the files differ each time; the passphrase is always `correct horse`.
"""

import hashlib
import os
import pathlib
import re
import subprocess
import tempfile

import cryptography
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from groups import VECTORS, replace

FIXTURES = VECTORS.parent / "fixtures"
SECRET = "correct horse"
WARNING = b"Test-only key of the conformance suite, published: never trust it.\n"
LEAF, KEY = FIXTURES / "pki/p256/leaf.pem", FIXTURES / "pki/p256/key.pem"
CHAIN = [FIXTURES / f"pki/chain/{name}.pem" for name in ("leaf-of-2", "intermediate-2", "intermediate-1")]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def version(*command):
    return re.search(r"\d+(\.\d+)+", run(*command))[0]


def sha256(path):
    return x509.load_pem_x509_certificate(path.read_bytes()).fingerprint(hashes.SHA256()).hex()


def identity(name, description, content, certificates=(LEAF,), passphrase=SECRET, error=None, has_key=True):
    """A case with the PKCS#12 file `content`, which is written."""
    path = FIXTURES / f"pkcs12/{name}.p12"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    test = {
        "id": f"identity::pkcs12::{name}", "description": description, "features": ["p256", "pkcs12"],
        "input": {"parts": [{"fixture": f"pkcs12/{name}.p12"}]},
    }
    if passphrase is not None:
        test["input"]["passphrase"] = passphrase
    if error:
        code, kind = error
        return test | {"result": "invalid", "error": {"code": code, "kind": kind}}
    leaf, *chain = map(sha256, certificates)
    return test | {"result": "valid", "expected": {
        "certificate_sha256_hex": leaf, "chain_sha256_hex": chain, "has_private_key": has_key}}


def openssl(*options, passphrase=SECRET, key=KEY, leaf=LEAF):
    given = ["-inkey", str(key)] if key else ["-nokeys"]
    with tempfile.TemporaryDirectory() as directory:
        file = pathlib.Path(directory) / "file.p12"
        run("openssl", "pkcs12", "-export", "-in", str(leaf), *given, "-passout", f"pass:{passphrase}",
            "-out", str(file), *options)
        return file.read_bytes()


def refused_by_openssl(content, passphrase=SECRET):
    done = subprocess.run(["openssl", "pkcs12", "-in", "/dev/stdin", "-nodes", "-passin", f"pass:{passphrase}"],
                          input=content, capture_output=True)
    assert done.returncode != 0, "openssl takes it"


def with_openssl():
    issuers = FIXTURES / "pkcs12/issuers.pem"
    issuers.parent.mkdir(exist_ok=True)
    issuers.write_bytes(b"".join(path.read_bytes() for path in reversed(CHAIN[1:])))
    chain_key = FIXTURES / "pki/p256/key.pem"
    plain = openssl()
    damaged = bytearray(plain)
    damaged[len(plain) // 2] ^= 1
    tests = [
        identity("openssl", "As OpenSSL 3 writes it: AES-256 and a MAC with SHA-256.", plain),
        identity("openssl-chain", "With intermediates, root end first.",
                 openssl("-certfile", str(issuers), leaf=CHAIN[0], key=chain_key), CHAIN),
        identity("openssl-triple-des", "As older software writes it: triple DES and SHA-1.",
                 openssl("-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1")),
        identity("openssl-aes-128", "The key with AES-128, the certificate with AES-192.",
                 openssl("-keypbe", "aes-128-cbc", "-certpbe", "aes-192-cbc")),
        identity("openssl-plain-certificate", "The certificate stands there as it is.", openssl("-certpbe", "NONE")),
        identity("openssl-plain", "Nothing is encrypted; the MAC has the passphrase.",
                 openssl("-keypbe", "NONE", "-certpbe", "NONE")),
        identity("openssl-mac-sha512", "A MAC with SHA-512.", openssl("-macalg", "sha512")),
        identity("openssl-no-mac", "No MAC.", openssl("-nomac")),
        identity("openssl-iterations", "One round, and none for the MAC.", openssl("-iter", "1", "-nomaciter")),
        identity("openssl-empty-passphrase", "Under the empty passphrase.", openssl(passphrase=""), passphrase=""),
        identity("openssl-no-passphrase", "Under the empty passphrase, and none is given.",
                 openssl(passphrase=""), passphrase=None),
        identity("openssl-unicode", "A passphrase beyond ASCII and beyond 16 bits.",
                 openssl(passphrase="Größe-€-🔑"), passphrase="Größe-€-🔑"),
        identity("openssl-friendly-name", "With a name for the entry.", openssl("-name", "my key")),
        identity("openssl-certificate-alone", "A certificate and no key.", openssl(key=None), has_key=False),
        identity("wrong-passphrase", "The passphrase is another.", plain, passphrase="correct house",
                 error=("passphrase_incorrect", "identity")),
        identity("missing-passphrase", "There is no passphrase.", plain, passphrase=None,
                 error=("private_key_encrypted", "identity")),
        identity("passphrase-case", "The passphrase has other capitals.", plain, passphrase=SECRET.title(),
                 error=("passphrase_incorrect", "identity")),
        identity("cut-off", "The file ends too early.", plain[:-20], error=("private_key_malformed", "identity")),
        identity("changed", "One bit is not as it was: the MAC does not hold.", bytes(damaged),
                 error=("passphrase_incorrect", "identity")),
        identity("appended", "Something stands behind the file's end.", plain + b"more",
                 error=("private_key_malformed", "identity")),
    ]
    for content, passphrase in ((plain, "correct house"), (plain[:-20], SECRET), (bytes(damaged), SECRET)):
        refused_by_openssl(content, passphrase)
    issuers.unlink()
    return {"name": "OpenSSL", "version": version("openssl", "version")}, tests


def with_pyca(leaf, chain=(), encryption=None):
    key = serialization.load_pem_private_key(KEY.read_bytes(), None)
    certificates = [x509.load_pem_x509_certificate(path.read_bytes()) for path in (leaf, *chain)]
    secret = encryption or serialization.BestAvailableEncryption(SECRET.encode())
    return pkcs12.serialize_key_and_certificates(b"test only", key, certificates[0], certificates[1:], secret)


def pyca():
    legacy = serialization.PrivateFormat.PKCS12.encryption_builder().kdf_rounds(3000)
    legacy = legacy.key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC).hmac_hash(hashes.SHA1())
    return {"name": "pyca/cryptography", "version": cryptography.__version__}, [
        identity("pyca", "As Python's cryptography writes it.", with_pyca(LEAF)),
        identity("pyca-chain", "With intermediates in order.", with_pyca(CHAIN[0], CHAIN[1:]), CHAIN),
        identity("pyca-triple-des", "Triple DES, 3000 rounds, a MAC with SHA-1.",
                 with_pyca(LEAF, encryption=legacy.build(SECRET.encode()))),
        identity("pyca-plain", "Neither encryption nor MAC.",
                 with_pyca(LEAF, encryption=serialization.NoEncryption()), passphrase=None),
    ]


def java():
    with tempfile.TemporaryDirectory() as directory:
        given, file = pathlib.Path(directory) / "given.p12", pathlib.Path(directory) / "file.p12"
        given.write_bytes(openssl("-name", "entry"))
        run("keytool", "-importkeystore", "-srckeystore", str(given), "-srcstorepass", SECRET, "-srcstoretype",
            "PKCS12", "-destkeystore", str(file), "-deststorepass", SECRET, "-deststoretype", "PKCS12")
        content = file.read_bytes()
    told = subprocess.run(["java", "-version"], check=True, capture_output=True, text=True).stderr
    return {"name": "keytool", "version": "OpenJDK " + re.search(r'"(.+?)"', told)[1]}, [
        identity("java", "As Java's keytool writes it.", content)]


def gnutls():
    with tempfile.TemporaryDirectory() as directory:
        file = pathlib.Path(directory) / "file.p12"
        run("certtool", "--load-certificate", str(LEAF), "--load-privkey", str(KEY), "--to-p12", "--outder",
            "--p12-name", "entry", "--password", SECRET, "--outfile", str(file))
        content = file.read_bytes()
    return {"name": "GnuTLS certtool", "version": version("certtool", "--version")}, [
        identity("gnutls", "As GnuTLS's certtool writes it.", content)]


def nss():
    with tempfile.TemporaryDirectory() as directory:
        given, file = pathlib.Path(directory) / "given.p12", pathlib.Path(directory) / "file.p12"
        given.write_bytes(openssl("-name", "entry"))
        run("certutil", "-N", "-d", directory, "--empty-password")
        run("pk12util", "-i", str(given), "-d", directory, "-W", SECRET)
        run("pk12util", "-o", str(file), "-n", "entry", "-d", directory, "-W", SECRET)
        content = file.read_bytes()
    return {"name": "NSS pk12util", "version": version("dpkg-query", "-W", "libnss3-tools")}, [
        identity("nss", "As NSS's pk12util, and so Firefox, writes it.", content)]


def key(name, description, pem, error=None, passphrase=SECRET):
    path = FIXTURES / f"keys/other-software/{name}.pem"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(WARNING + pem.encode())
    test = {
        "id": f"private_key::other-software::{name}", "description": description, "features": ["p256", "passphrase"],
        "input": {"private_key": {"fixture": f"keys/other-software/{name}.pem"}, "passphrase": passphrase,
                  "certificate": {"fixture": "pki/p256/leaf.pem"}},
    }
    if error:
        return test | {"result": "invalid", "error": {"code": error, "kind": "identity"}}
    return test | {"result": "valid", "expected": {"key_algorithm": "p256", "matches": True}}


def topk8(*options):
    return run("openssl", "pkcs8", "-topk8", "-in", str(KEY), "-passout", f"pass:{SECRET}", *options)


def keys_of_openssl():
    plain = topk8()
    return {"name": "OpenSSL", "version": version("openssl", "version")}, [
        key("openssl", "As OpenSSL 3 writes it.", plain),
        key("openssl-aes-128", "AES-128 and HMAC with SHA-384.",
            topk8("-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA384")),
        key("openssl-aes-192", "AES-192 and HMAC with SHA-224.",
            topk8("-v2", "aes-192-cbc", "-v2prf", "hmacWithSHA224")),
        key("openssl-triple-des", "Triple DES in PBES2.", topk8("-v2", "des3")),
        key("openssl-scrypt", "scrypt in place of PBKDF2.", topk8("-scrypt", "-scrypt_N", "1024")),
        key("openssl-pbes1", "PBES1 of PKCS#12 with triple DES.", topk8("-v1", "PBE-SHA1-3DES")),
        key("openssl-iterations", "100,000 rounds.", topk8("-iter", "100000")),
        key("openssl-wrong-passphrase", "The passphrase is another.", plain, "passphrase_incorrect", "x"),
    ]


def keys_of_gnutls():
    options = ["--to-p8", "--load-privkey", str(KEY), "--password", SECRET]
    found = [(cipher, run("certtool", *options, "--pkcs-cipher", cipher)) for cipher in ("aes-256", "3des")]
    return {"name": "GnuTLS certtool", "version": version("certtool", "--version")}, [
        key(f"gnutls-{cipher}", f"As GnuTLS's certtool writes it, with {cipher}.",
            text[text.index("-----BEGIN"):]) for cipher, text in found]


for make in (with_openssl, pyca, java, gnutls, nss):
    source, tests = make()
    replace("protocol/identity.json", source, tests)
for make in (keys_of_openssl, keys_of_gnutls):
    source, tests = make()
    replace("protocol/private_key.json", source, tests)
