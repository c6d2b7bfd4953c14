/* arn, endpoint, pem, canonical_request, string_to_sign */
#include "judge.h"

void judge_arn(judgement *it) {
    rolesanywhere_arn *arn = NULL;
    rolesanywhere_error *error = NULL;
    const conformance_member *text = input(it, "arn");
    const char *name = input_text(it, "kind");
    uint32_t kind = strcmp(name, "trust_anchor") == 0 ? ROLESANYWHERE_ARN_TRUST_ANCHOR
                  : strcmp(name, "profile") == 0      ? ROLESANYWHERE_ARN_PROFILE
                                                      : ROLESANYWHERE_ARN_ROLE;
    if (!step(it, rolesanywhere_arn_parse(kind, MEMBER_TEXT(text), &arn, &error), &error)) return;
    accepted(it);
    same_text(it, "partition", rolesanywhere_arn_partition(arn));
    same_text(it, "region", rolesanywhere_arn_region(arn));
    same_text(it, "account_id", rolesanywhere_arn_account_id(arn));
    same_text(it, "role_name", rolesanywhere_arn_role_name(arn));
    rolesanywhere_arn_free(arn);
}

void judge_endpoint(judgement *it) {
    rolesanywhere_string *url = NULL;
    rolesanywhere_error *error = NULL;
    const conformance_member *endpoint = input(it, "endpoint");
    const conformance_member *partition = input(it, "partition"), *region = input(it, "region");
    rolesanywhere_result result = endpoint
        ? rolesanywhere_endpoint_parse(MEMBER_TEXT(endpoint), input_flag(it, "allow_http"), &url, &error)
        : rolesanywhere_endpoint_for_region(MEMBER_TEXT(partition), MEMBER_TEXT(region), input_flag(it, "use_fips_endpoint"),
                                            input_flag(it, "use_dualstack_endpoint"), &url, &error);
    if (!step(it, result, &error)) return;
    accepted(it);
    same_text(it, "url", rolesanywhere_string_text(url));
    rolesanywhere_string_free(url);
}

void judge_pem(judgement *it) {
    rolesanywhere_pem *pem = NULL;
    rolesanywhere_error *error = NULL;
    const conformance_member *data = input(it, "data");
    if (!step(it, rolesanywhere_pem_parse(MEMBER_BYTES(data), &pem, &error), &error)) return;
    accepted(it);
    same_number(it, "blocks.length", (long long)rolesanywhere_pem_count(pem));
    for (size_t i = 0; i < rolesanywhere_pem_count(pem); i++) {
        char name[60];
        snprintf(name, sizeof name, "blocks.%zu.label", i);
        same_text(it, name, rolesanywhere_pem_label(pem, i));
        snprintf(name, sizeof name, "blocks.%zu.content_sha256_hex", i);
        same_digest(it, name, rolesanywhere_pem_content(pem, i));
        if (it->outcome == FAILED) it->stage = "blocks";
    }
    rolesanywhere_pem_free(pem);
}

void judge_canonical_request(judgement *it) {
    rolesanywhere_canonical_request *canonical = NULL;
    rolesanywhere_error *error = NULL;
    const conformance_member *method = input(it, "method"), *path = input(it, "path");
    const conformance_member *query = input(it, "query"), *body = input(it, "body");
    size_t count;
    rolesanywhere_name_value *headers = pairs(it, "headers", &count);
    rolesanywhere_result result = rolesanywhere_canonical_request_new(
        MEMBER_TEXT(method), MEMBER_TEXT(path), MEMBER_TEXT(query), headers, count, MEMBER_BYTES(body),
        input_flag(it, "normalize"), (uint32_t)input_number(it, "path_encodings", 0), &canonical, &error);
    free(headers);
    if (!step(it, result, &error)) return;
    accepted(it);
    same_text(it, "canonical_request", rolesanywhere_canonical_request_text(canonical));
    same_text(it, "signed_headers", rolesanywhere_canonical_request_signed_headers(canonical));
    rolesanywhere_canonical_request_free(canonical);
}

void judge_string_to_sign(judgement *it) {
    rolesanywhere_string *text = NULL, *scope = NULL;
    rolesanywhere_error *error = NULL;
    const conformance_member *algorithm = input(it, "algorithm"), *region = input(it, "region");
    const conformance_member *service = input(it, "service"), *canonical = input(it, "canonical_request");
    long long now = input_number(it, "now", 0);
    if (step(it, rolesanywhere_string_to_sign(MEMBER_TEXT(algorithm), now, MEMBER_TEXT(region), MEMBER_TEXT(service),
                                              MEMBER_TEXT(canonical), &text, &error), &error) &&
        step(it, rolesanywhere_credential_scope(now, MEMBER_TEXT(region), MEMBER_TEXT(service), &scope, &error), &error)) {
        accepted(it);
        same_text(it, "credential_scope", rolesanywhere_string_text(scope));
        same_text(it, "string_to_sign", rolesanywhere_string_text(text));
    }
    rolesanywhere_string_free(scope);
    rolesanywhere_string_free(text);
}
