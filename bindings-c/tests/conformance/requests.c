/* authorization, create_session, session_response */
#include "judge.h"

static uint32_t encoding(const judgement *it) {
    return strcmp(input_text(it, "encoding"), "raw") == 0 ? ROLESANYWHERE_SIGNATURE_ENCODING_RAW
                                                          : ROLESANYWHERE_SIGNATURE_ENCODING_DER;
}

static rolesanywhere_text authorization(const rolesanywhere_http_request *request) {
    rolesanywhere_text none = { NULL, 0 };
    for (size_t i = 0; i < rolesanywhere_http_request_header_count(request); i++)
        if (strcmp(rolesanywhere_http_request_header_name(request, i).data, "Authorization") == 0)
            return rolesanywhere_http_request_header_value(request, i);
    return none;
}

/* A signature that is not the same bytes each time is verified, and the expected one goes on. */
static uint8_t *signature(judgement *it, const rolesanywhere_pending_signature *pending,
                          const rolesanywhere_private_key *key, size_t *length) {
    rolesanywhere_error *error = NULL;
    rolesanywhere_signature *own = NULL;
    const conformance_member *hex = expected(it, "signature_hex");
    if (key == NULL) return unhex(input_text(it, "signature_hex"), length);
    rolesanywhere_bytes message = rolesanywhere_pending_signature_string_to_sign(pending);
    uint8_t *theirs = unhex(hex ? hex->value : "", length);
    if (step(it, rolesanywhere_private_key_sign(key, message.data, message.length, &own, &error), &error)) {
        rolesanywhere_bytes bytes = rolesanywhere_signature_bytes(own);
        if (strcmp(rolesanywhere_private_key_algorithm(key).data, "rsa") == 0) {
            same_hex(it, "signature_hex", bytes);
        } else if (!step(it, rolesanywhere_pending_signature_verify(pending, bytes.data, bytes.length,
                                 ROLESANYWHERE_SIGNATURE_ENCODING_DER, &error), &error) ||
                   !step(it, rolesanywhere_pending_signature_verify(pending, theirs, *length,
                                 ROLESANYWHERE_SIGNATURE_ENCODING_DER, &error), &error)) {
            it->stage = "signature_hex";
        }
    }
    rolesanywhere_signature_free(own);
    return theirs;
}

/* The four stages. */
static void same_stages(judgement *it, const rolesanywhere_pending_signature *pending, const rolesanywhere_private_key *key) {
    rolesanywhere_error *error = NULL;
    rolesanywhere_http_request *request = NULL;
    rolesanywhere_bytes string_to_sign = rolesanywhere_pending_signature_string_to_sign(pending);
    same_text(it, "canonical_request", rolesanywhere_pending_signature_canonical_request(pending));
    same_text(it, "signed_headers", rolesanywhere_pending_signature_signed_headers(pending));
    same(it, "string_to_sign", (const char *)string_to_sign.data, string_to_sign.length);
    size_t length;
    uint8_t *bytes = signature(it, pending, key, &length);
    if (it->outcome == PASSED && it->code[0] == 0 &&
        step(it, rolesanywhere_pending_signature_finish(pending, bytes, length, encoding(it), &request, &error), &error)) {
        accepted(it);
        rolesanywhere_text value = authorization(request);
        const char *hex = value.data ? strrchr(value.data, '=') : NULL;
        if (hex) same(it, "signature_hex", hex + 1, strlen(hex + 1));
        same_text(it, "authorization", value);
    }
    rolesanywhere_http_request_free(request);
    free(bytes);
}

static bool read_identity(judgement *it, rolesanywhere_identity **identity, rolesanywhere_private_key **key) {
    rolesanywhere_error *error = NULL;
    const conformance_member *certificate = input(it, "certificate"), *chain = input(it, "chain");
    const conformance_member *file = input(it, "private_key");
    if (!step(it, rolesanywhere_identity_from_pem(MEMBER_BYTES(certificate), MEMBER_BYTES(chain), identity, &error), &error))
        return false;
    return !file || step(it, rolesanywhere_private_key_from_pem(MEMBER_BYTES(file), NULL, 0, key, &error), &error);
}

static bool add_headers(judgement *it, rolesanywhere_signable_request *request) {
    rolesanywhere_error *error = NULL;
    long long count = input_number(it, "headers.length", 0);
    for (int i = 0; i < count; i++) {
        const conformance_member *name = item(it->about->input, "headers.%d.0", i);
        const conformance_member *value = item(it->about->input, "headers.%d.1", i);
        rolesanywhere_result result =
            rolesanywhere_signable_request_add_header(request, MEMBER_TEXT(name), MEMBER_TEXT(value), &error);
        if (!step(it, result, &error)) return false;
    }
    return true;
}

void judge_authorization(judgement *it) {
    rolesanywhere_identity *identity = NULL;
    rolesanywhere_private_key *key = NULL;
    rolesanywhere_signable_request *request = NULL;
    rolesanywhere_pending_signature *pending = NULL;
    rolesanywhere_http_request *signed_request = NULL;
    rolesanywhere_error *error = NULL;
    const conformance_member *method = input(it, "method"), *url = input(it, "url"), *body = input(it, "body");
    const conformance_member *region = input(it, "region"), *service = input(it, "service");
    long long now = input_number(it, "now", 0);
    if (read_identity(it, &identity, &key) &&
        step(it, rolesanywhere_signable_request_new(MEMBER_TEXT(method), MEMBER_TEXT(url), MEMBER_TEXT(region),
                                                    MEMBER_TEXT(service), &request, &error), &error) &&
        add_headers(it, request) &&
        step(it, rolesanywhere_signable_request_set_body(request, MEMBER_BYTES(body), &error), &error) &&
        step(it, rolesanywhere_signable_request_prepare(request, identity, now, &pending, &error), &error) &&
        (!key || step(it, rolesanywhere_signable_request_sign(request, identity, key, now, &signed_request, &error), &error)))
        same_stages(it, pending, key);
    rolesanywhere_http_request_free(signed_request);
    rolesanywhere_pending_signature_free(pending);
    rolesanywhere_signable_request_free(request);
    rolesanywhere_private_key_free(key);
    rolesanywhere_identity_free(identity);
}

static const struct { uint32_t option; const char *name; } session_options[] = {
    { ROLESANYWHERE_OPTION_TRUST_ANCHOR_ARN, "trust_anchor_arn" },
    { ROLESANYWHERE_OPTION_PROFILE_ARN, "profile_arn" },
    { ROLESANYWHERE_OPTION_ROLE_ARN, "role_arn" },
    { ROLESANYWHERE_OPTION_REGION, "region" },
    { ROLESANYWHERE_OPTION_ENDPOINT, "endpoint" },
    { ROLESANYWHERE_OPTION_ALLOW_HTTP, "allow_http" },
    { ROLESANYWHERE_OPTION_DURATION_SECONDS, "duration_seconds" },
    { ROLESANYWHERE_OPTION_ROLE_SESSION_NAME, "role_session_name" },
    { ROLESANYWHERE_OPTION_USE_FIPS_ENDPOINT, "use_fips_endpoint" },
    { ROLESANYWHERE_OPTION_USE_DUALSTACK_ENDPOINT, "use_dualstack_endpoint" },
};

static bool session(judgement *it, rolesanywhere_create_session **create) {
    rolesanywhere_config *config = NULL;
    rolesanywhere_error *error = NULL;
    rolesanywhere_config_new(&config, NULL);
    for (size_t i = 0; i < sizeof session_options / sizeof *session_options; i++) {
        const conformance_member *value = input(it, session_options[i].name);
        rolesanywhere_config_set_text(config, session_options[i].option, MEMBER_TEXT(value), NULL);
    }
    for (const conformance_member *member = it->about->input; member->name; member++) {
        char property[1000];
        static const char prefix[] = "instance_properties.";
        if (strncmp(member->name, prefix, sizeof prefix - 1) != 0) continue;
        snprintf(property, sizeof property, "%s=%s", member->name + sizeof prefix - 1, member->value);
        rolesanywhere_config_set_text(config, ROLESANYWHERE_OPTION_INSTANCE_PROPERTIES, property, strlen(property), NULL);
    }
    bool made = step(it, rolesanywhere_create_session_new(config, create, &error), &error);
    rolesanywhere_config_free(config);
    return made;
}

/* Any identity will do to see the body: it does not depend on it. */
static const conformance_member *any_certificate(void) {
    for (size_t i = 0; i < conformance_case_count; i++)
        if (strcmp(conformance_cases[i].operation, "certificate") == 0 && !conformance_cases[i].error)
            return conformance_find(conformance_cases[i].input, "certificate");
    return NULL;
}

void judge_create_session(judgement *it) {
    rolesanywhere_create_session *create = NULL;
    rolesanywhere_identity *identity = NULL;
    rolesanywhere_private_key *key = NULL;
    rolesanywhere_pending_signature *pending = NULL;
    rolesanywhere_http_request *request = NULL;
    rolesanywhere_error *error = NULL;
    long long now = input_number(it, "now", 0);
    const conformance_member *any = any_certificate();
    bool is_signed = input(it, "private_key") != NULL;
    if (session(it, &create) &&
        (is_signed ? read_identity(it, &identity, &key)
                   : step(it, rolesanywhere_identity_from_pem(MEMBER_BYTES(any), NULL, 0, &identity, &error), &error)) &&
        step(it, rolesanywhere_create_session_prepare(create, identity, now, &pending, &error), &error)) {
        rolesanywhere_bytes body =
            rolesanywhere_http_request_body(rolesanywhere_pending_signature_unsigned_request(pending));
        same_text(it, "url", rolesanywhere_create_session_url(create));
        same(it, "body", (const char *)body.data, body.length);
        if (!is_signed) accepted(it);
        else if (step(it, rolesanywhere_create_session_sign(create, identity, key, now, &request, &error), &error))
            same_stages(it, pending, key);
    }
    rolesanywhere_http_request_free(request);
    rolesanywhere_pending_signature_free(pending);
    rolesanywhere_private_key_free(key);
    rolesanywhere_identity_free(identity);
    rolesanywhere_create_session_free(create);
}

/* The reply does not depend on trust anchor and profile. */
static bool fixed_session(judgement *it, rolesanywhere_create_session **create) {
    static const char anchor[] = "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a";
    static const char profile[] = "arn:aws:rolesanywhere:us-east-1:111122223333:profile/b";
    const conformance_member *role = input(it, "role_arn");
    rolesanywhere_config *config = NULL;
    rolesanywhere_error *error = NULL;
    rolesanywhere_config_new(&config, NULL);
    rolesanywhere_config_set_text(config, ROLESANYWHERE_OPTION_TRUST_ANCHOR_ARN, anchor, strlen(anchor), NULL);
    rolesanywhere_config_set_text(config, ROLESANYWHERE_OPTION_PROFILE_ARN, profile, strlen(profile), NULL);
    rolesanywhere_config_set_text(config, ROLESANYWHERE_OPTION_ROLE_ARN, MEMBER_TEXT(role), NULL);
    bool made = step(it, rolesanywhere_create_session_new(config, create, &error), &error);
    rolesanywhere_config_free(config);
    return made;
}

static bool fill_response(judgement *it, rolesanywhere_http_response *response) {
    rolesanywhere_error *error = NULL;
    const conformance_member *body = input(it, "body");
    uint32_t status = (uint32_t)input_number(it, "status", 0);
    long long count = input_number(it, "headers.length", 0);
    for (int i = 0; i < count; i++) {
        const conformance_member *name = item(it->about->input, "headers.%d.0", i);
        const conformance_member *value = item(it->about->input, "headers.%d.1", i);
        rolesanywhere_http_response_add_header(response, MEMBER_TEXT(name), MEMBER_TEXT(value), NULL);
    }
    return step(it, rolesanywhere_http_response_set_status(response, status, &error), &error) &&
           step(it, rolesanywhere_http_response_append_body(response, MEMBER_BYTES(body), &error), &error);
}

void judge_session_response(judgement *it) {
    rolesanywhere_create_session *create = NULL;
    rolesanywhere_http_response *response = NULL;
    rolesanywhere_credentials *credentials = NULL;
    rolesanywhere_error *error = NULL;
    long long now = input_number(it, "now", ROLESANYWHERE_NO_TIME);
    rolesanywhere_http_response_new(&response, NULL);
    if (fixed_session(it, &create) && fill_response(it, response) &&
        step(it, rolesanywhere_create_session_parse_response(create, response, now, &credentials, &error), &error)) {
        accepted(it);
        same_text(it, "access_key_id", rolesanywhere_credentials_access_key_id(credentials));
        same_text(it, "secret_access_key", rolesanywhere_credentials_secret_access_key(credentials));
        same_text(it, "session_token", rolesanywhere_credentials_session_token(credentials));
        same_number(it, "expiration", rolesanywhere_credentials_expiration(credentials));
        same_text(it, "account_id", rolesanywhere_credentials_account_id(credentials));
    }
    rolesanywhere_credentials_free(credentials);
    rolesanywhere_http_response_free(response);
    rolesanywhere_create_session_free(create);
}
