/* Random sequences of calls: any function on any handle of its type or on NULL, in any order, with
 * lengths and numbers of any size, each handle freed once. For the address sanitizer and valgrind, which
 * judge. Takes seconds, a seed, and the path of a file with a certificate and its key. */
#include "support.h"
#include <stdint.h>
#include <time.h>

#define SLOTS 6
#define COUNT(array) (sizeof(array) / sizeof *(array))

static uint64_t state;
static uint8_t *corpus;
static size_t corpus_length;

static uint64_t next(void) { /* xorshift64* */
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 2685821657736338717u;
}

static size_t below(size_t limit) { return (size_t)(next() % limit); }

/* Handles of one type. An empty slot is NULL, which every function takes. */
#define POOL(type)                                                                     \
    static rolesanywhere_##type *type##s[SLOTS];                                       \
    static rolesanywhere_##type *any_##type(void) { return type##s[below(SLOTS)]; }    \
    static rolesanywhere_##type **fresh_##type(void) {                                 \
        size_t at = below(SLOTS);                                                      \
        rolesanywhere_##type##_free(type##s[at]);                                      \
        type##s[at] = NULL;                                                            \
        return below(30) ? &type##s[at] : NULL;                                        \
    }
#define rolesanywhere_refresh_answer rolesanywhere_refresh_poll_answer
#define rolesanywhere_refresh_answer_free rolesanywhere_refresh_poll_free
POOL(config) POOL(identity) POOL(private_key) POOL(findings) POOL(signature) POOL(create_session)
POOL(signable_request) POOL(pending_signature) POOL(http_request) POOL(http_response) POOL(credentials)
POOL(string) POOL(options) POOL(provider) POOL(transport) POOL(poll) POOL(attempt) POOL(refresh)
POOL(refresh_answer) POOL(event) POOL(error) POOL(arn) POOL(pem) POOL(canonical_request)

/* Text or bytes: words that mean something, pieces of the corpus, noise, nothing. */
static const char *data(size_t *length) {
    static const char *const words[] = {
        "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a", "arn:aws:rolesanywhere:us-east-1:111122223333:profile/b",
        "arn:aws:iam::111122223333:role/c", "us-east-1", "true", "900", "https://h/p", "GET", "rolesanywhere", "",
        "-----BEGIN CERTIFICATE-----\n", "{\"credentialSet\":[{\"credentials\":{\"accessKeyId\":\"A\",\"secretAccessKey\":\"s\","
        "\"sessionToken\":\"t\",\"expiration\":\"2099-01-01T00:00:00Z\"}}]}" };
    static char noise[300];
    switch (below(8)) {
    case 0: *length = 0; return NULL;
    case 1: *length = 1 + below(9); return NULL;
    case 2: *length = SIZE_MAX - below(3); return words[0];
    case 3:
        *length = below(sizeof noise);
        for (size_t i = 0; i < *length; i++) noise[i] = (char)next();
        return noise;
    case 4: *length = corpus_length; return (const char *)corpus;
    case 5: *length = below(corpus_length + 1); return (const char *)corpus;
    default: {
        const char *word = words[below(COUNT(words))];
        *length = strlen(word);
        return word;
    }
    }
}

static uint32_t number(void) { return below(3) ? (uint32_t)below(24) : (uint32_t)next(); }
static int64_t moment(void) { return below(3) ? time(NULL) : (int64_t)next(); }
static double fraction(void) { return below(4) ? (double)below(100) / 100 : (double)next(); }

#define DATA const char *text; size_t length; text = data(&length)
#define BYTES_OF(text) (const uint8_t *)(text)

static rolesanywhere_result send_something(void *user_data, const rolesanywhere_http_request *request, uint64_t limit, rolesanywhere_http_response *response) {
    DATA;
    (void)user_data, (void)limit, (void)rolesanywhere_http_request_url(request);
    rolesanywhere_http_response_set_status(response, number(), NULL);
    rolesanywhere_http_response_append_body(response, BYTES_OF(text), length, NULL);
    return below(2) ? 0 : number();
}

static rolesanywhere_result sign_something(void *user_data, const rolesanywhere_signing_request *request, rolesanywhere_signature *signature) {
    DATA;
    (void)user_data, (void)rolesanywhere_signing_request_message(request);
    rolesanywhere_signature_set(signature, BYTES_OF(text), length, number(), NULL);
    return below(2) ? 0 : number();
}

static rolesanywhere_result identify_somehow(void *user_data, rolesanywhere_snapshot *snapshot) {
    (void)user_data;
    rolesanywhere_snapshot_set(snapshot, any_identity(), any_private_key(), NULL);
    return below(2) ? 0 : number();
}

static void ignore(void *user_data, const rolesanywhere_event *event) { (void)user_data, (void)rolesanywhere_event_message(event); }

/* Two seconds pass between two looks at the clock: pauses are short. */
static void race(void *user_data, uint64_t *unix_millis, uint64_t *monotonic_millis) {
    static uint64_t millis;
    (void)user_data;
    millis += 2000;
    *unix_millis = 1795240000000u + millis;
    *monotonic_millis = millis;
}

static void call_config(void) {
    DATA;
    rolesanywhere_error **error = fresh_error();
    switch (below(12)) {
    case 0: rolesanywhere_config_new(fresh_config(), error); break;
    case 1: case 2: case 3: case 4: rolesanywhere_config_set_text(any_config(), number(), text, length, error); break;
    case 5: rolesanywhere_config_set_bytes(any_config(), number(), BYTES_OF(text), length, error); break;
    case 6: rolesanywhere_config_set_environment_variable(any_config(), "ROLESANYWHERE_REGION", 20, text, length, error); break;
    case 7: rolesanywhere_config_set_config_file(any_config(), text, length, error); break;
    case 8: rolesanywhere_config_set_sign(any_config(), below(3) ? sign_something : NULL, NULL, NULL, error); break;
    case 9: rolesanywhere_config_set_identity(any_config(), below(3) ? identify_somehow : NULL, NULL, NULL, error); break;
    case 10: rolesanywhere_config_set_log(any_config(), below(3) ? ignore : NULL, NULL, NULL, error); break;
    default: rolesanywhere_config_resolve(any_config(), fresh_options(), error);
    }
    const rolesanywhere_options *options = any_options();
    (void)rolesanywhere_options_text(options, number());
    (void)rolesanywhere_options_note(options, below(3));
}

/* A configuration that will do, which chance alone would take long to make. */
static void call_whole_config(void) {
    static const char *const values[] = {
        "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a", "arn:aws:rolesanywhere:us-east-1:111122223333:profile/b",
        "arn:aws:iam::111122223333:role/c" };
    rolesanywhere_config **config = fresh_config();
    if (config == NULL || rolesanywhere_config_new(config, NULL) != 0) return;
    for (uint32_t option = 1; option <= 3; option++)
        rolesanywhere_config_set_text(*config, option, TEXT(values[option - 1]), NULL);
    rolesanywhere_config_set_bytes(*config, ROLESANYWHERE_OPTION_CERTIFICATE, corpus, corpus_length, NULL);
    rolesanywhere_config_set_clock(*config, race, NULL, NULL, NULL);
}

static void call_identity(void) {
    DATA;
    rolesanywhere_bytes part = { BYTES_OF(text), length };
    rolesanywhere_error **error = fresh_error();
    switch (below(8)) {
    case 0: rolesanywhere_identity_from_pem(BYTES_OF(text), length, NULL, 0, fresh_identity(), error); break;
    case 1: rolesanywhere_private_key_from_pem(BYTES_OF(text), length, NULL, 0, fresh_private_key(), error); break;
    case 2: rolesanywhere_load_identity(&part, 1, NULL, 0, fresh_identity(), fresh_private_key(), error); break;
    case 3: rolesanywhere_identity_check(any_identity(), any_private_key(), moment(), error); break;
    case 4: rolesanywhere_identity_findings(any_identity(), any_private_key(), moment(), fresh_findings(), error); break;
    case 5: rolesanywhere_private_key_sign(any_private_key(), BYTES_OF(text), length, fresh_signature(), error); break;
    case 6: rolesanywhere_signature_set(any_signature(), BYTES_OF(text), length, number(), error); break;
    default: rolesanywhere_identity_verify(any_identity(), BYTES_OF(text), length, BYTES_OF(text), length, number(), fresh_signature(), error);
    }
    const rolesanywhere_identity *identity = any_identity();
    (void)rolesanywhere_identity_subject(identity);
    (void)rolesanywhere_identity_chain_der(identity, below(3));
    (void)rolesanywhere_error_message(rolesanywhere_findings_error(any_findings(), below(4)));
    (void)rolesanywhere_signature_bytes(any_signature());
}

static void call_low_level(void) {
    DATA;
    size_t other_length;
    const char *other = data(&other_length);
    rolesanywhere_error **error = fresh_error();
    rolesanywhere_name_value pairs[3] = { { text, length, other, other_length }, { "region", 6, text, length }, { other, other_length, NULL, 0 } };
    rolesanywhere_text canonical = rolesanywhere_canonical_request_text(any_canonical_request());
    switch (below(9)) {
    case 0: rolesanywhere_arn_parse(number(), text, length, fresh_arn(), error); break;
    case 1: rolesanywhere_pem_parse(BYTES_OF(text), length, fresh_pem(), error); break;
    case 2: rolesanywhere_endpoint_for_region(text, length, other, other_length, below(2), below(2), fresh_string(), error); break;
    case 3: rolesanywhere_endpoint_parse(text, length, below(2), fresh_string(), error); break;
    case 4:
    case 5: rolesanywhere_canonical_request_new("GET", 3, text, length, other, other_length, pairs, below(4), BYTES_OF(text), length, below(2), 1 + (uint32_t)below(3), fresh_canonical_request(), error); break;
    case 6: rolesanywhere_credential_scope(moment(), text, length, other, other_length, fresh_string(), error); break;
    case 7: { /* the text is another handle's */
        rolesanywhere_string_to_sign(text, length, moment(), "r", 1, other, other_length, canonical.data, canonical.length, fresh_string(), error);
        break;
    }
    default: rolesanywhere_resolve_options(1 + (uint32_t)below(4), pairs + below(3), below(2), pairs, below(4), text, length, other, other_length, fresh_options(), error);
    }
    (void)rolesanywhere_arn_role_name(any_arn());
    (void)rolesanywhere_pem_content(any_pem(), below(3));
    (void)rolesanywhere_pem_label(any_pem(), below(3));
    (void)rolesanywhere_canonical_request_signed_headers(any_canonical_request());
}

static void call_request(void) {
    DATA;
    rolesanywhere_error **error = fresh_error();
    rolesanywhere_bytes signature = rolesanywhere_signature_bytes(any_signature());
    switch (below(11)) {
    case 0: rolesanywhere_create_session_new(any_config(), fresh_create_session(), error); break;
    case 1: rolesanywhere_create_session_prepare(any_create_session(), any_identity(), moment(), fresh_pending_signature(), error); break;
    case 2: rolesanywhere_create_session_sign(any_create_session(), any_identity(), any_private_key(), moment(), fresh_http_request(), error); break;
    case 3: rolesanywhere_signable_request_new("GET", 3, "https://h/", 10, "r", 1, text, length, fresh_signable_request(), error); break;
    case 4: rolesanywhere_signable_request_add_header(any_signable_request(), "a", 1, text, length, error); break;
    case 5: rolesanywhere_signable_request_set_body(any_signable_request(), BYTES_OF(text), length, error); break;
    case 6: rolesanywhere_signable_request_prepare(any_signable_request(), any_identity(), moment(), fresh_pending_signature(), error); break;
    case 7: rolesanywhere_signable_request_sign(any_signable_request(), any_identity(), any_private_key(), moment(), fresh_http_request(), error); break;
    case 8: rolesanywhere_pending_signature_finish(any_pending_signature(), signature.data, signature.length, number(), fresh_http_request(), error); break;
    case 9: rolesanywhere_pending_signature_verify(any_pending_signature(), signature.data, signature.length, number(), error); break;
    default: rolesanywhere_create_session_parse_response(any_create_session(), any_http_response(), moment(), fresh_credentials(), error);
    }
    const rolesanywhere_pending_signature *pending = any_pending_signature();
    (void)rolesanywhere_pending_signature_canonical_request(pending);
    (void)rolesanywhere_signing_request_digest(rolesanywhere_pending_signature_request(pending));
    (void)rolesanywhere_http_request_header_value(rolesanywhere_pending_signature_unsigned_request(pending), below(6));
    (void)rolesanywhere_http_request_header_value(any_http_request(), below(6));
}

static void call_response(void) {
    DATA;
    rolesanywhere_error **error = fresh_error();
    switch (below(9)) {
    case 0: rolesanywhere_http_response_new(fresh_http_response(), error); break;
    case 1: rolesanywhere_http_response_set_status(any_http_response(), below(3) ? 201 : number(), error); break;
    case 2: rolesanywhere_http_response_append_body(any_http_response(), BYTES_OF(text), length, error); break;
    case 3: rolesanywhere_http_response_add_header(any_http_response(), text, length, text, length, error); break;
    case 4: rolesanywhere_http_response_set_message(any_http_response(), text, length, error); break;
    case 5: rolesanywhere_credentials_new(text, length, "s", 1, "t", 1, moment(), text, length, NULL, 0, fresh_credentials(), error); break;
    case 6: rolesanywhere_credentials_to_credential_process_json(any_credentials(), fresh_string(), error); break;
    case 7: rolesanywhere_credentials_to_container_json(any_credentials(), fresh_string(), error); break;
    default: rolesanywhere_credentials_to_imds_json(any_credentials(), moment(), fresh_string(), error);
    }
    (void)rolesanywhere_credentials_session_token(any_credentials());
    (void)rolesanywhere_string_text(any_string());
}

static void call_provider(void) {
    DATA;
    rolesanywhere_error **error = fresh_error();
    rolesanywhere_poll *poll = any_poll();
    switch (below(12)) {
    case 0: rolesanywhere_transport_new(below(5) ? send_something : NULL, NULL, NULL, fresh_transport(), error); break;
    case 1: rolesanywhere_transport_none(fresh_transport(), error); break;
    case 2: { /* never the built-in one: nobody listens */
        rolesanywhere_transport *transport = any_transport();
        rolesanywhere_config *config = any_config();
        rolesanywhere_config_set_clock(config, race, NULL, NULL, NULL);
        if (transport) rolesanywhere_provider_new(config, transport, fresh_provider(), error);
        break;
    }
    case 3: rolesanywhere_provider_poll(any_provider(), fresh_poll(), error); break;
    case 4: /* waits between two attempts: rarely */
        if (below(100) == 0) rolesanywhere_provider_credentials(any_provider(), fresh_credentials(), error);
        break;
    case 5: rolesanywhere_provider_invalidate(any_provider(), error); break;
    case 6: if (below(20) == 0) rolesanywhere_provider_close(any_provider(), error); break;
    case 7: {
        rolesanywhere_attempt **attempt = fresh_attempt();
        if (attempt) *attempt = rolesanywhere_poll_take_attempt(poll);
        break;
    }
    case 8: rolesanywhere_attempt_sign(any_attempt(), error); break;
    case 9: rolesanywhere_attempt_prepare(any_attempt(), error); break;
    case 10: rolesanywhere_attempt_receive(any_attempt(), any_http_response(), error); break;
    default: rolesanywhere_attempt_fail(any_attempt(), number(), text, length, error);
    }
    (void)rolesanywhere_credentials_access_key_id(rolesanywhere_poll_credentials(any_poll()));
    (void)rolesanywhere_error_hint(rolesanywhere_poll_error(any_poll()));
    (void)rolesanywhere_http_request_url(rolesanywhere_attempt_http_request(any_attempt()));
    (void)rolesanywhere_provider_next_refresh(any_provider());
}

static void call_refresh(void) {
    rolesanywhere_error **error = fresh_error();
    uint64_t now = below(3) ? 1795240000000u + below(10000000) : next(), monotonic = below(3) ? below(10000000) : next();
    switch (below(9)) {
    case 0: rolesanywhere_refresh_new(fresh_refresh(), error); break;
    case 1: case 2: rolesanywhere_refresh_poll(any_refresh(), now, monotonic, fresh_refresh_answer(), error); break;
    case 3: rolesanywhere_refresh_on_success(any_refresh(), below(9), any_credentials(), moment(), moment(), now, monotonic, fraction(), error); break;
    case 4: rolesanywhere_refresh_on_failure(any_refresh(), below(9), number(), below(2) == 0, (int64_t)next(), moment(), now, monotonic, fraction(), error); break;
    case 5: { /* the failure is no place for the error of this call */
        rolesanywhere_refresh_on_error(any_refresh(), below(9), any_error(), now, monotonic, fraction(), NULL);
        break;
    }
    case 6: rolesanywhere_refresh_cancel(any_refresh(), below(9), now, monotonic, error); break;
    case 7: rolesanywhere_refresh_invalidate(any_refresh(), error); break;
    default: rolesanywhere_refresh_next_event(any_refresh(), fresh_event(), error);
    }
    (void)rolesanywhere_event_message(any_event());
    (void)rolesanywhere_refresh_poll_until(any_refresh_answer());
}

static void free_all(void) {
    for (int i = 0; i < SLOTS * 200; i++) {
        fresh_config(), fresh_identity(), fresh_private_key(), fresh_findings(), fresh_signature();
        fresh_create_session(), fresh_signable_request(), fresh_pending_signature(), fresh_http_request();
        fresh_http_response(), fresh_credentials(), fresh_string(), fresh_options(), fresh_provider();
        fresh_transport(), fresh_poll(), fresh_attempt(), fresh_refresh(), fresh_refresh_answer();
        fresh_event(), fresh_error(), fresh_arn(), fresh_pem(), fresh_canonical_request();
    }
}

int main(int argc, char **argv) {
    static void (*const calls[])(void) = { call_config, call_whole_config, call_identity, call_low_level, call_request, call_response, call_provider, call_refresh };
    unsigned long rounds = 0;
    if (argc != 4) return 2;
    double seconds = strtod(argv[1], NULL);
    state = strtoull(argv[2], NULL, 10) * 2654435761u + 1;
    FILE *file = fopen(argv[3], "rb");
    corpus = malloc(1 << 16);
    corpus_length = file ? fread(corpus, 1, 1 << 16, file) : 0;
    CHECK(corpus_length > 0);
    if (file) fclose(file);
    for (time_t end = time(NULL) + (time_t)seconds; time(NULL) < end; rounds++)
        for (int i = 0; i < 1000; i++) calls[below(COUNT(calls))]();
    free_all();
    free(corpus);
    printf("%lu calls\n", rounds * 1000);
    CHECK(rounds > 0);
    return support_end();
}
