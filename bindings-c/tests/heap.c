/* Handles made and freed, again and again: afterwards the heap is as large as before. Counts malloc's own
 * bytes in use. Takes the number of cycles and the path of a file with a certificate and its key. */
#include "support.h"
#include <malloc.h>
#include <time.h>

static uint8_t corpus[1 << 16];
static size_t corpus_length;

static const char reply[] =
    "{\"credentialSet\":[{\"credentials\":{\"accessKeyId\":\"ASIAEXAMPLE\",\"secretAccessKey\":\"secret\","
    "\"sessionToken\":\"token\",\"expiration\":\"2099-01-01T00:00:00Z\"}}]}";

static rolesanywhere_result answer(void *user_data, const rolesanywhere_http_request *request, uint64_t limit,
                                   rolesanywhere_http_response *response) {
    (void)user_data, (void)request, (void)limit;
    rolesanywhere_http_response_set_status(response, 201, NULL);
    return rolesanywhere_http_response_append_body(response, BYTES(reply), NULL);
}

static rolesanywhere_config *configured(void) {
    rolesanywhere_config *config = support_config();
    rolesanywhere_config_set_bytes(config, ROLESANYWHERE_OPTION_CERTIFICATE, corpus, corpus_length, NULL);
    return config;
}

/* Every type of handle once, and a failure. */
static void cycle(int fetch) {
    rolesanywhere_transport *transport = NULL;
    rolesanywhere_provider *provider = NULL;
    rolesanywhere_credentials *credentials = NULL;
    rolesanywhere_create_session *create_session = NULL;
    rolesanywhere_options *options = NULL;
    rolesanywhere_refresh *refresh = NULL;
    rolesanywhere_refresh_poll_answer *poll = NULL;
    rolesanywhere_string *json = NULL;
    rolesanywhere_error *error = NULL;
    rolesanywhere_config *config = configured();
    rolesanywhere_transport_new(answer, NULL, NULL, &transport, NULL);
    rolesanywhere_config_resolve(config, &options, NULL);
    rolesanywhere_create_session_new(config, &create_session, NULL);
    rolesanywhere_refresh_new(&refresh, NULL);
    rolesanywhere_refresh_poll(refresh, 1795240000000, 0, &poll, NULL);
    rolesanywhere_config_set_text(config, 0, "x", 1, &error);
    if (rolesanywhere_provider_new(config, transport, &provider, NULL) == 0 && fetch &&
        rolesanywhere_provider_credentials(provider, &credentials, NULL) == 0)
        rolesanywhere_credentials_to_container_json(credentials, &json, NULL);
    if (fetch) CHECK(json != NULL);
    rolesanywhere_string_free(json);
    rolesanywhere_credentials_free(credentials);
    rolesanywhere_provider_free(provider);
    rolesanywhere_create_session_free(create_session);
    rolesanywhere_options_free(options);
    rolesanywhere_refresh_poll_free(poll);
    rolesanywhere_refresh_free(refresh);
    rolesanywhere_transport_free(transport);
    rolesanywhere_config_free(config);
    rolesanywhere_error_free(error);
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    long cycles = strtol(argv[1], NULL, 10);
    FILE *file = fopen(argv[2], "rb");
    corpus_length = file ? fread(corpus, 1, sizeof corpus, file) : 0;
    if (file) fclose(file);
    for (int i = 0; i < 100; i++) cycle(1); /* what is made once is made now */
    size_t before = mallinfo2().uordblks;
    for (long i = 0; i < cycles; i++) cycle(i % 100 == 0);
    size_t after = mallinfo2().uordblks;
    printf("%ld cycles: %zu bytes in use before, %zu after\n", cycles, before, after);
    CHECK(after <= before + 1024);
    return support_end();
}
