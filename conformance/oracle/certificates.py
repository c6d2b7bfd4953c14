"""Certificates: their facts, the leaf among them, the order of the chain, what is wrong."""

import re
import warnings

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes

import keys
from data import Refused, blocks, read

# Registered in RFC 4519, beyond those of RFC 4514 §3.
<<<<<<< HEAD
NAMES = {x509.NameOID.SERIAL_NUMBER: "serialNumber"}
=======
NAMES = {NameOID.SERIAL_NUMBER: "serialNumber"}
WEAK = ("md5", "sha1", "sha224")
# What becomes a session tag, and what its value may hold.
TAGGED = {
    *(NameOID.COMMON_NAME, NameOID.SURNAME, NameOID.SERIAL_NUMBER, NameOID.COUNTRY_NAME),
    *(NameOID.LOCALITY_NAME, NameOID.STATE_OR_PROVINCE_NAME, NameOID.STREET_ADDRESS),
    *(NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.TITLE),
    *(NameOID.GIVEN_NAME, NameOID.INITIALS, NameOID.GENERATION_QUALIFIER),
    *(NameOID.DN_QUALIFIER, NameOID.PSEUDONYM, NameOID.USER_ID, NameOID.DOMAIN_COMPONENT),
    NameOID.EMAIL_ADDRESS,
}
TAG_VALUE = re.compile("[A-Za-z0-9_.:/=+@ -]{0,256}")
>>>>>>> 143252e (Find out what becomes of chain, names and duration, verify the chain, and say what lies behind a refusal)
# Odd serial numbers are part of the cases.
warnings.filterwarnings("ignore")


def all_in(found):
    labels = ("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE")
    try:
        certificates = [x509.load_der_x509_certificate(content) for label, content in found if label in labels]
        for certificate in certificates:
            certificate.subject, certificate.extensions
        return certificates
    except ValueError:
        raise Refused("certificate_malformed") from None


def extension(certificate, kind):
    return next((one.value for one in certificate.extensions if isinstance(one.value, kind)), None)


def may_issue(certificate):
    constraints = extension(certificate, x509.BasicConstraints)
    return certificate.version == x509.Version.v1 or bool(constraints and constraints.ca)


def issued(issuer, subject):
    """Whether name and, where both have one, key identifier say so."""
    own, named = extension(issuer, x509.SubjectKeyIdentifier), extension(subject, x509.AuthorityKeyIdentifier)
    agrees = not (own and named and named.key_identifier) or own.digest == named.key_identifier
    return issuer.subject == subject.issuer and agrees


def leaf_of(certificates):
    """The only one that issued none of the others; its key must be one that can sign."""
    used = {one for one in certificates for it in certificates if one != it and may_issue(one) and issued(one, it)}
    leaves = list(dict.fromkeys(one for one in certificates if one not in used))
    if len(leaves) != 1:
        raise Refused("leaf_ambiguous" if certificates else "certificate_missing")
    try:
        keys.described(leaves[0].public_key())
    except (UnsupportedAlgorithm, ValueError):
        raise Refused("key_algorithm_unsupported") from None
    return leaves[0]


<<<<<<< HEAD
def leaf_in(data):
    return leaf_of(all_in(blocks(read(data))))


def ordered(leaf, given):
    """The chain, how much of it links to the leaf, and how many end-entity ones were left out."""
    wanted = [one for one in dict.fromkeys(given) if one != leaf and not issued(one, one)]
    left, chain, subjects = [one for one in wanted if may_issue(one)], [], [leaf]
    if len(left) > 5:
        raise Refused("chain_too_long")
    for subject in subjects:
        found = [one for one in left if one not in chain and issued(one, subject)]
        chain += found
        subjects += found
    return chain + [one for one in left if one not in chain], len(chain), len(wanted) - len(left)
=======
class Chain:
    """What is sent, how much of it links to the leaf, and what was left out of it."""

    def __init__(self, leaf, given):
        left = [one for one in distinct(given) if one != leaf]
        issuers = [one for one in left if may_issue(one)]
        self.roots = [one for one in issuers if self_signed(one)]
        self.others = sum(not may_issue(one) and not self_signed(one) for one in left)
        left = [one for one in issuers if not self_signed(one)]
        if len(left) > 5:
            raise Refused("chain_too_long")
        linked, rest = path_above(leaf, left)
        self.certificates, self.linked = linked + rest, linked
        self.in_order = [one for one in left if one in linked] == linked


def path_above(leaf, left):
    chain, wanted = [], [leaf]
    while wanted:
        subject = wanted.pop(0)
        issuers = [one for one in left if issued(one, subject)]
        left = [one for one in left if one not in issuers]
        chain += issuers
        wanted += issuers
    return chain, left


def self_signed(one):
    return one.subject == one.issuer and identifiers_agree(one, one)


def key_algorithm(certificate):
    try:
        return keys.algorithm_of(certificate.public_key())
    except (UnsupportedAlgorithm, ValueError):
        raise Refused("key_algorithm_unsupported") from None
>>>>>>> 143252e (Find out what becomes of chain, names and duration, verify the chain, and say what lies behind a refusal)


def certificate(case):
    leaf = leaf_in(case["certificate"])
    algorithm, _ = keys.described(leaf.public_key())
    return {
        "serial_number": str(leaf.serial_number),
        "key_algorithm": algorithm,
        "algorithm": keys.TOKENS[algorithm[0]],
        "subject": leaf.subject.rfc4514_string(NAMES),
        "issuer": leaf.issuer.rfc4514_string(NAMES),
        "not_before": int(leaf.not_valid_before_utc.timestamp()),
        "not_after": int(leaf.not_valid_after_utc.timestamp()),
    }


def identity(case):
<<<<<<< HEAD
    leaf, (chain, linked, others), has_key = gathered(case)
    sums = [one.fingerprint(hashes.SHA256()).hex() for one in (leaf, *chain)]
    answer = {"certificate_sha256_hex": sums[0], "chain_sha256_hex": sums[1:], "has_private_key": has_key}
=======
    leaf, chain, key = gathered(case)
    answer = {
        "certificate_sha256_hex": sha256_hex(der_of(leaf)),
        "chain_sha256_hex": [sha256_hex(der_of(one)) for one in chain.certificates],
        "has_private_key": key is not None,
    }
>>>>>>> 143252e (Find out what becomes of chain, names and duration, verify the chain, and say what lies behind a refusal)
    if "now" in case:
        answer["findings"] = findings(leaf, chain, case["now"])
    return answer


def gathered(case):
<<<<<<< HEAD
    """Leaf, chain, whether there is a key: from a file with the leaf and one with the chain, or any parts."""
    if "parts" in case:
        leaf, given, has_key = among([blocks(read(part)) for part in case["parts"]], case.get("passphrase"))
        return leaf, ordered(leaf, given), has_key
    given, chain = (all_in(blocks(read(case[name]))) if name in case else [] for name in ("certificate", "chain"))
    leaf = leaf_of(given)
    if "chain" in case and not chain:
        raise Refused("certificate_missing")
    return leaf, ordered(leaf, given + chain), False
=======
    if "certificate" in case:
        first = all_in(read(case["certificate"]))
        leaf, key = leaf_of(first), None
        key_algorithm(leaf)
        given = first + (all_in(read(case["chain"])) if "chain" in case else [])
    else:
        parts = [read(part) for part in case["parts"]]
        leaf, given, key = among(parts, case.get("passphrase"))
        key_algorithm(leaf)
    return leaf, Chain(leaf, given), key
>>>>>>> 143252e (Find out what becomes of chain, names and duration, verify the chain, and say what lies behind a refusal)


def among(parts, passphrase):
    """The leaf is the certificate of the only key that has one; without a key, the only leaf."""
    given, private = [all_in(part) for part in parts], [keys.private_blocks(part) for part in parts]
    is_barren = any(not one and not other for one, other in zip(given, private))
    given, private = sum(given, []), [block for blocks in private for block in blocks]
    if not given or (is_barren and private):
        raise Refused("certificate_missing")
    loaded = [keys.load_block(*block, passphrase).public_key() for block in private]
    owned = [one for one in given if one.public_key() in loaded]
    if loaded and not owned:
        raise Refused("private_key_ambiguous" if len(loaded) > 1 else "key_mismatch")
    return leaf_of(owned or given), given, bool(loaded)


def unmappable(leaf):
    """Whether a value that every profile maps at first is none that session tags take."""
    names = [leaf.subject, leaf.issuer]
    alternative = extension(leaf, x509.SubjectAlternativeName) or []
    for kind in (x509.DNSName, x509.UniformResourceIdentifier):
        first = [one.value for one in alternative if isinstance(one, kind)][:1]
        if any(not TAG_VALUE.fullmatch(value) for value in first):
            return True
    names += [one.value for one in alternative if isinstance(one, x509.DirectoryName)][:1]
    for name in names:
        for oid in {part.oid for part in name} & TAGGED:
            value = "/".join(part.value for part in name if part.oid == oid)
            if not TAG_VALUE.fullmatch(value):
                return True
    return False


def common_name_too_long(leaf):
    names = leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return bool(names) and len(names[0].value) > 64


def findings(leaf, chain, now):
    """Codes of what is no error, in the order in which they are told; an error ends it."""
<<<<<<< HEAD
    usage, constraints = extension(leaf, x509.KeyUsage), extension(leaf, x509.BasicConstraints)
    start, end = (it.timestamp() for it in (leaf.not_valid_before_utc, leaf.not_valid_after_utc))
    errors = {
        "certificate_is_ca": constraints and constraints.ca,
        "certificate_version": leaf.version != x509.Version.v3,
        "certificate_signature_weak": getattr(leaf.signature_hash_algorithm, "name", "") in ("md5", "sha1", "sha224"),
        "certificate_key_usage": usage and not usage.digital_signature,
        "certificate_subject_empty": not leaf.subject.rdns,
        "chain_unlinked": chain and not linked,
        "certificate_expired": now > end,
        "certificate_not_yet_valid": now < start,
    }
    for code in filter(errors.get, errors):
        raise Refused(code)
    algorithm, length = keys.described(leaf.public_key())
    found = {
        "certificate_key_usage": usage is None,
        "key_too_small": algorithm == "rsa" and length < 256,
        "certificate_serial_number": not 0 < leaf.serial_number < 2**159,
        "chain_unlinked": len(chain) - linked + others,
        "chain_signature_unchecked": linked > 0,
        "certificate_expiring": end - now < 86400,
    }
    return [code for code, count in found.items() for _ in range(count)]
=======
    usage = extension(leaf, x509.KeyUsage)
    start, end = (int(it.timestamp()) for it in (leaf.not_valid_before_utc, leaf.not_valid_after_utc))
    errors = [
        (is_ca(leaf), "certificate_is_ca"),
        (leaf.version != x509.Version.v3, "certificate_version"),
        (weak(leaf), "certificate_signature_weak"),
        (usage and not usage.digital_signature, "certificate_key_usage"),
        (not leaf.subject.rdns, "certificate_subject_empty"),
        (chain.certificates and not chain.linked, "chain_unlinked"),
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
    found += ["certificate_common_name_long"] * common_name_too_long(leaf)
    found += ["session_tags_unmappable"] * unmappable(leaf)
    found += ["certificate_too_large"] * (len(der_of(leaf)) > 16384)
    found += ["chain_unlinked"] * (len(chain.certificates) - len(chain.linked) + chain.others)
    found += ["certificate_signature_weak"] * sum(bool(weak(one)) for one in chain.certificates)
    path = [leaf, *chain.linked]
    complete = any(issued(root, one) for root in chain.roots for one in path)
    found += ["chain_incomplete"] * (bool(chain.roots) and not complete)
    found += ["chain_order"] * (not chain.in_order)
    found += ["chain_root_included"] * len(chain.roots)
    found += ["chain_signature_unchecked"] * bool(chain.linked)
    found += ["certificate_expiring"] * (end - now < 86400)
    for one in chain.certificates:
        found += ["certificate_expired"] * (now > one.not_valid_after_utc.timestamp())
        found += ["certificate_not_yet_valid"] * (now < one.not_valid_before_utc.timestamp())
    return found
>>>>>>> 143252e (Find out what becomes of chain, names and duration, verify the chain, and say what lies behind a refusal)
