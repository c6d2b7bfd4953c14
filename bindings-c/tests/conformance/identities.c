/* certificate, private_key, identity, signature */
#include "judge.h"

void judge_certificate(judgement *it) {
    rolesanywhere_identity *identity = NULL;
    rolesanywhere_error *error = NULL;
    const conformance_member *certificate = input(it, "certificate");
    rolesanywhere_result result = rolesanywhere_identity_from_pem(MEMBER_BYTES(certificate), NULL, 0, &identity, &error);
    if (!step(it, result, &error)) return;
    accepted(it);
    same_text(it, "serial_number", rolesanywhere_identity_serial_number(identity));
    same_text(it, "key_algorithm", rolesanywhere_identity_key_algorithm(identity));
    same_text(it, "algorithm", rolesanywhere_identity_algorithm(identity));
    same_text(it, "subject", rolesanywhere_identity_subject(identity));
    same_text(it, "issuer", rolesanywhere_identity_issuer(identity));
    same_number(it, "not_before", rolesanywhere_identity_not_before(identity));
    same_number(it, "not_after", rolesanywhere_identity_not_after(identity));
    rolesanywhere_identity_free(identity);
}

void judge_private_key(judgement *it) {
    rolesanywhere_private_key *key = NULL;
    rolesanywhere_identity *identity = NULL;
    rolesanywhere_error *error = NULL;
    const conformance_member *file = input(it, "private_key"), *passphrase = input(it, "passphrase");
    const conformance_member *certificate = input(it, "certificate");
    if (!step(it, rolesanywhere_private_key_from_pem(MEMBER_BYTES(file), MEMBER_BYTES(passphrase), &key, &error), &error))
        return;
    accepted(it);
    same_text(it, "key_algorithm", rolesanywhere_private_key_algorithm(key));
    if (certificate && step(it, rolesanywhere_identity_from_pem(MEMBER_BYTES(certificate), NULL, 0, &identity, &error), &error)) {
        const char *matches = rolesanywhere_private_key_matches(key, identity) ? "true" : "false";
        same(it, "matches", matches, strlen(matches));
    }
    rolesanywhere_identity_free(identity);
    rolesanywhere_private_key_free(key);
}

static bool load(judgement *it, rolesanywhere_identity **identity, rolesanywhere_private_key **key) {
    rolesanywhere_error *error = NULL;
    const conformance_member *certificate = input(it, "certificate"), *chain = input(it, "chain");
    const conformance_member *passphrase = input(it, "passphrase");
    rolesanywhere_bytes parts[16];
    size_t count = (size_t)input_number(it, "parts.length", 0);
    if (certificate) {
        rolesanywhere_result result = rolesanywhere_identity_from_pem(
            MEMBER_BYTES(certificate), MEMBER_BYTES(chain), identity, &error);
        return step(it, result, &error);
    }
    for (size_t i = 0; i < count && i < 16; i++) {
        const conformance_member *part = item(it->about->input, "parts.%d", (int)i);
        parts[i].data = (const uint8_t *)part->value;
        parts[i].length = part->length;
    }
    rolesanywhere_result result =
        rolesanywhere_load_identity(parts, count, MEMBER_BYTES(passphrase), identity, key, &error);
    return step(it, result, &error);
}

static bool same_findings(judgement *it, const rolesanywhere_identity *identity, const rolesanywhere_private_key *key) {
    rolesanywhere_error *error = NULL;
    rolesanywhere_findings *findings = NULL;
    long long now = input_number(it, "now", ROLESANYWHERE_NO_TIME);
    if (now == ROLESANYWHERE_NO_TIME) return true;
    if (!step(it, rolesanywhere_identity_check(identity, key, now, &error), &error)) return false;
    if (!step(it, rolesanywhere_identity_findings(identity, key, now, &findings, &error), &error)) return false;
    same_number(it, "findings.length", (long long)rolesanywhere_findings_count(findings));
    for (size_t i = 0; i < rolesanywhere_findings_count(findings); i++) {
        char name[32];
        snprintf(name, sizeof name, "findings.%zu", i);
        same_text(it, name, rolesanywhere_error_code_name(rolesanywhere_error_code(rolesanywhere_findings_error(findings, i))));
        if (it->outcome == FAILED) it->stage = "findings";
    }
    rolesanywhere_findings_free(findings);
    return true;
}

void judge_identity(judgement *it) {
    rolesanywhere_identity *identity = NULL;
    rolesanywhere_private_key *key = NULL;
    if (!load(it, &identity, &key)) return;
    if (same_findings(it, identity, key)) {
        accepted(it);
        same_digest(it, "certificate_sha256_hex", rolesanywhere_identity_certificate_der(identity));
        size_t count = rolesanywhere_identity_chain_count(identity);
        same_number(it, "chain_sha256_hex.length", (long long)count);
        for (size_t i = 0; i < count; i++) {
            char name[40];
            snprintf(name, sizeof name, "chain_sha256_hex.%zu", i);
            same_digest(it, name, rolesanywhere_identity_chain_der(identity, i));
            if (it->outcome == FAILED) it->stage = "chain_sha256_hex";
        }
        const char *has = key ? "true" : "false";
        same(it, "has_private_key", has, strlen(has));
    }
    rolesanywhere_private_key_free(key);
    rolesanywhere_identity_free(identity);
}

static uint32_t encoding(const judgement *it) {
    return strcmp(input_text(it, "encoding"), "raw") == 0 ? ROLESANYWHERE_SIGNATURE_ENCODING_RAW
                                                          : ROLESANYWHERE_SIGNATURE_ENCODING_DER;
}

static void judge_foreign_signature(judgement *it) {
    rolesanywhere_identity *identity = NULL;
    rolesanywhere_signature *encoded = NULL;
    rolesanywhere_error *error = NULL;
    const conformance_member *certificate = input(it, "certificate"), *message = input(it, "message");
    size_t length;
    uint8_t *signature = unhex(input_text(it, "signature_hex"), &length);
    if (step(it, rolesanywhere_identity_from_pem(MEMBER_BYTES(certificate), NULL, 0, &identity, &error), &error) &&
        step(it, rolesanywhere_identity_verify(identity, MEMBER_BYTES(message), signature, length, encoding(it), &encoded, &error), &error)) {
        accepted(it);
        same_hex(it, "signature_hex", rolesanywhere_signature_bytes(encoded));
    }
    rolesanywhere_signature_free(encoded);
    rolesanywhere_identity_free(identity);
    free(signature);
}

/* RSA signatures are these bytes; others are verified, the expected one and our own. */
static void same_signature(judgement *it, const rolesanywhere_private_key *key, rolesanywhere_bytes own) {
    const conformance_member *message = input(it, "message"), *hex = expected(it, "signature_hex");
    rolesanywhere_error *error = NULL;
    if (strcmp(rolesanywhere_private_key_algorithm(key).data, "rsa") == 0) {
        same_hex(it, "signature_hex", own);
        return;
    }
    size_t length;
    uint8_t *theirs = unhex(hex ? hex->value : "", &length);
    if (!step(it, rolesanywhere_private_key_verify(key, MEMBER_BYTES(message), own.data, own.length,
                                                   ROLESANYWHERE_SIGNATURE_ENCODING_DER, &error), &error) ||
        !step(it, rolesanywhere_private_key_verify(key, MEMBER_BYTES(message), theirs, length,
                                                   ROLESANYWHERE_SIGNATURE_ENCODING_DER, &error), &error))
        it->stage = "signature_hex";
    free(theirs);
}

void judge_signature(judgement *it) {
    rolesanywhere_private_key *key = NULL;
    rolesanywhere_signature *signature = NULL;
    rolesanywhere_error *error = NULL;
    const conformance_member *file = input(it, "private_key"), *message = input(it, "message");
    if (file == NULL) {
        judge_foreign_signature(it);
        return;
    }
    if (step(it, rolesanywhere_private_key_from_pem(MEMBER_BYTES(file), NULL, 0, &key, &error), &error) &&
        step(it, rolesanywhere_private_key_sign(key, MEMBER_BYTES(message), &signature, &error), &error)) {
        accepted(it);
        if (it->about->error == NULL) same_signature(it, key, rolesanywhere_signature_bytes(signature));
    }
    rolesanywhere_signature_free(signature);
    rolesanywhere_private_key_free(key);
}
