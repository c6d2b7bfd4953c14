"""Private keys and signatures, by `cryptography`."""

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, mldsa, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

import certificates
from data import Refused, blocks, read

CURVES = {"secp256r1": ("p256", 32), "secp384r1": ("p384", 48), "secp521r1": ("p521", 66)}
ML_DSA = ((mldsa.MLDSA44PublicKey, 44, 2420), (mldsa.MLDSA65PublicKey, 65, 3309), (mldsa.MLDSA87PublicKey, 87, 4627))
TOKENS = {"r": "AWS4-X509-RSA-SHA256", "p": "AWS4-X509-ECDSA-SHA256", "m": "AWS4-X509-MLDSA"}
UNSUPPORTED = {"DSA PRIVATE KEY": "key_algorithm_unsupported", "TSS2 PRIVATE KEY": "feature_unavailable"}


def described(public_key):
    """The algorithm's name, and the length of a signature or of its two integers."""
    if isinstance(public_key, rsa.RSAPublicKey):
        if public_key.key_size < 1024:
            raise Refused("key_too_small")
        return "rsa", (public_key.key_size + 7) // 8
    if isinstance(public_key, ec.EllipticCurvePublicKey) and public_key.curve.name in CURVES:
        return CURVES[public_key.curve.name]
    for kind, level, length in ML_DSA:
        if isinstance(public_key, kind):
            return f"ml_dsa_{level}", length
    raise Refused("key_algorithm_unsupported")


def private_blocks(found):
    return {block for block in found if block[0].endswith("PRIVATE KEY") or block[0] == "PKCS12"}


def load(data, passphrase=None):
    """The only private key of a file."""
    found = blocks(data)
    private = private_blocks(found)
    if len(private) > 1:
        raise Refused("private_key_ambiguous")
    if not private:
        raise Refused("private_key_malformed" if [label for label, _ in found] == [""] else "private_key_missing")
    return load_block(*private.pop(), passphrase)


def load_block(label, content, passphrase=None):
    is_encrypted = label == "ENCRYPTED PRIVATE KEY"
    if is_encrypted and not passphrase:
        raise Refused("private_key_encrypted")
    if label in UNSUPPORTED:
        raise Refused(UNSUPPORTED[label])
    try:
        key = serialization.load_der_private_key(content, passphrase.encode() if is_encrypted else None)
    except UnsupportedAlgorithm:
        raise Refused("key_algorithm_unsupported") from None
    except (ValueError, TypeError):
        raise Refused("passphrase_incorrect" if is_encrypted else "private_key_malformed") from None
    described(key.public_key())
    return key


def private_key(case):
    public_key = load(read(case["private_key"]), case.get("passphrase")).public_key()
    answer = {"key_algorithm": described(public_key)[0]}
    if "certificate" in case:
        answer["matches"] = certificates.leaf_in(case["certificate"]).public_key() == public_key
    return answer


def verify(public_key, message, signature):
    scheme = {"r": (padding.PKCS1v15(), hashes.SHA256()), "p": (ec.ECDSA(hashes.SHA256()),), "m": ()}
    try:
        public_key.verify(signature, message, *scheme[described(public_key)[0][0]])
    except InvalidSignature:
        raise Refused("signature_invalid") from None


def sign(key, message, expected):
    """Our signature, or the expected one where ours is random and both hold. ECDSA follows RFC 6979."""
    if isinstance(key, rsa.RSAPrivateKey):
        ours, is_same = key.sign(message, padding.PKCS1v15(), hashes.SHA256()), True
    elif isinstance(key, ec.EllipticCurvePrivateKey):
        ours, is_same = key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)), True
    else:
        ours, is_same = key.sign(message), False
    if not expected or (expected["reproducible"] and is_same):
        return {"signature_hex": ours.hex(), "reproducible": is_same}
    for one in (ours, bytes.fromhex(expected["signature_hex"])):
        verify(key.public_key(), message, one)
    return {name: expected[name] for name in ("signature_hex", "reproducible")}


def external(public_key, case, expected):
    """Somebody else's signature as it goes into the header, once its form is right."""
    given, (algorithm, length) = bytes.fromhex(case["signature_hex"]), described(public_key)
    if algorithm in ("p256", "p384", "p521"):
        is_raw = case.get("encoding") == "raw"
        try:
            halves = (int.from_bytes(given[:length]), int.from_bytes(given[length:]))
            r, s = halves if is_raw else decode_dss_signature(given)
        except ValueError:
            raise Refused("signature_malformed") from None
        is_wrong = min(r, s) <= 0 or max(r, s) >= 256 ** length or (is_raw and len(given) != 2 * length)
    else:
        is_wrong = len(given) != length
    if is_wrong:
        raise Refused("signature_malformed")
    form = encode_dss_signature(r, s) if algorithm.startswith("p") else given
    return {"signature_hex": form.hex(), "reproducible": bool(expected) and expected["reproducible"]}


def signature(case, expected):
    message = read(case["message"])
    if "private_key" in case:
        return sign(load(read(case["private_key"])), message, expected)
    public_key = certificates.leaf_in(case["certificate"]).public_key()
    answer = external(public_key, case, expected)
    verify(public_key, message, bytes.fromhex(answer["signature_hex"]))
    return answer
