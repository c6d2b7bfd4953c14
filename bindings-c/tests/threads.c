/* One provider and many threads: cold, then everything at once, then closed. For the thread sanitizer, which
 * judges; what the threads share here is atomic, or guarded by what the library promises. Takes the number of
 * rounds and the path of a file with a certificate and its key. */
#define _POSIX_C_SOURCE 200809L
#include "support.h"
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#define THREADS 64

static const char reply[] =
    "{\"credentialSet\":[{\"credentials\":{\"accessKeyId\":\"ASIAEXAMPLE\",\"secretAccessKey\":\"secret\","
    "\"sessionToken\":\"token\",\"expiration\":\"2099-01-01T00:00:00Z\"}}]}";

static uint8_t corpus[1 << 16];
static size_t corpus_length;
static atomic_int sent, events, wrong;
/* Not atomic: one request at a time is under way, and its thread hands over to the next. */
static int in_transport;
static pthread_barrier_t start;

static rolesanywhere_result answer(void *user_data, const rolesanywhere_http_request *request, uint64_t limit,
                                   rolesanywhere_http_response *response) {
    struct timespec pause = { 0, 1000000 };
    (void)user_data, (void)limit;
    if (in_transport++ != 0 || rolesanywhere_http_request_body(request).length == 0) atomic_fetch_add(&wrong, 1);
    atomic_fetch_add(&sent, 1);
    nanosleep(&pause, NULL);
    in_transport--;
    rolesanywhere_http_response_set_status(response, 201, NULL);
    return rolesanywhere_http_response_append_body(response, BYTES(reply), NULL);
}

static void count_event(void *user_data, const rolesanywhere_event *event) {
    (void)user_data;
    if (rolesanywhere_event_message(event).length > 0) atomic_fetch_add(&events, 1);
}

static rolesanywhere_provider *provided(void) {
    rolesanywhere_config *config = support_config();
    rolesanywhere_transport *transport = NULL;
    rolesanywhere_provider *provider = NULL;
    rolesanywhere_error *error = NULL;
    rolesanywhere_config_set_bytes(config, ROLESANYWHERE_OPTION_CERTIFICATE, corpus, corpus_length, NULL);
    rolesanywhere_config_set_log(config, count_event, NULL, NULL, NULL);
    CHECK(rolesanywhere_transport_new(answer, NULL, NULL, &transport, NULL) == 0);
    CHECK(support_ok(rolesanywhere_provider_new(config, transport, &provider, &error), &error));
    rolesanywhere_transport_free(transport);
    rolesanywhere_config_free(config);
    return provider;
}

static void fetch(rolesanywhere_provider *provider) {
    rolesanywhere_credentials *credentials = NULL;
    rolesanywhere_error *error = NULL;
    rolesanywhere_result result = rolesanywhere_provider_credentials(provider, &credentials, &error);
    bool served = result == 0 && strcmp(rolesanywhere_credentials_secret_access_key(credentials).data, "secret") == 0;
    bool closed = result == ROLESANYWHERE_RESULT_PROVIDER_CLOSED && rolesanywhere_error_code(error) == result;
    if (!served && !closed) atomic_fetch_add(&wrong, 1);
    rolesanywhere_error_free(error);
    rolesanywhere_credentials_free(credentials);
}

static void *once(void *provider) {
    pthread_barrier_wait(&start);
    fetch(provider);
    return NULL;
}

/* An attempt that this thread makes step by step, while others wait for it. */
static void poll_once(rolesanywhere_provider *provider) {
    rolesanywhere_poll *poll = NULL;
    rolesanywhere_http_response *response = NULL;
    if (rolesanywhere_provider_poll(provider, &poll, NULL) != 0) return;
    rolesanywhere_attempt *attempt = rolesanywhere_poll_take_attempt(poll);
    rolesanywhere_poll_free(poll);
    if (attempt == NULL) return;
    rolesanywhere_http_response_new(&response, NULL);
    if (rolesanywhere_attempt_sign(attempt, NULL) != 0 ||
        answer(NULL, rolesanywhere_attempt_http_request(attempt), 0, response) != 0 ||
        rolesanywhere_attempt_receive(attempt, response, NULL) != 0)
        atomic_fetch_add(&wrong, 1);
    rolesanywhere_http_response_free(response);
    rolesanywhere_attempt_free(attempt);
}

static void *everything(void *provider) {
    pthread_barrier_wait(&start);
    for (int i = 0; i < 20; i++) {
        rolesanywhere_credentials *credentials = NULL;
        fetch(provider);
        (void)rolesanywhere_provider_next_refresh(provider);
        if (i % 5 == 1) rolesanywhere_provider_invalidate(provider, NULL);
        if (i % 5 == 2) poll_once(provider);
        if (i % 5 == 3) rolesanywhere_provider_refresh(provider, &credentials, NULL);
        (void)rolesanywhere_error_code_hint(rolesanywhere_error_code_at((size_t)i));
        rolesanywhere_credentials_free(credentials);
    }
    return NULL;
}

static void run(void *(*body)(void *), void *provider, int count, bool closes) {
    pthread_t threads[THREADS];
    CHECK(pthread_barrier_init(&start, NULL, (unsigned)count + 1) == 0);
    for (int i = 0; i < count; i++) CHECK(pthread_create(&threads[i], NULL, body, provider) == 0);
    pthread_barrier_wait(&start);
    if (closes) CHECK(rolesanywhere_provider_close(provider, NULL) == 0);
    for (int i = 0; i < count; i++) pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&start);
}

#ifdef MISUSED
/* What the header forbids: two threads that change one handle. */
static void *change(void *response) {
    pthread_barrier_wait(&start);
    for (uint32_t i = 0; i < 1000; i++) rolesanywhere_http_response_set_status(response, 200 + i % 2, NULL);
    return NULL;
}

static void misuse(void) {
    rolesanywhere_http_response *response = NULL;
    CHECK(rolesanywhere_http_response_new(&response, NULL) == 0);
    run(change, response, 2, false);
    rolesanywhere_http_response_free(response);
}
#endif

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    FILE *file = fopen(argv[2], "rb");
    corpus_length = file ? fread(corpus, 1, sizeof corpus, file) : 0;
    if (file) fclose(file);
#ifdef MISUSED
    misuse();
#endif
    for (long round = strtol(argv[1], NULL, 10); round > 0; round--) {
        rolesanywhere_provider *provider = provided();
        atomic_store(&sent, 0);
        run(once, provider, THREADS, false);
        CHECK(atomic_load(&sent) == 1);
        run(everything, provider, 8, false);
        run(once, provider, THREADS, true);
        rolesanywhere_provider_free(provider);
    }
    CHECK(atomic_load(&events) > 0 && atomic_load(&wrong) == 0);
    return support_end();
}
