/* Every function with NULL in each argument, wrong lengths, NUL inside, bytes that are not UTF-8, steps
 * out of turn: an error code, an untouched out-parameter, and no crash. */
#include "refused.h"

static const char leaf[] =
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

static void constructors(void) {
    NULL_ARGUMENT_OF(rolesanywhere_config_new(NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_http_response_new(NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_refresh_new(NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_transport_none(NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_transport_new(NULL, NULL, NULL, (rolesanywhere_transport **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_provider_new(NULL, NULL, (rolesanywhere_provider **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_create_session_new(NULL, (rolesanywhere_create_session **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_resolve(NULL, (rolesanywhere_options **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_identity_from_pem(BYTES(leaf), NULL, 0, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_identity_from_pem(NULL, 1, NULL, 0, (rolesanywhere_identity **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_identity_from_pem(BYTES(leaf), NULL, 1, (rolesanywhere_identity **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_private_key_from_pem(NULL, 1, NULL, 0, (rolesanywhere_private_key **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_private_key_from_pem(BYTES(leaf), NULL, 0, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_load_identity(NULL, 1, NULL, 0, (rolesanywhere_identity **)&out, (rolesanywhere_private_key **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_load_identity(NULL, 0, NULL, 0, (rolesanywhere_identity **)&out, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_load_identity(NULL, 0, NULL, 0, NULL, (rolesanywhere_private_key **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_option_from_name(TEXT("region"), NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_new(TEXT("GET"), NULL, 1, TEXT("r"), TEXT("s"), (rolesanywhere_signable_request **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_new(TEXT("GET"), TEXT("u"), TEXT("r"), TEXT("s"), NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_credentials_new(NULL, 1, NULL, 0, NULL, 0, 0, NULL, 0, NULL, 0, (rolesanywhere_credentials **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_credentials_new(TEXT("i"), TEXT("s"), TEXT("t"), 0, NULL, 0, NULL, 0, NULL, &error));
}

static void low_level(void) {
    static const char invalid[] = "\xff";
    rolesanywhere_name_value half = { "a", 1, NULL, 1 }, unread = { invalid, 1, NULL, 0 };
    NULL_ARGUMENT_OF(rolesanywhere_arn_parse(1, NULL, 1, (rolesanywhere_arn **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_arn_parse(1, TEXT("a"), NULL, &error));
    REFUSED(ARGUMENT_INVALID, rolesanywhere_arn_parse(0, TEXT("a"), (rolesanywhere_arn **)&out, &error));
    REFUSED(ARN_MALFORMED, rolesanywhere_arn_parse(3, "a\0b", 3, (rolesanywhere_arn **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_endpoint_for_region(NULL, 1, TEXT("r"), false, false, (rolesanywhere_string **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_endpoint_for_region(TEXT("aws"), NULL, 1, false, false, (rolesanywhere_string **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_endpoint_for_region(TEXT("aws"), TEXT("us-east-1"), false, false, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_endpoint_parse(NULL, 1, false, (rolesanywhere_string **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_endpoint_parse(TEXT("https://h"), false, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_pem_parse(NULL, 1, (rolesanywhere_pem **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_pem_parse(BYTES(leaf), NULL, &error));
    REFUSED(FILE_EMPTY, rolesanywhere_pem_parse(NULL, 0, (rolesanywhere_pem **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_canonical_request_new(NULL, 1, TEXT("/"), NULL, 0, NULL, 0, NULL, 0, true, 2, (rolesanywhere_canonical_request **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_canonical_request_new(TEXT("GET"), NULL, 1, NULL, 0, NULL, 0, NULL, 0, true, 2, (rolesanywhere_canonical_request **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_canonical_request_new(TEXT("GET"), TEXT("/"), NULL, 1, NULL, 0, NULL, 0, true, 2, (rolesanywhere_canonical_request **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_canonical_request_new(TEXT("GET"), TEXT("/"), NULL, 0, NULL, 1, NULL, 0, true, 2, (rolesanywhere_canonical_request **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_canonical_request_new(TEXT("GET"), TEXT("/"), NULL, 0, &half, 1, NULL, 0, true, 2, (rolesanywhere_canonical_request **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_canonical_request_new(TEXT("GET"), TEXT("/"), NULL, 0, NULL, 0, NULL, 1, true, 2, (rolesanywhere_canonical_request **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_canonical_request_new(TEXT("GET"), TEXT("/"), NULL, 0, NULL, 0, NULL, 0, true, 2, NULL, &error));
    REFUSED(ARGUMENT_INVALID, rolesanywhere_canonical_request_new(TEXT("GET"), TEXT("/"), NULL, 0, &unread, 1, NULL, 0, true, 2, (rolesanywhere_canonical_request **)&out, &error));
    REFUSED(ARGUMENT_INVALID, rolesanywhere_canonical_request_new(TEXT("GET"), TEXT("/"), NULL, 0, NULL, 0, NULL, 0, true, 3, (rolesanywhere_canonical_request **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_credential_scope(0, NULL, 1, TEXT("s"), (rolesanywhere_string **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_credential_scope(0, TEXT("r"), NULL, 1, (rolesanywhere_string **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_credential_scope(0, TEXT("r"), TEXT("s"), NULL, &error));
    REFUSED(TIMESTAMP_MALFORMED, rolesanywhere_credential_scope(-5, TEXT("r"), TEXT("s"), (rolesanywhere_string **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_string_to_sign(NULL, 1, 0, TEXT("r"), TEXT("s"), TEXT("c"), (rolesanywhere_string **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_string_to_sign(TEXT("a"), 0, NULL, 1, TEXT("s"), TEXT("c"), (rolesanywhere_string **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_string_to_sign(TEXT("a"), 0, TEXT("r"), NULL, 1, TEXT("c"), (rolesanywhere_string **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_string_to_sign(TEXT("a"), 0, TEXT("r"), TEXT("s"), NULL, 1, (rolesanywhere_string **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_string_to_sign(TEXT("a"), 0, TEXT("r"), TEXT("s"), TEXT("c"), NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_resolve_options(1, NULL, 1, NULL, 0, NULL, 0, NULL, 0, (rolesanywhere_options **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_resolve_options(1, NULL, 0, NULL, 1, NULL, 0, NULL, 0, (rolesanywhere_options **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_resolve_options(1, NULL, 0, NULL, 0, NULL, 1, NULL, 0, (rolesanywhere_options **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_resolve_options(1, NULL, 0, NULL, 0, NULL, 0, NULL, 1, (rolesanywhere_options **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_resolve_options(1, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, &error));
    REFUSED(ARGUMENT_INVALID, rolesanywhere_resolve_options(4, NULL, 0, NULL, 0, NULL, 0, NULL, 0, (rolesanywhere_options **)&out, &error));
}

static void methods(void) {
    NULL_ARGUMENT_OF(rolesanywhere_config_set_text(NULL, 1, TEXT("x"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_bytes(NULL, 4, BYTES("x"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_use_environment(NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_environment_variable(NULL, TEXT("a"), TEXT("b"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_config_file(NULL, TEXT("a"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_ambient_profile(NULL, TEXT("a"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_sign(NULL, NULL, NULL, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_identity(NULL, NULL, NULL, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_log(NULL, NULL, NULL, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_clock(NULL, NULL, NULL, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_jitter(NULL, NULL, NULL, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_identity_check(NULL, NULL, 0, &error));
    NULL_ARGUMENT_OF(rolesanywhere_identity_findings(NULL, NULL, 0, (rolesanywhere_findings **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_identity_findings(NULL, NULL, 0, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_identity_verify(NULL, BYTES("m"), BYTES("s"), 1, (rolesanywhere_signature **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_private_key_sign(NULL, BYTES("m"), (rolesanywhere_signature **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_private_key_verify(NULL, BYTES("m"), BYTES("s"), 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_signature_set(NULL, BYTES("s"), 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_signature_set_message(NULL, TEXT("s"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_snapshot_set(NULL, NULL, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_add_header(NULL, TEXT("a"), TEXT("b"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_set_body(NULL, BYTES("b"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_prepare(NULL, NULL, 0, (rolesanywhere_pending_signature **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_signable_request_sign(NULL, NULL, NULL, 0, (rolesanywhere_http_request **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_create_session_prepare(NULL, NULL, 0, (rolesanywhere_pending_signature **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_create_session_sign(NULL, NULL, NULL, 0, (rolesanywhere_http_request **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_create_session_parse_response(NULL, NULL, 0, (rolesanywhere_credentials **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_pending_signature_finish(NULL, BYTES("s"), 1, (rolesanywhere_http_request **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_pending_signature_verify(NULL, BYTES("s"), 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_http_response_set_status(NULL, 200, &error));
    NULL_ARGUMENT_OF(rolesanywhere_http_response_add_header(NULL, TEXT("a"), TEXT("b"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_http_response_append_body(NULL, BYTES("b"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_http_response_set_message(NULL, TEXT("b"), &error));
    NULL_ARGUMENT_OF(rolesanywhere_credentials_to_credential_process_json(NULL, (rolesanywhere_string **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_credentials_to_container_json(NULL, (rolesanywhere_string **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_credentials_to_imds_json(NULL, 0, (rolesanywhere_string **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_provider_credentials(NULL, (rolesanywhere_credentials **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_provider_refresh(NULL, (rolesanywhere_credentials **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_provider_poll(NULL, (rolesanywhere_poll **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_provider_invalidate(NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_provider_close(NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_attempt_prepare(NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_attempt_sign(NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_attempt_finish(NULL, BYTES("s"), 1, &error));
    NULL_ARGUMENT_OF(rolesanywhere_attempt_receive(NULL, NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_attempt_fail(NULL, 502, NULL, 0, &error));
    NULL_ARGUMENT_OF(rolesanywhere_refresh_poll(NULL, 0, 0, (rolesanywhere_refresh_poll_answer **)&out, &error));
    NULL_ARGUMENT_OF(rolesanywhere_refresh_on_success(NULL, 1, NULL, 0, 0, 0, 0, 0, &error));
    NULL_ARGUMENT_OF(rolesanywhere_refresh_on_error(NULL, 1, NULL, 0, 0, 0, &error));
    NULL_ARGUMENT_OF(rolesanywhere_refresh_on_failure(NULL, 1, 502, true, -1, -1, 0, 0, 0, &error));
    NULL_ARGUMENT_OF(rolesanywhere_refresh_cancel(NULL, 1, 0, 0, &error));
    NULL_ARGUMENT_OF(rolesanywhere_refresh_invalidate(NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_refresh_request_refresh(NULL, &error));
    NULL_ARGUMENT_OF(rolesanywhere_refresh_next_event(NULL, (rolesanywhere_event **)&out, &error));
}

#define NO_TEXT(call) CHECK((call).data == NULL && (call).length == 0)

static void accessors(void) {
    NO_TEXT(rolesanywhere_error_message(NULL));
    NO_TEXT(rolesanywhere_error_hint(NULL));
    NO_TEXT(rolesanywhere_error_service_code(NULL));
    NO_TEXT(rolesanywhere_error_service_message(NULL));
    NO_TEXT(rolesanywhere_error_request_id(NULL));
    CHECK(rolesanywhere_error_code(NULL) == 0 && rolesanywhere_error_status(NULL) == 0);
    CHECK(!rolesanywhere_error_is_retryable(NULL) && rolesanywhere_error_retry_after(NULL) == -1);
    NO_TEXT(rolesanywhere_error_code_name(1));
    NO_TEXT(rolesanywhere_error_code_kind(0));
    NO_TEXT(rolesanywhere_error_code_meaning(UINT32_MAX));
    NO_TEXT(rolesanywhere_error_code_hint(99));
    CHECK(!rolesanywhere_error_code_is_retryable(1) && rolesanywhere_error_code_at(rolesanywhere_error_code_count()) == 0);
    NO_TEXT(rolesanywhere_string_text(NULL));
    NO_TEXT(rolesanywhere_arn_partition(NULL));
    NO_TEXT(rolesanywhere_arn_region(NULL));
    NO_TEXT(rolesanywhere_arn_account_id(NULL));
    NO_TEXT(rolesanywhere_arn_role_name(NULL));
    NO_TEXT(rolesanywhere_pem_label(NULL, 0));
    NO_TEXT(rolesanywhere_pem_content(NULL, 0));
    CHECK(rolesanywhere_pem_count(NULL) == 0);
    NO_TEXT(rolesanywhere_canonical_request_text(NULL));
    NO_TEXT(rolesanywhere_canonical_request_signed_headers(NULL));
    NO_TEXT(rolesanywhere_identity_serial_number(NULL));
    NO_TEXT(rolesanywhere_identity_key_algorithm(NULL));
    NO_TEXT(rolesanywhere_identity_algorithm(NULL));
    NO_TEXT(rolesanywhere_identity_subject(NULL));
    NO_TEXT(rolesanywhere_identity_issuer(NULL));
    NO_TEXT(rolesanywhere_identity_certificate_der(NULL));
    NO_TEXT(rolesanywhere_identity_chain_der(NULL, 0));
    CHECK(rolesanywhere_identity_chain_count(NULL) == 0);
    CHECK(rolesanywhere_identity_not_before(NULL) == 0 && rolesanywhere_identity_not_after(NULL) == 0);
    CHECK(rolesanywhere_findings_count(NULL) == 0 && rolesanywhere_findings_severity(NULL, 0) == 0);
    CHECK(rolesanywhere_findings_error(NULL, 0) == NULL);
    NO_TEXT(rolesanywhere_private_key_algorithm(NULL));
    CHECK(!rolesanywhere_private_key_matches(NULL, NULL));
    NO_TEXT(rolesanywhere_signature_bytes(NULL));
    NO_TEXT(rolesanywhere_signing_request_message(NULL));
    NO_TEXT(rolesanywhere_signing_request_digest(NULL));
    NO_TEXT(rolesanywhere_signing_request_key_algorithm(NULL));
    NO_TEXT(rolesanywhere_signing_request_certificate_der(NULL));
    CHECK(rolesanywhere_signing_request_scheme(NULL) == 0);
    NO_TEXT(rolesanywhere_pending_signature_canonical_request(NULL));
    NO_TEXT(rolesanywhere_pending_signature_string_to_sign(NULL));
    NO_TEXT(rolesanywhere_pending_signature_signed_headers(NULL));
    NO_TEXT(rolesanywhere_pending_signature_credential_scope(NULL));
    CHECK(rolesanywhere_pending_signature_request(NULL) == NULL);
    CHECK(rolesanywhere_pending_signature_unsigned_request(NULL) == NULL);
    NO_TEXT(rolesanywhere_http_request_method(NULL));
    NO_TEXT(rolesanywhere_http_request_url(NULL));
    NO_TEXT(rolesanywhere_http_request_header_name(NULL, 0));
    NO_TEXT(rolesanywhere_http_request_header_value(NULL, 0));
    NO_TEXT(rolesanywhere_http_request_body(NULL));
    CHECK(rolesanywhere_http_request_header_count(NULL) == 0);
    NO_TEXT(rolesanywhere_create_session_url(NULL));
    NO_TEXT(rolesanywhere_create_session_region(NULL));
    NO_TEXT(rolesanywhere_credentials_access_key_id(NULL));
    NO_TEXT(rolesanywhere_credentials_secret_access_key(NULL));
    NO_TEXT(rolesanywhere_credentials_session_token(NULL));
    NO_TEXT(rolesanywhere_credentials_account_id(NULL));
    NO_TEXT(rolesanywhere_credentials_role_arn(NULL));
    CHECK(rolesanywhere_credentials_expiration(NULL) == 0);
    NO_TEXT(rolesanywhere_options_text(NULL, 1));
    NO_TEXT(rolesanywhere_options_origin(NULL, 1));
    NO_TEXT(rolesanywhere_options_note(NULL, 0));
    CHECK(!rolesanywhere_options_is_given(NULL, 1) && rolesanywhere_options_note_count(NULL) == 0);
    NO_TEXT(rolesanywhere_event_name(NULL));
    NO_TEXT(rolesanywhere_event_message(NULL));
    CHECK(rolesanywhere_event_level(NULL) == 0 && rolesanywhere_event_error(NULL) == NULL);
    CHECK(rolesanywhere_event_time(NULL) == ROLESANYWHERE_NO_TIME && rolesanywhere_event_offset_seconds(NULL) == 0);
    CHECK(rolesanywhere_poll_credentials(NULL) == NULL && rolesanywhere_poll_take_attempt(NULL) == NULL);
    CHECK(rolesanywhere_poll_error(NULL) == NULL && rolesanywhere_poll_wait_millis(NULL) == 0);
    CHECK(rolesanywhere_attempt_signing_request(NULL) == NULL && rolesanywhere_attempt_http_request(NULL) == NULL);
    CHECK(rolesanywhere_provider_next_refresh(NULL) == ROLESANYWHERE_NO_TIME);
    CHECK(rolesanywhere_refresh_next_refresh(NULL) == ROLESANYWHERE_NO_MONOTONIC_TIME);
    CHECK(rolesanywhere_refresh_poll_next(NULL) == 0 && rolesanywhere_refresh_poll_fetch_id(NULL) == 0);
    CHECK(rolesanywhere_refresh_poll_signing_time(NULL) == ROLESANYWHERE_NO_TIME);
    CHECK(rolesanywhere_refresh_poll_until(NULL) == ROLESANYWHERE_NO_MONOTONIC_TIME);
    CHECK(rolesanywhere_refresh_poll_credentials(NULL) == NULL && rolesanywhere_refresh_poll_error(NULL) == NULL);
    CHECK(rolesanywhere_refresh_poll_error_code(NULL) == 0);
}

static void frees(void) {
    rolesanywhere_arn_free(NULL);
    rolesanywhere_attempt_free(NULL);
    rolesanywhere_canonical_request_free(NULL);
    rolesanywhere_config_free(NULL);
    rolesanywhere_create_session_free(NULL);
    rolesanywhere_credentials_free(NULL);
    rolesanywhere_error_free(NULL);
    rolesanywhere_event_free(NULL);
    rolesanywhere_findings_free(NULL);
    rolesanywhere_http_request_free(NULL);
    rolesanywhere_http_response_free(NULL);
    rolesanywhere_identity_free(NULL);
    rolesanywhere_options_free(NULL);
    rolesanywhere_pem_free(NULL);
    rolesanywhere_pending_signature_free(NULL);
    rolesanywhere_poll_free(NULL);
    rolesanywhere_private_key_free(NULL);
    rolesanywhere_provider_free(NULL);
    rolesanywhere_refresh_free(NULL);
    rolesanywhere_refresh_poll_free(NULL);
    rolesanywhere_signable_request_free(NULL);
    rolesanywhere_signature_free(NULL);
    rolesanywhere_string_free(NULL);
    rolesanywhere_transport_free(NULL);
}

static void texts(void) {
    static const char invalid[] = "\xff\xfe", nul[] = "a\0b";
    rolesanywhere_config *config = NULL;
    rolesanywhere_http_response *response = NULL;
    CHECK(rolesanywhere_config_new(&config, NULL) == 0);
    CHECK(rolesanywhere_http_response_new(&response, NULL) == 0);
    REFUSED(ARGUMENT_INVALID, rolesanywhere_config_set_text(config, 1, invalid, 2, &error));
    REFUSED(ARGUMENT_INVALID, rolesanywhere_config_set_text(config, 1, nul, 3, &error));
    REFUSED(ARGUMENT_INVALID, rolesanywhere_config_set_text(config, 1, nul, SIZE_MAX, &error));
    NULL_ARGUMENT_OF(rolesanywhere_config_set_text(config, 1, NULL, 1, &error));
    CHECK(rolesanywhere_config_set_text(config, 1, NULL, 0, NULL) == 0);
    REFUSED(OPTION_UNKNOWN, rolesanywhere_config_set_text(config, 0, TEXT("x"), &error));
    REFUSED(OPTION_UNKNOWN, rolesanywhere_config_set_text(config, UINT32_MAX, TEXT("x"), &error));
    REFUSED(OPTION_UNKNOWN, rolesanywhere_config_set_bytes(config, 999, BYTES("x"), &error));
    REFUSED(OPTION_INVALID, rolesanywhere_config_set_bytes(config, ROLESANYWHERE_OPTION_REGION, BYTES("x"), &error));
    REFUSED(ARGUMENT_INVALID, rolesanywhere_config_set_bytes(config, ROLESANYWHERE_OPTION_CERTIFICATE, BYTES("x") + SIZE_MAX / 2, &error));
    REFUSED(OPTION_UNKNOWN, rolesanywhere_option_from_name(TEXT("nothing"), (uint32_t *)(void *)&out, &error));
    REFUSED(OPTION_MISSING, rolesanywhere_create_session_new(config, (rolesanywhere_create_session **)&out, &error));
    REFUSED(OPTION_MISSING, rolesanywhere_provider_new(config, NULL, (rolesanywhere_provider **)&out, &error));
    REFUSED(ARGUMENT_INVALID, rolesanywhere_http_response_set_status(response, 0, &error));
    REFUSED(ARGUMENT_INVALID, rolesanywhere_http_response_set_status(response, 70000, &error));
    CHECK(rolesanywhere_http_response_add_header(response, invalid, 2, nul, 3, NULL) == 0);
    REFUSED(PEM_MALFORMED, rolesanywhere_identity_from_pem(BYTES("-----BEGIN CERTIFICATE-----\n"), NULL, 0, (rolesanywhere_identity **)&out, &error));
    REFUSED(CERTIFICATE_MALFORMED, rolesanywhere_identity_from_pem(BYTES(leaf), NULL, 0, (rolesanywhere_identity **)&out, &error));
    REFUSED(TIMESTAMP_MALFORMED, rolesanywhere_credentials_new(TEXT("i"), TEXT("s"), TEXT("t"), -5, NULL, 0, NULL, 0, (rolesanywhere_credentials **)&out, &error));
    rolesanywhere_http_response_free(response);
    rolesanywhere_config_free(config);
}

static rolesanywhere_result never(void *data, const rolesanywhere_http_request *request, uint64_t limit, rolesanywhere_http_response *response) {
    (void)data, (void)request, (void)limit, (void)response;
    return ROLESANYWHERE_RESULT_TIMEOUT;
}

static void count_down(void *user_data) { --*(int *)user_data; }

/* A destructor is called once, when configuration, transport and provider are gone. */
static void destructors(void) {
    rolesanywhere_transport *transport = NULL;
    int left = 1;
    CHECK(rolesanywhere_transport_new(never, &left, count_down, &transport, NULL) == 0);
    CHECK(left == 1);
    rolesanywhere_transport_free(transport);
    CHECK(left == 0);
}

int main(void) {
    rolesanywhere_error *error = NULL;
    CHECK(rolesanywhere_abi_version() == ROLESANYWHERE_ABI_VERSION);
    CHECK(strcmp(rolesanywhere_version().data, ROLESANYWHERE_VERSION) == 0);
    CHECK(rolesanywhere_config_new(NULL, NULL) == ROLESANYWHERE_RESULT_NULL_ARGUMENT);
    constructors();
    low_level();
    methods();
    accessors();
    frees();
    texts();
    destructors();
    CHECK(error == NULL);
    return support_end();
}
