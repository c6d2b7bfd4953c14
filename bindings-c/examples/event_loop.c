/* One thread, one loop: the provider says what to do, libcurl's multi interface does it, and the loop
 * ticks on meanwhile. Options come from the environment. */
#include "curl_send.h"

/* A transfer that is under way. */
static struct {
    rolesanywhere_attempt *attempt;
    rolesanywhere_http_response *response;
    struct curl_slist *headers;
    CURL *curl;
} transfer;

static void print_and_free(rolesanywhere_error *error) {
    if (error != NULL) fprintf(stderr, "%s\n", rolesanywhere_error_message(error).data);
    rolesanywhere_error_free(error);
}

static void begin(CURLM *multi, rolesanywhere_attempt *attempt) {
    rolesanywhere_error *error = NULL;
    transfer.attempt = attempt;
    if (rolesanywhere_attempt_sign(attempt, &error) != 0) { /* the provider knows already */
        print_and_free(error);
        rolesanywhere_attempt_free(attempt);
        transfer.attempt = NULL;
        return;
    }
    rolesanywhere_http_response_new(&transfer.response, NULL);
    transfer.curl = curl_easy_init();
    transfer.headers = curl_send_prepare(transfer.curl, rolesanywhere_attempt_http_request(attempt), transfer.response);
    curl_multi_add_handle(multi, transfer.curl);
}

static void end(CURLM *multi, CURLcode code) {
    rolesanywhere_error *error = NULL;
    rolesanywhere_result result = curl_send_result(transfer.curl, code, transfer.response);
    if (result == 0)
        rolesanywhere_attempt_receive(transfer.attempt, transfer.response, &error);
    else
        rolesanywhere_attempt_fail(transfer.attempt, result, NULL, 0, &error);
    print_and_free(error);
    curl_multi_remove_handle(multi, transfer.curl);
    curl_easy_cleanup(transfer.curl);
    curl_slist_free_all(transfer.headers);
    rolesanywhere_http_response_free(transfer.response);
    rolesanywhere_attempt_free(transfer.attempt);
    memset(&transfer, 0, sizeof transfer);
}

/* 1 with credentials, -1 without hope, 0 to go on after `*wait` milliseconds. */
static int ask(CURLM *multi, rolesanywhere_provider *provider, int *wait) {
    rolesanywhere_poll *poll = NULL;
    int outcome = 0;
    if (rolesanywhere_provider_poll(provider, &poll, NULL) != 0) return -1;
    uint64_t millis = rolesanywhere_poll_wait_millis(poll);
    *wait = millis < 1000 ? (int)millis : 1000;
    const rolesanywhere_credentials *credentials = rolesanywhere_poll_credentials(poll);
    rolesanywhere_attempt *attempt = rolesanywhere_poll_take_attempt(poll);
    if (credentials != NULL) {
        printf("%s\n", rolesanywhere_credentials_access_key_id(credentials).data);
        outcome = 1;
    } else if (rolesanywhere_poll_error(poll) != NULL) {
        outcome = -1;
    }
    if (attempt != NULL) begin(multi, attempt);
    rolesanywhere_poll_free(poll);
    return outcome;
}

int main(void) {
    rolesanywhere_config *config = NULL;
    rolesanywhere_transport *none = NULL;
    rolesanywhere_provider *provider = NULL;
    rolesanywhere_error *error = NULL;
    int outcome = -1, wait = 0, running = 0, messages = 0;

    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM *multi = curl_multi_init();
    if (rolesanywhere_config_new(&config, &error) == 0 &&
        rolesanywhere_config_use_environment(config, &error) == 0 &&
        rolesanywhere_transport_none(&none, &error) == 0 &&
        rolesanywhere_provider_new(config, none, &provider, &error) == 0)
        while ((outcome = ask(multi, provider, &wait)) == 0) {
            curl_multi_poll(multi, NULL, 0, wait, NULL); /* a program's own descriptors wait here too */
            curl_multi_perform(multi, &running);
            for (CURLMsg *message; (message = curl_multi_info_read(multi, &messages)) != NULL;)
                if (message->msg == CURLMSG_DONE) end(multi, message->data.result);
        }
    print_and_free(error);
    rolesanywhere_provider_free(provider);
    rolesanywhere_transport_free(none);
    rolesanywhere_config_free(config);
    curl_multi_cleanup(multi);
    curl_global_cleanup();
    return outcome == 1 ? 0 : 1;
}
