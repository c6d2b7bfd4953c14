"""Certificates: their facts, the leaf among them, the order of the chain, what is wrong."""

import warnings

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from cryptography.x509.oid import NameOID

import keys
from data import blocks, read, sha256_hex
from refused import Refused

# Registered in RFC 4519, beyond those of RFC 4514 §3.
NAMES = {NameOID.SERIAL_NUMBER: "serialNumber"}
WEAK = ("md5", "sha1", "sha224")
# Odd serial numbers are part of the cases.
warnings.filterwarnings("ignore")


def all_in(data):
    found = [
        parse(content)
        for label, content, _ in blocks(data)
        if label in ("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE")
    ]
    if not found:
        raise Refused("certificate_missing")
    return found


def parse(der):
    try:
        certificate = x509.load_der_x509_certificate(der)
        certificate.subject, certificate.extensions
        return certificate
    except ValueError:
        raise Refused("certificate_malformed") from None


def der_of(certificate):
    return certificate.public_bytes(Encoding.DER)


def extension(certificate, kind):
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def is_ca(certificate):
    constraints = extension(certificate, x509.BasicConstraints)
    return bool(constraints and constraints.ca)


def may_issue(certificate):
    return is_ca(certificate) or certificate.version == x509.Version.v1


def identifiers_agree(issuer, subject):
    own = extension(issuer, x509.SubjectKeyIdentifier)
    named = extension(subject, x509.AuthorityKeyIdentifier)
    return not (own and named and named.key_identifier) or own.digest == named.key_identifier


def issued(issuer, subject):
    same_name = issuer.subject == subject.issuer
    return same_name and identifiers_agree(issuer, subject) and may_issue(issuer)


def distinct(certificates):
    return list({der_of(certificate): certificate for certificate in certificates}.values())


def leaf_of(certificates):
    certificates = distinct(certificates)
    leaves = [
        one
        for one in certificates
        if not any(other != one and issued(one, other) for other in certificates)
    ]
    if len(leaves) != 1:
        raise Refused("leaf_ambiguous")
    return leaves[0]


def ordered(leaf, given):
    """The chain, how much of it links to the leaf, and how many end-entity ones were left out."""
    left = [one for one in distinct(given) if one != leaf and not self_signed(one)]
    chain, others = [], sum(not may_issue(one) for one in left)
    left = [one for one in left if may_issue(one)]
    if len(left) > 5:
        raise Refused("chain_too_long")
    wanted = [leaf]
    while wanted:
        subject = wanted.pop(0)
        issuers = [one for one in left if issued(one, subject)]
        left = [one for one in left if one not in issuers]
        chain += issuers
        wanted += issuers
    return chain + left, len(chain), others


def self_signed(one):
    return one.subject == one.issuer and identifiers_agree(one, one)


def key_algorithm(certificate):
    try:
        return keys.algorithm_of(certificate.public_key())
    except (UnsupportedAlgorithm, ValueError):
        raise Refused("key_algorithm_unsupported") from None


def certificate(case):
    leaf = leaf_of(all_in(read(case["certificate"])))
    algorithm = key_algorithm(leaf)
    return {
        "serial_number": str(leaf.serial_number),
        "key_algorithm": algorithm,
        "algorithm": keys.token_of(algorithm),
        "subject": leaf.subject.rfc4514_string(NAMES),
        "issuer": leaf.issuer.rfc4514_string(NAMES),
        "not_before": int(leaf.not_valid_before_utc.timestamp()),
        "not_after": int(leaf.not_valid_after_utc.timestamp()),
    }


def identity(case):
    leaf, chain, linked, others, key = gathered(case)
    answer = {
        "certificate_sha256_hex": sha256_hex(der_of(leaf)),
        "chain_sha256_hex": [sha256_hex(der_of(one)) for one in chain],
        "has_private_key": key is not None,
    }
    if "now" in case:
        answer["findings"] = findings(leaf, chain, linked, others, case["now"])
    return answer


def gathered(case):
    if "certificate" in case:
        first = all_in(read(case["certificate"]))
        leaf, key = leaf_of(first), None
        key_algorithm(leaf)
        given = first + (all_in(read(case["chain"])) if "chain" in case else [])
    else:
        parts = [read(part) for part in case["parts"]]
        leaf, given, key = among(parts, case.get("passphrase"))
        key_algorithm(leaf)
    return leaf, *ordered(leaf, given), key


def among(parts, passphrase):
    """The leaf is the certificate of the only key that has one; without a key, the only leaf."""
    given, secrets, barren = [], {}, False
    for part in parts:
        found = blocks(part)
        certificates = [parse(content) for label, content, _ in found if label == "CERTIFICATE"]
        private = [block for block in found if keys.is_private_key(block[0])]
        given += certificates
        secrets.update({block[1]: block for block in private})
        barren |= not certificates and not private
    if not given or (barren and secrets):
        raise Refused("certificate_missing")
    if not secrets:
        return leaf_of(given), given, None
    loaded = {keys.spki(key.public_key()): key for key in (keys.load_block(*it, passphrase) for it in secrets.values())}
    owned = [(key, [one for one in given if spki_of(one) == spki]) for spki, key in loaded.items()]
    owned = [(key, owners) for key, owners in owned if owners]
    if len(owned) != 1:
        if len(loaded) > 1:
            raise Refused("private_key_ambiguous")
        if len(distinct(given)) == 1:
            key_algorithm(given[0])
        raise Refused("key_mismatch")
    ((key, owners),) = owned
    return leaf_of(owners), given, key


def spki_of(certificate):
    try:
        return keys.spki(certificate.public_key())
    except (UnsupportedAlgorithm, ValueError):
        return None


def weak(certificate):
    try:
        return certificate.signature_hash_algorithm and certificate.signature_hash_algorithm.name in WEAK
    except UnsupportedAlgorithm:
        return False


def findings(leaf, chain, linked, others, now):
    """Codes of what is no error, in the order in which they are told; an error ends it."""
    usage = extension(leaf, x509.KeyUsage)
    start, end = (int(it.timestamp()) for it in (leaf.not_valid_before_utc, leaf.not_valid_after_utc))
    errors = [
        (is_ca(leaf), "certificate_is_ca"),
        (leaf.version != x509.Version.v3, "certificate_version"),
        (weak(leaf), "certificate_signature_weak"),
        (usage and not usage.digital_signature, "certificate_key_usage"),
        (not leaf.subject.rdns, "certificate_subject_empty"),
        (chain and not linked, "chain_unlinked"),
        (now > end, "certificate_expired"),
        (now < start, "certificate_not_yet_valid"),
    ]
    for is_wrong, code in errors:
        if is_wrong:
            raise Refused(code)
    serial = leaf.serial_number
    small = keys.algorithm_of(leaf.public_key()) == "rsa" and leaf.public_key().key_size < 2048
    odd = serial <= 0 or serial >= 2**159
    found = ["certificate_key_usage"] * (usage is None) + ["key_too_small"] * small
    found += ["certificate_serial_number"] * odd
    found += ["chain_unlinked"] * (len(chain) - linked + others)
    found += ["certificate_signature_weak"] * sum(bool(weak(one)) for one in chain)
    found += ["chain_signature_unchecked"] * bool(linked)
    found += ["certificate_expiring"] * (end - now < 86400)
    for one in chain:
        found += ["certificate_expired"] * (now > one.not_valid_after_utc.timestamp())
        found += ["certificate_not_yet_valid"] * (now < one.not_valid_before_utc.timestamp())
    return found
