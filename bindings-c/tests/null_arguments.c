/* NULL in each argument behind the first, which is a handle that is in order: `bad_input` has the first ones.
 * Takes the certificate's and the key's path. */
#include "refused.h"

static rolesanywhere_config *config;
static rolesanywhere_identity *identity;
static rolesanywhere_private_key *key;
static rolesanywhere_create_session *session;
static rolesanywhere_signable_request *signable;
static rolesanywhere_pending_signature *pending;
static rolesanywhere_signature *signature;
static rolesanywhere_http_response *response;
static rolesanywhere_credentials *credentials;
static rolesanywhere_provider *provider;
static rolesanywhere_attempt *attempt;
static rolesanywhere_refresh *refresh;

#define OUT(type) ((rolesanywhere_##type **)&out)

static uint8_t *read_file(const char *path, size_t *length) {
    static uint8_t data[1 << 14];
    FILE *file = fopen(path, "rb");
    *length = file ? fread(data, 1, sizeof data, file) : 0;
    if (file) fclose(file);
    return data;
}

static void make_identity(const char *certificate_path, const char *key_path) {
    size_t length;
    uint8_t *data = read_file(certificate_path, &length);
    CHECK(rolesanywhere_identity_from_pem(data, length, NULL, 0, &identity, NULL) == 0);
    CHECK(rolesanywhere_config_set_bytes(config, ROLESANYWHERE_OPTION_CERTIFICATE, data, length, NULL) == 0);
    data = read_file(key_path, &length);
    CHECK(rolesanywhere_private_key_from_pem(data, length, NULL, 0, &key, NULL) == 0);
    CHECK(rolesanywhere_config_set_bytes(config, ROLESANYWHERE_OPTION_PRIVATE_KEY, data, length, NULL) == 0);
}

static void make(const char *certificate_path, const char *key_path) {
    rolesanywhere_transport *none = NULL;
    rolesanywhere_poll *poll = NULL;
    config = support_config();
    make_identity(certificate_path, key_path);
    CHECK(rolesanywhere_create_session_new(config, &session, NULL) == 0);
    CHECK(rolesanywhere_create_session_prepare(session, identity, 1795240399, &pending, NULL) == 0);
    CHECK(rolesanywhere_signable_request_new(TEXT("GET"), TEXT("https://h/"), TEXT("r"), TEXT("s"), &signable, NULL) == 0);
    CHECK(rolesanywhere_private_key_sign(key, BYTES("m"), &signature, NULL) == 0);
    CHECK(rolesanywhere_http_response_new(&response, NULL) == 0);
    CHECK(rolesanywhere_credentials_new(TEXT("i"), TEXT("s"), TEXT("t"), 4000000000, NULL, 0, NULL, 0, &credentials, NULL) == 0);
    CHECK(rolesanywhere_refresh_new(&refresh, NULL) == 0);
    CHECK(rolesanywhere_transport_none(&none, NULL) == 0);
    CHECK(rolesanywhere_provider_new(config, none, &provider, NULL) == 0);
    CHECK(rolesanywhere_provider_poll(provider, &poll, NULL) == 0);
    attempt = rolesanywhere_poll_take_attempt(poll);
    CHECK(attempt != NULL);
    rolesanywhere_poll_free(poll);
    rolesanywhere_transport_free(none);
}

static void of_configurations(void) {
    NULL_ARGUMENT_OF(rolesanywhere_config_set_text(config, 1, NULL, 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_bytes(config, 4, NULL, 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_environment_variable(config, NULL, 1, TEXT("b"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_environment_variable(config, TEXT("a"), NULL, 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_config_file(config, NULL, 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_ambient_profile(config, NULL, 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_sign(config, NULL, NULL, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_identity(config, NULL, NULL, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_log(config, NULL, NULL, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_clock(config, NULL, NULL, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_jitter(config, NULL, NULL, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_resolve(config, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_option_from_name(NULL, 1, (uint32_t *)(void *)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_transport_new(NULL, NULL, NULL, NULL, &error));
}

static void of_identities(void) {
    rolesanywhere_bytes unread = { NULL, 1 };
    NULL_ARGUMENT_OF(rolesanywhere_load_identity(&unread, 1, NULL, 0, OUT(identity), OUT(private_key), &error));
    NULL_ARGUMENT_OF(rolesanywhere_load_identity(NULL, 0, NULL, 1, OUT(identity), OUT(private_key), &error));
    NULL_ARGUMENT_OF(rolesanywhere_private_key_from_pem(BYTES("k"), NULL, 1, OUT(private_key), &error));
    CHECK(rolesanywhere_identity_check(identity, NULL, 1795240399, NULL) == 0); /* without a key */
    NULL_ARGUMENT_OF(rolesanywhere_identity_findings(identity, key, 0, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_identity_verify(identity, NULL, 1, BYTES("s"), 1, OUT(signature), &error));
    NULL_ARGUMENT_OF(rolesanywhere_identity_verify(identity, BYTES("m"), NULL, 1, 1, OUT(signature), &error));
    rolesanywhere_bytes made = rolesanywhere_signature_bytes(signature);
    CHECK(rolesanywhere_identity_verify(identity, BYTES("m"), made.data, made.length, 1, NULL, NULL) == 0); /* no copy wanted */
    NULL_ARGUMENT_OF(rolesanywhere_private_key_sign(key, NULL, 1, OUT(signature), &error));
    NULL_ARGUMENT_OF(rolesanywhere_private_key_sign(key, BYTES("m"), NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_private_key_verify(key, NULL, 1, BYTES("s"), 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_private_key_verify(key, BYTES("m"), NULL, 1, 1, &error));
    CHECK(!rolesanywhere_private_key_matches(key, NULL) && rolesanywhere_private_key_matches(key, identity));
    NULL_ARGUMENT_OF(rolesanywhere_signature_set(signature, NULL, 1, 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_signature_set_message(signature, NULL, 1, &error));
}

static void of_requests(void) {
    NULL_ARGUMENT_OF(rolesanywhere_create_session_new(config, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_create_session_prepare(session, NULL, 0, OUT(pending_signature), &error));
    NULL_ARGUMENT_OF(rolesanywhere_create_session_prepare(session, identity, 0, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_create_session_sign(session, NULL, key, 0, OUT(http_request), &error));
    NULL_ARGUMENT_OF(rolesanywhere_create_session_sign(session, identity, NULL, 0, OUT(http_request), &error));
    NULL_ARGUMENT_OF(rolesanywhere_create_session_sign(session, identity, key, 0, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_create_session_parse_response(session, NULL, 0, OUT(credentials), &error));
    NULL_ARGUMENT_OF(rolesanywhere_create_session_parse_response(session, response, 0, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_new(NULL, 1, TEXT("u"), TEXT("r"), TEXT("s"), OUT(signable_request), &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_new(TEXT("GET"), TEXT("u"), NULL, 1, TEXT("s"), OUT(signable_request), &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_new(TEXT("GET"), TEXT("u"), TEXT("r"), NULL, 1, OUT(signable_request), &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_add_header(signable, NULL, 1, TEXT("b"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_add_header(signable, TEXT("a"), NULL, 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_set_body(signable, NULL, 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_prepare(signable, NULL, 0, OUT(pending_signature), &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_prepare(signable, identity, 0, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_sign(signable, NULL, key, 0, OUT(http_request), &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_sign(signable, identity, NULL, 0, OUT(http_request), &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_sign(signable, identity, key, 0, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_pending_signature_finish(pending, NULL, 1, 1, OUT(http_request), &error));
    NULL_ARGUMENT_OF(rolesanywhere_pending_signature_finish(pending, BYTES("s"), 1, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_pending_signature_verify(pending, NULL, 1, 1, &error));
}

static void of_responses(void) {
    NULL_ARGUMENT_OF(rolesanywhere_http_response_add_header(response, NULL, 1, TEXT("b"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_http_response_add_header(response, TEXT("a"), NULL, 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_http_response_append_body(response, NULL, 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_http_response_set_message(response, NULL, 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_credentials_new(TEXT("i"), NULL, 1, TEXT("t"), 0, NULL, 0, NULL, 0, OUT(credentials), &error));
    NULL_ARGUMENT_OF(rolesanywhere_credentials_new(TEXT("i"), TEXT("s"), NULL, 1, 0, NULL, 0, NULL, 0, OUT(credentials), &error));
    NULL_ARGUMENT_OF(rolesanywhere_credentials_new(TEXT("i"), TEXT("s"), TEXT("t"), 0, NULL, 1, NULL, 0, OUT(credentials), &error));
    NULL_ARGUMENT_OF(rolesanywhere_credentials_new(TEXT("i"), TEXT("s"), TEXT("t"), 0, NULL, 0, NULL, 1, OUT(credentials), &error));
    NULL_ARGUMENT_OF(rolesanywhere_credentials_to_credential_process_json(credentials, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_credentials_to_container_json(credentials, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_credentials_to_imds_json(credentials, 0, NULL, &error));
}

static void of_providers(void) {
    NULL_ARGUMENT_OF(rolesanywhere_provider_new(config, NULL, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_provider_credentials(provider, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_provider_refresh(provider, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_provider_poll(provider, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_attempt_finish(attempt, NULL, 1, 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_attempt_receive(attempt, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_attempt_fail(attempt, ROLESANYWHERE_RESULT_TIMEOUT, NULL, 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_refresh_poll(refresh, 0, 0, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_refresh_on_success(refresh, 1, NULL, 0, 0, 0, 0, 0, &error));
    NULL_ARGUMENT_OF(rolesanywhere_refresh_on_error(refresh, 1, NULL, 0, 0, 0, &error));
    NULL_ARGUMENT_OF(rolesanywhere_refresh_next_event(refresh, NULL, &error));
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    make(argv[1], argv[2]);
    of_configurations();
    of_identities();
    of_requests();
    of_responses();
    of_providers();
    rolesanywhere_refresh_free(refresh);
    rolesanywhere_attempt_free(attempt);
    rolesanywhere_provider_free(provider);
    rolesanywhere_credentials_free(credentials);
    rolesanywhere_http_response_free(response);
    rolesanywhere_signature_free(signature);
    rolesanywhere_pending_signature_free(pending);
    rolesanywhere_signable_request_free(signable);
    rolesanywhere_create_session_free(session);
    rolesanywhere_private_key_free(key);
    rolesanywhere_identity_free(identity);
    rolesanywhere_config_free(config);
    return support_end();
}
