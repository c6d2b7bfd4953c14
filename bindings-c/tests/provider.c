/* The provider with callbacks of the host's: transport, signer, identity, log, clock; from 64 threads;
 * step by step. The service is a transport that answers by itself. Takes the certificate's and the key's path. */
#define _POSIX_C_SOURCE 200809L
#include "support.h"
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define THREADS 64

static const char reply[] =
    "{\"credentialSet\":[{\"credentials\":{\"accessKeyId\":\"ASIAEXAMPLE\",\"secretAccessKey\":\"secret\","
    "\"sessionToken\":\"token\",\"expiration\":\"2099-01-01T00:00:00Z\"}}]}";

static const char *certificate_path, *key_path;
static atomic_int sent, destroyed, events, signatures, identities;

static void count_destroyed(void *user_data) { atomic_fetch_add((atomic_int *)user_data, 1); }

static rolesanywhere_result answer(void *user_data, const rolesanywhere_http_request *request, uint64_t limit,
                                   rolesanywhere_http_response *response) {
    struct timespec pause = { 0, 50000000 }; /* long enough for all threads to come */
    (void)user_data;
    atomic_fetch_add(&sent, 1);
    nanosleep(&pause, NULL);
    if (strcmp(rolesanywhere_http_request_method(request).data, "POST") != 0 || limit == 0 || limit > 30000)
        return ROLESANYWHERE_RESULT_CONNECTION_FAILED;
    rolesanywhere_http_response_set_status(response, 201, NULL);
    return rolesanywhere_http_response_append_body(response, (const uint8_t *)reply, sizeof reply - 1, NULL);
}

static rolesanywhere_result refuse(void *user_data, const rolesanywhere_http_request *request, uint64_t limit,
                                   rolesanywhere_http_response *response) {
    (void)user_data, (void)request, (void)limit;
    rolesanywhere_http_response_set_message(response, TEXT("the cable is out"), NULL);
    return ROLESANYWHERE_RESULT_TLS_FAILED;
}

static void count_event(void *user_data, const rolesanywhere_event *event) {
    (void)user_data;
    CHECK(rolesanywhere_event_name(event).length > 0 && rolesanywhere_event_message(event).length > 0);
    CHECK(rolesanywhere_event_level(event) != 0);
    atomic_fetch_add(&events, 1);
}

static uint8_t *read_file(const char *path, size_t *length) {
    uint8_t *data = malloc(1 << 16);
    FILE *file = fopen(path, "rb");
    *length = file ? fread(data, 1, 1 << 16, file) : 0;
    if (file) fclose(file);
    return data;
}

static rolesanywhere_config *with_files(void) {
    rolesanywhere_config *config = support_config();
    rolesanywhere_config_set_text(config, ROLESANYWHERE_OPTION_CERTIFICATE, TEXT(certificate_path), NULL);
    rolesanywhere_config_set_text(config, ROLESANYWHERE_OPTION_PRIVATE_KEY, TEXT(key_path), NULL);
    return config;
}

/* Frees the configuration and the transport at once: the provider keeps what it needs. */
static rolesanywhere_provider *provided(rolesanywhere_config *config, rolesanywhere_send_callback send) {
    rolesanywhere_transport *transport = NULL;
    rolesanywhere_provider *provider = NULL;
    rolesanywhere_error *error = NULL;
    if (send) CHECK(rolesanywhere_transport_new(send, &destroyed, count_destroyed, &transport, NULL) == 0);
    else CHECK(rolesanywhere_transport_none(&transport, NULL) == 0);
    CHECK(support_ok(rolesanywhere_provider_new(config, transport, &provider, &error), &error));
    rolesanywhere_transport_free(transport);
    rolesanywhere_config_free(config);
    return provider;
}

static rolesanywhere_result fetched(rolesanywhere_provider *provider, rolesanywhere_error **error) {
    rolesanywhere_credentials *credentials = NULL;
    rolesanywhere_result result = rolesanywhere_provider_credentials(provider, &credentials, error);
    if (result == 0) {
        CHECK(strcmp(rolesanywhere_credentials_secret_access_key(credentials).data, "secret") == 0);
        CHECK(strcmp(rolesanywhere_credentials_account_id(credentials).data, "111122223333") == 0);
    }
    rolesanywhere_credentials_free(credentials);
    return result;
}

static void *fetch(void *provider) {
    rolesanywhere_credentials *credentials = NULL;
    rolesanywhere_result result = rolesanywhere_provider_credentials(provider, &credentials, NULL);
    int right = result == 0 && strcmp(rolesanywhere_credentials_access_key_id(credentials).data, "ASIAEXAMPLE") == 0;
    rolesanywhere_credentials_free(credentials);
    return right ? provider : NULL;
}

static void many_threads(void) {
    pthread_t threads[THREADS];
    rolesanywhere_provider *provider = provided(with_files(), answer);
    atomic_store(&sent, 0);
    atomic_store(&destroyed, 0);
    for (int i = 0; i < THREADS; i++) CHECK(pthread_create(&threads[i], NULL, fetch, provider) == 0);
    for (int i = 0; i < THREADS; i++) {
        void *right = NULL;
        pthread_join(threads[i], &right);
        CHECK(right == provider);
    }
    CHECK(atomic_load(&sent) == 1);
    CHECK(rolesanywhere_provider_next_refresh(provider) > time(NULL));
    CHECK(atomic_load(&destroyed) == 0);
    rolesanywhere_provider_free(provider);
    CHECK(atomic_load(&destroyed) == 1);
}

static void life(void) {
    rolesanywhere_error *error = NULL;
    rolesanywhere_credentials *credentials = NULL, *untouched = NULL;
    rolesanywhere_config *config = with_files();
    atomic_store(&events, 0);
    CHECK(rolesanywhere_config_set_log(config, count_event, NULL, NULL, NULL) == 0);
    rolesanywhere_provider *provider = provided(config, answer);
    atomic_store(&sent, 0);
    CHECK(fetched(provider, NULL) == 0 && fetched(provider, NULL) == 0);
    CHECK(atomic_load(&sent) == 1 && atomic_load(&events) == 1);
    CHECK(rolesanywhere_provider_refresh(provider, &credentials, NULL) == 0);
    CHECK(atomic_load(&sent) == 2);
    CHECK(rolesanywhere_provider_invalidate(provider, NULL) == 0);
    CHECK(rolesanywhere_provider_next_refresh(provider) == ROLESANYWHERE_NO_TIME);
    CHECK(fetched(provider, NULL) == 0 && atomic_load(&sent) == 3);
    CHECK(rolesanywhere_provider_close(provider, NULL) == 0);
    CHECK(rolesanywhere_provider_credentials(provider, &untouched, &error) == ROLESANYWHERE_RESULT_PROVIDER_CLOSED);
    CHECK(untouched == NULL);
    rolesanywhere_error_free(error);
    rolesanywhere_provider_free(provider);
    /* Credentials outlive their provider. */
    CHECK(strcmp(rolesanywhere_credentials_session_token(credentials).data, "token") == 0);
    rolesanywhere_credentials_free(credentials);
}

static void failing_transport(void) {
    rolesanywhere_error *error = NULL;
    rolesanywhere_provider *provider = provided(with_files(), refuse);
    CHECK(fetched(provider, &error) == ROLESANYWHERE_RESULT_TLS_FAILED);
    CHECK(strstr(rolesanywhere_error_message(error).data, "the cable is out") != NULL);
    CHECK(strcmp(rolesanywhere_error_code_kind(rolesanywhere_error_code(error)).data, "transport") == 0);
    rolesanywhere_error_free(error);
    rolesanywhere_provider_free(provider);
}

static rolesanywhere_result sign_with(void *key, const rolesanywhere_signing_request *request, rolesanywhere_signature *signature) {
    rolesanywhere_signature *made = NULL;
    rolesanywhere_bytes message = rolesanywhere_signing_request_message(request);
    CHECK(rolesanywhere_signing_request_scheme(request) == ROLESANYWHERE_SCHEME_ECDSA_SHA256);
    CHECK(rolesanywhere_signing_request_digest(request).length == 32);
    CHECK(rolesanywhere_signing_request_certificate_der(request).length > 0);
    CHECK(strcmp(rolesanywhere_signing_request_key_algorithm(request).data, "p256") == 0);
    atomic_fetch_add(&signatures, 1);
    CHECK(rolesanywhere_private_key_sign(key, message.data, message.length, &made, NULL) == 0);
    rolesanywhere_bytes bytes = rolesanywhere_signature_bytes(made);
    rolesanywhere_result result = rolesanywhere_signature_set(signature, bytes.data, bytes.length, ROLESANYWHERE_SIGNATURE_ENCODING_DER, NULL);
    rolesanywhere_signature_free(made);
    return result;
}

static rolesanywhere_result refuse_to_sign(void *user_data, const rolesanywhere_signing_request *request, rolesanywhere_signature *signature) {
    (void)user_data, (void)request;
    rolesanywhere_signature_set_message(signature, TEXT("the token was pulled"), NULL);
    return 7;
}

static rolesanywhere_result sign_wrongly(void *user_data, const rolesanywhere_signing_request *request, rolesanywhere_signature *signature) {
    uint8_t wrong[64];
    (void)user_data, (void)request;
    memset(wrong, 1, sizeof wrong);
    return rolesanywhere_signature_set(signature, wrong, sizeof wrong, ROLESANYWHERE_SIGNATURE_ENCODING_RAW, NULL);
}

static rolesanywhere_private_key *load_key(void) {
    rolesanywhere_private_key *key = NULL;
    size_t length;
    uint8_t *file = read_file(key_path, &length);
    CHECK(rolesanywhere_private_key_from_pem(file, length, NULL, 0, &key, NULL) == 0);
    free(file);
    return key;
}

static rolesanywhere_provider *with_signer(rolesanywhere_sign_callback sign, void *user_data) {
    rolesanywhere_config *config = support_config();
    size_t length;
    uint8_t *file = read_file(certificate_path, &length);
    CHECK(rolesanywhere_config_set_bytes(config, ROLESANYWHERE_OPTION_CERTIFICATE, file, length, NULL) == 0);
    CHECK(rolesanywhere_config_set_sign(config, sign, user_data, NULL, NULL) == 0);
    free(file);
    return provided(config, answer);
}

static void signers(void) {
    rolesanywhere_error *error = NULL;
    rolesanywhere_private_key *key = load_key();
    rolesanywhere_provider *provider = with_signer(sign_with, key);
    CHECK(fetched(provider, NULL) == 0 && atomic_load(&signatures) == 1);
    rolesanywhere_provider_free(provider);

    provider = with_signer(refuse_to_sign, NULL);
    CHECK(fetched(provider, &error) == ROLESANYWHERE_RESULT_SIGNING_FAILED);
    CHECK(strstr(rolesanywhere_error_message(error).data, "the token was pulled") != NULL);
    rolesanywhere_error_free(error);
    rolesanywhere_provider_free(provider);

    provider = with_signer(sign_wrongly, NULL);
    CHECK(fetched(provider, NULL) == ROLESANYWHERE_RESULT_SIGNATURE_INVALID);
    rolesanywhere_provider_free(provider);
    rolesanywhere_private_key_free(key);
}

static rolesanywhere_result identify(void *user_data, rolesanywhere_snapshot *snapshot) {
    rolesanywhere_bytes parts[2];
    rolesanywhere_identity *identity = NULL;
    rolesanywhere_private_key *key = NULL;
    size_t lengths[2];
    uint8_t *files[2] = { read_file(certificate_path, &lengths[0]), read_file(key_path, &lengths[1]) };
    (void)user_data;
    for (int i = 0; i < 2; i++) parts[i].data = files[i], parts[i].length = lengths[i];
    atomic_fetch_add(&identities, 1);
    CHECK(rolesanywhere_load_identity(parts, 2, NULL, 0, &identity, &key, NULL) == 0);
    rolesanywhere_result result = rolesanywhere_snapshot_set(snapshot, identity, key, NULL);
    rolesanywhere_private_key_free(key);
    rolesanywhere_identity_free(identity);
    free(files[0]);
    free(files[1]);
    return result;
}

static rolesanywhere_result no_identity(void *user_data, rolesanywhere_snapshot *snapshot) {
    (void)user_data, (void)snapshot;
    return ROLESANYWHERE_RESULT_CERTIFICATE_MISSING;
}

static void identity_callbacks(void) {
    rolesanywhere_config *config = support_config();
    CHECK(rolesanywhere_config_set_identity(config, identify, NULL, NULL, NULL) == 0);
    rolesanywhere_provider *provider = provided(config, answer);
    CHECK(fetched(provider, NULL) == 0 && atomic_load(&identities) == 1);
    rolesanywhere_provider_free(provider);
    config = support_config();
    CHECK(rolesanywhere_config_set_identity(config, no_identity, NULL, NULL, NULL) == 0);
    provider = provided(config, answer);
    CHECK(fetched(provider, NULL) == ROLESANYWHERE_RESULT_CERTIFICATE_MISSING);
    rolesanywhere_provider_free(provider);
}

static void fixed_clock(void *millis, uint64_t *unix_millis, uint64_t *monotonic_millis) {
    *unix_millis = 4000000000000 + *(uint64_t *)millis;
    *monotonic_millis = *(uint64_t *)millis;
}

static double half(void *user_data) {
    (void)user_data;
    return 0.5;
}

static rolesanywhere_poll *polled(rolesanywhere_provider *provider) {
    rolesanywhere_poll *poll = NULL;
    rolesanywhere_error *error = NULL;
    CHECK(support_ok(rolesanywhere_provider_poll(provider, &poll, &error), &error));
    return poll;
}

static rolesanywhere_attempt *begun(rolesanywhere_provider *provider) {
    rolesanywhere_poll *poll = polled(provider);
    rolesanywhere_attempt *attempt = rolesanywhere_poll_take_attempt(poll);
    CHECK(attempt != NULL && rolesanywhere_poll_take_attempt(poll) == NULL);
    CHECK(rolesanywhere_poll_wait_millis(poll) == 30000);
    rolesanywhere_poll_free(poll);
    return attempt;
}

static void out_of_turn(rolesanywhere_attempt *attempt) {
    CHECK(rolesanywhere_attempt_finish(attempt, BYTES("x"), ROLESANYWHERE_SIGNATURE_ENCODING_DER, NULL) == ROLESANYWHERE_RESULT_ARGUMENT_INVALID);
    CHECK(rolesanywhere_attempt_http_request(attempt) == NULL);
    CHECK(rolesanywhere_attempt_signing_request(attempt) == NULL);
}

/* The host sends: prepare, sign elsewhere, finish, receive. */
static void step_by_step(void) {
    uint64_t millis = 0;
    rolesanywhere_private_key *key = load_key();
    rolesanywhere_signature *signature = NULL;
    rolesanywhere_http_response *response = NULL;
    rolesanywhere_config *config = with_files();
    rolesanywhere_config_set_clock(config, fixed_clock, &millis, NULL, NULL);
    rolesanywhere_config_set_jitter(config, half, NULL, NULL, NULL);
    rolesanywhere_provider *provider = provided(config, NULL);
    CHECK(fetched(provider, NULL) == ROLESANYWHERE_RESULT_FEATURE_UNAVAILABLE);

    rolesanywhere_attempt_free(begun(provider)); /* given up: another may begin */
    rolesanywhere_attempt *attempt = begun(provider);
    out_of_turn(attempt);
    CHECK(rolesanywhere_attempt_prepare(attempt, NULL) == 0);
    CHECK(rolesanywhere_attempt_prepare(attempt, NULL) == ROLESANYWHERE_RESULT_ARGUMENT_INVALID);
    rolesanywhere_bytes message = rolesanywhere_signing_request_message(rolesanywhere_attempt_signing_request(attempt));
    CHECK(rolesanywhere_private_key_sign(key, message.data, message.length, &signature, NULL) == 0);
    rolesanywhere_bytes bytes = rolesanywhere_signature_bytes(signature);
    CHECK(rolesanywhere_attempt_finish(attempt, bytes.data, bytes.length, ROLESANYWHERE_SIGNATURE_ENCODING_DER, NULL) == 0);
    CHECK(rolesanywhere_http_request_header_count(rolesanywhere_attempt_http_request(attempt)) >= 4);
    CHECK(rolesanywhere_http_response_new(&response, NULL) == 0);
    CHECK(rolesanywhere_http_response_set_status(response, 201, NULL) == 0);
    CHECK(rolesanywhere_http_response_append_body(response, BYTES(reply), NULL) == 0);
    CHECK(rolesanywhere_attempt_receive(attempt, response, NULL) == 0);
    CHECK(rolesanywhere_attempt_receive(attempt, response, NULL) == ROLESANYWHERE_RESULT_ARGUMENT_INVALID);
    rolesanywhere_attempt_free(attempt);
    CHECK(fetched(provider, NULL) == 0);
    rolesanywhere_poll *poll = polled(provider);
    CHECK(rolesanywhere_poll_credentials(poll) != NULL && rolesanywhere_poll_error(poll) == NULL);
    rolesanywhere_poll_free(poll);
    rolesanywhere_provider_free(provider);
    rolesanywhere_http_response_free(response);
    rolesanywhere_signature_free(signature);
    rolesanywhere_private_key_free(key);
}

/* A host whose sending fails, and an attempt that outlives its provider. */
static void failing_steps(void) {
    uint64_t millis = 0;
    rolesanywhere_config *config = with_files();
    rolesanywhere_config_set_clock(config, fixed_clock, &millis, NULL, NULL);
    rolesanywhere_provider *provider = provided(config, NULL);
    rolesanywhere_attempt *attempt = begun(provider);
    CHECK(rolesanywhere_attempt_sign(attempt, NULL) == 0);
    CHECK(rolesanywhere_attempt_fail(attempt, ROLESANYWHERE_RESULT_TLS_FAILED, TEXT("no trust"), NULL) == 0);
    CHECK(rolesanywhere_attempt_fail(attempt, ROLESANYWHERE_RESULT_TIMEOUT, NULL, 0, NULL) == ROLESANYWHERE_RESULT_ARGUMENT_INVALID);
    rolesanywhere_attempt_free(attempt);
    rolesanywhere_poll *poll = polled(provider);
    CHECK(rolesanywhere_error_code(rolesanywhere_poll_error(poll)) == ROLESANYWHERE_RESULT_TLS_FAILED);
    CHECK(rolesanywhere_poll_take_attempt(poll) == NULL && rolesanywhere_poll_wait_millis(poll) == 15000);
    rolesanywhere_poll_free(poll);
    millis += 15000;
    attempt = begun(provider);
    rolesanywhere_provider_free(provider);
    CHECK(rolesanywhere_attempt_sign(attempt, NULL) == 0);
    rolesanywhere_attempt_free(attempt);
}

static void environment(void) {
    rolesanywhere_config *config = support_config();
    rolesanywhere_options *options = NULL;
    setenv("ROLESANYWHERE_REGION", "eu-central-1", 1);
    setenv("AWS_CONFIG_FILE", "/nonexistent", 1);
    CHECK(rolesanywhere_config_resolve(config, &options, NULL) == 0);
    CHECK(!rolesanywhere_options_is_given(options, ROLESANYWHERE_OPTION_REGION)); /* not unless asked */
    rolesanywhere_options_free(options);
    CHECK(rolesanywhere_config_use_environment(config, NULL) == 0);
    CHECK(rolesanywhere_config_resolve(config, &options, NULL) == 0);
    CHECK(strcmp(rolesanywhere_options_text(options, ROLESANYWHERE_OPTION_REGION).data, "eu-central-1") == 0);
    CHECK(strcmp(rolesanywhere_options_origin(options, ROLESANYWHERE_OPTION_REGION).data, "environment variable `ROLESANYWHERE_REGION`") == 0);
    rolesanywhere_options_free(options);
    rolesanywhere_config_free(config);
}

static rolesanywhere_result hang(void *user_data, const rolesanywhere_http_request *request, uint64_t limit,
                                 rolesanywhere_http_response *response) {
    (void)user_data, (void)request, (void)limit, (void)response;
    atomic_fetch_add(&sent, 1);
    while (pause() != 0) continue;
    return ROLESANYWHERE_RESULT_TIMEOUT;
}

/* What nobody may do: free a provider that another thread is using. A library with debug assertions ends the
 * program before that thread reads what is gone. */
static void freed_too_early(void) {
    struct timespec moment = { 0, 1000000 };
    int status = 0;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit none = { 0, 0 };
        pthread_t thread;
        setrlimit(RLIMIT_CORE, &none);
        rolesanywhere_provider *provider = provided(with_files(), hang);
        atomic_store(&sent, 0);
        pthread_create(&thread, NULL, fetch, provider);
        while (atomic_load(&sent) == 0) nanosleep(&moment, NULL);
        rolesanywhere_provider_free(provider);
        _exit(EXIT_SUCCESS);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void *fetch_until_closed(void *provider) {
    rolesanywhere_credentials *credentials = NULL;
    rolesanywhere_result result = rolesanywhere_provider_credentials(provider, &credentials, NULL);
    return result == ROLESANYWHERE_RESULT_PROVIDER_CLOSED && credentials == NULL ? provider : NULL;
}

/* What to do instead: threads that wait return when the provider is closed. They wait here for an attempt that
 * the program has taken and does not make. */
static void closed_in_time(void) {
    pthread_t threads[8];
    struct timespec moment = { 0, 20000000 };
    rolesanywhere_provider *provider = provided(with_files(), refuse);
    rolesanywhere_attempt *attempt = begun(provider);
    for (int i = 0; i < 8; i++) CHECK(pthread_create(&threads[i], NULL, fetch_until_closed, provider) == 0);
    nanosleep(&moment, NULL); /* some wait by then; one that comes late gets the same answer */
    CHECK(rolesanywhere_provider_close(provider, NULL) == 0);
    for (int i = 0; i < 8; i++) {
        void *right = NULL;
        pthread_join(threads[i], &right);
        CHECK(right == provider);
    }
    rolesanywhere_provider_free(provider);
    rolesanywhere_attempt_free(attempt);
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    certificate_path = argv[1];
    key_path = argv[2];
    life();
    freed_too_early();
    many_threads();
    closed_in_time();
    failing_transport();
    signers();
    identity_callbacks();
    step_by_step();
    failing_steps();
    environment();
    return support_end();
}
