"""Certificates: their facts, the leaf among them, the order of the chain, what is wrong."""

import re
import warnings

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization

import keys
from data import Refused, blocks, read

# Registered in RFC 4519, beyond those of RFC 4514 §3.
NAMES = {x509.NameOID.SERIAL_NUMBER: "serialNumber"}
# What a session tag's value may hold, and the arc of the attributes that do not become tags.
TAG, UNTAGGED = re.compile("[A-Za-z0-9_.:/=+@ -]{0,256}"), "1.3.6.1.4.1."
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


def leaf_in(data):
    return leaf_of(all_in(blocks(read(data))))


def ordered(leaf, given):
    """The chain, how much of it links to the leaf, how many leaves were left out, what else there is to say."""
    roots = [one for one in dict.fromkeys(given) if one != leaf and issued(one, one) and may_issue(one)]
    wanted = [one for one in dict.fromkeys(given) if one != leaf and not issued(one, one)]
    left, subjects = [one for one in wanted if may_issue(one)], [leaf]
    if len(left) > 5:
        raise Refused("chain_too_long")
    for subject in subjects:
        subjects += [one for one in left if one not in subjects and issued(one, subject)]
    chain = subjects[1:]
    gap = bool(roots) and not any(issued(root, one) for root in roots for one in subjects)
    shuffled = [one for one in left if one in chain] != chain
    notes = {"chain_incomplete": gap, "chain_order": shuffled, "chain_root_included": len(roots)}
    return chain + [one for one in left if one not in chain], len(chain), len(wanted) - len(left), notes


def certificate(case):
    leaf = leaf_in(case["certificate"])
    algorithm, _ = keys.described(leaf.public_key())
    names = {"subject": leaf.subject.rfc4514_string(NAMES), "issuer": leaf.issuer.rfc4514_string(NAMES)}
    start, end = (int(it.timestamp()) for it in (leaf.not_valid_before_utc, leaf.not_valid_after_utc))
    facts = {"key_algorithm": algorithm, "algorithm": keys.TOKENS[algorithm[0]], "not_before": start, "not_after": end}
    return {"serial_number": str(leaf.serial_number), **names, **facts}


def identity(case):
    leaf, (chain, *found), has_key = gathered(case)
    sums = [one.fingerprint(hashes.SHA256()).hex() for one in (leaf, *chain)]
    answer = {"certificate_sha256_hex": sums[0], "chain_sha256_hex": sums[1:], "has_private_key": has_key}
    if "now" in case:
        answer["findings"] = findings(leaf, chain, *found, case["now"])
    return answer


def gathered(case):
    """Leaf, chain, whether there is a key: from a file with the leaf and one with the chain, or any parts."""
    if "parts" in case:
        leaf, given, has_key = among([blocks(read(part)) for part in case["parts"]], case.get("passphrase"))
        return leaf, ordered(leaf, given), has_key
    given, chain = (all_in(blocks(read(case[name]))) if name in case else [] for name in ("certificate", "chain"))
    leaf = leaf_of(given)
    if "chain" in case and not chain:
        raise Refused("certificate_missing")
    return leaf, ordered(leaf, given + chain), False


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


def findings(leaf, chain, linked, others, notes, now):
    """Codes of what is no error, in the order in which they are told; an error ends it."""
    usage, constraints = extension(leaf, x509.KeyUsage), extension(leaf, x509.BasicConstraints)
    start, end = (it.timestamp() for it in (leaf.not_valid_before_utc, leaf.not_valid_after_utc))
    errors = {
        "certificate_is_ca": constraints and constraints.ca, "certificate_version": leaf.version != x509.Version.v3,
        "certificate_signature_weak": getattr(leaf.signature_hash_algorithm, "name", "") in ("md5", "sha1", "sha224"),
        "certificate_key_usage": usage and not usage.digital_signature,
        "certificate_subject_empty": not leaf.subject.rdns, "chain_unlinked": chain and not linked,
        "certificate_expired": now > end, "certificate_not_yet_valid": now < start,
    }
    for code in filter(errors.get, errors):
        raise Refused(code)
    algorithm, length = keys.described(leaf.public_key())
    parts = [part for part in (*leaf.subject, *leaf.issuer) if not part.oid.dotted_string.startswith(UNTAGGED)]
    common_names = leaf.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    found = {
        "certificate_key_usage": usage is None, "key_too_small": algorithm == "rsa" and length < 256,
        "certificate_serial_number": not 0 < leaf.serial_number < 2**159,
        "certificate_common_name_long": any(len(part.value) > 64 for part in common_names),
        "session_tags_unmappable": not all(TAG.fullmatch(part.value) for part in parts),
        "certificate_too_large": len(leaf.public_bytes(serialization.Encoding.DER)) > 16384,
        "chain_unlinked": len(chain) - linked + others, **notes,
        "chain_signature_unchecked": linked > 0, "certificate_expiring": end - now < 86400,
    }
    return [code for code, count in found.items() for _ in range(count)]
