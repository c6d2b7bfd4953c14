/* Credentials through the program's own libcurl, and a log. Options come from the environment. */
#include "curl_send.h"

static rolesanywhere_result send_with_curl(void *user_data, const rolesanywhere_http_request *request,
                                           uint64_t time_limit_millis, rolesanywhere_http_response *response) {
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = curl_send_prepare(curl, request, response);
    (void)user_data;
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)time_limit_millis);
    rolesanywhere_result result = curl_send_result(curl, curl_easy_perform(curl), response);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return result;
}

static void print_event(void *user_data, const rolesanywhere_event *event) {
    (void)user_data;
    fprintf(stderr, "%s: %s\n", rolesanywhere_event_name(event).data, rolesanywhere_event_message(event).data);
}

int main(void) {
    rolesanywhere_config *config = NULL;
    rolesanywhere_transport *transport = NULL;
    rolesanywhere_provider *provider = NULL;
    rolesanywhere_credentials *credentials = NULL;
    rolesanywhere_error *error = NULL;

    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (rolesanywhere_config_new(&config, &error) == 0 &&
        rolesanywhere_config_use_environment(config, &error) == 0 &&
        rolesanywhere_config_set_log(config, print_event, NULL, NULL, &error) == 0 &&
        rolesanywhere_transport_new(send_with_curl, NULL, NULL, &transport, &error) == 0 &&
        rolesanywhere_provider_new(config, transport, &provider, &error) == 0 &&
        rolesanywhere_provider_credentials(provider, &credentials, &error) == 0)
        printf("%s\n", rolesanywhere_credentials_access_key_id(credentials).data);
    if (error != NULL) fprintf(stderr, "%s\n", rolesanywhere_error_message(error).data);
    int failed = error != NULL;

    rolesanywhere_credentials_free(credentials);
    rolesanywhere_provider_free(provider);
    rolesanywhere_transport_free(transport);
    rolesanywhere_config_free(config);
    rolesanywhere_error_free(error);
    curl_global_cleanup();
    return failed;
}
