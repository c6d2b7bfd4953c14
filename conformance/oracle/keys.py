"""Private keys and signatures, by `cryptography`."""

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, mldsa, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

import certificates
from data import blocks, read
from refused import Refused

CURVES = {"secp256r1": ("p256", 32), "secp384r1": ("p384", 48), "secp521r1": ("p521", 66)}
ML_DSA = {
    mldsa.MLDSA44PublicKey: ("ml_dsa_44", 2420),
    mldsa.MLDSA65PublicKey: ("ml_dsa_65", 3309),
    mldsa.MLDSA87PublicKey: ("ml_dsa_87", 4627),
}
PKCS1 = padding.PKCS1v15(), hashes.SHA256()


def algorithm_of(public_key):
    if isinstance(public_key, rsa.RSAPublicKey):
        if public_key.key_size < 1024:
            raise Refused("key_too_small")
        return "rsa"
    if isinstance(public_key, ec.EllipticCurvePublicKey) and public_key.curve.name in CURVES:
        return CURVES[public_key.curve.name][0]
    for kind, (name, _) in ML_DSA.items():
        if isinstance(public_key, kind):
            return name
    raise Refused("key_algorithm_unsupported")


def token_of(algorithm):
    if algorithm == "rsa":
        return "AWS4-X509-RSA-SHA256"
    return "AWS4-X509-MLDSA" if algorithm.startswith("ml_dsa") else "AWS4-X509-ECDSA-SHA256"


def is_private_key(label):
    return label.endswith("PRIVATE KEY") or label == "PKCS12"


def load(data, passphrase=None):
    """The only private key of a file."""
    found = {(label, content, secret) for label, content, secret in blocks(data) if is_private_key(label)}
    if len(found) > 1:
        raise Refused("private_key_ambiguous")
    if not found:
        bare = [label for label, _, _ in blocks(data)] == [""]
        raise Refused("private_key_malformed" if bare else "private_key_missing")
    return load_block(*found.pop(), passphrase)


def load_block(label, content, encrypted, passphrase=None):
    if encrypted:
        raise Refused("key_encryption_unsupported")
    secret = passphrase.encode() if label == "ENCRYPTED PRIVATE KEY" and passphrase else None
    if label == "ENCRYPTED PRIVATE KEY" and secret is None:
        raise Refused("private_key_encrypted")
    if label == "DSA PRIVATE KEY":
        raise Refused("key_algorithm_unsupported")
    if label in ("PKCS12", "TSS2 PRIVATE KEY"):
        raise Refused("feature_unavailable")
    try:
        key = serialization.load_der_private_key(content, secret)
    except UnsupportedAlgorithm:
        raise Refused("key_algorithm_unsupported") from None
    except (ValueError, TypeError):
        raise Refused("passphrase_incorrect" if secret else "private_key_malformed") from None
    algorithm_of(key.public_key())
    return key


def private_key(case):
    key = load(read(case["private_key"]), case.get("passphrase"))
    answer = {"key_algorithm": algorithm_of(key.public_key())}
    if "certificate" in case:
        leaf = certificates.leaf_of(certificates.all_in(read(case["certificate"])))
        answer["matches"] = spki(leaf.public_key()) == spki(key.public_key())
    return answer


def spki(public_key):
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return public_key.public_bytes(serialization.Encoding.DER, form)


def sign(key, message):
    """The signature, and whether it is the same each time. ECDSA follows RFC 6979."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(message, *PKCS1), True
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)), True
    return key.sign(message), False


def verify(public_key, message, signature):
    try:
        if isinstance(public_key, rsa.RSAPublicKey):
            public_key.verify(signature, message, *PKCS1)
        elif isinstance(public_key, ec.EllipticCurvePublicKey):
            public_key.verify(signature, message, ec.ECDSA(hashes.SHA256()))
        else:
            public_key.verify(signature, message)
    except InvalidSignature:
        raise Refused("signature_invalid") from None


def agreed(key, message, expected):
    """Our signature, or the expected one where ours is random and both hold."""
    ours, same = sign(key, message)
    if not expected or (expected["reproducible"] and same):
        return {"signature_hex": ours.hex(), "reproducible": same}
    for one in (ours, bytes.fromhex(expected["signature_hex"])):
        verify(key.public_key(), message, one)
    return {name: expected[name] for name in ("signature_hex", "reproducible")}


def normal(public_key, given, encoding):
    """A signature as it goes into the header, once its form is right."""
    if isinstance(public_key, ec.EllipticCurvePublicKey):
        return normal_ecdsa(given, encoding, CURVES[public_key.curve.name][1])
    if isinstance(public_key, rsa.RSAPublicKey):
        length = (public_key.key_size + 7) // 8
    else:
        length = next(size for kind, (_, size) in ML_DSA.items() if isinstance(public_key, kind))
    if len(given) != length:
        raise Refused("signature_malformed")
    return given


def normal_ecdsa(given, encoding, length):
    if encoding == "raw":
        if len(given) != 2 * length:
            raise Refused("signature_malformed")
        r, s = int.from_bytes(given[:length]), int.from_bytes(given[length:])
    else:
        try:
            r, s = decode_dss_signature(given)
        except ValueError:
            raise Refused("signature_malformed") from None
    if min(r, s) <= 0 or max(r, s) >= 256**length:
        raise Refused("signature_malformed")
    return encode_dss_signature(r, s)


def signature(case, expected):
    message = read(case["message"])
    if "private_key" in case:
        return agreed(load(read(case["private_key"])), message, expected)
    leaf = certificates.leaf_of(certificates.all_in(read(case["certificate"])))
    given = bytes.fromhex(case["signature_hex"])
    form = normal(leaf.public_key(), given, case.get("encoding", "der"))
    verify(leaf.public_key(), message, form)
    return {"signature_hex": form.hex(), "reproducible": bool(expected) and expected["reproducible"]}
