/* A write plugin for collectd that writes metrics to S3, or posts them to another AWS service, with
 * credentials of its own: from the machine's certificate, inside collectd's process, refreshed as long as
 * it runs.
 *
 *     LoadPlugin write_rolesanywhere
 *     <Plugin write_rolesanywhere>
 *         URL "https://bucket.s3.eu-central-1.amazonaws.com/metrics"   # one object below it a write
 *         Service "s3"
 *         Region "eu-central-1"
 *         trust_anchor_arn "arn:aws:rolesanywhere:…"   # and every other option by its name
 *     </Plugin>
 *
 * `Body` sends a fixed text in place of the metrics, such as `Action=GetCallerIdentity&Version=2011-06-15`
 * with `Service "sts"` to see whether the service knows who asks. */
#include <collectd.h>
#include <plugin.h>
#include <utils/common/common.h>

#include "../curl_sigv4.h"
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

static rolesanywhere_config *config;
static rolesanywhere_provider *provider;
static char *url, *service, *region, *body;

static void log_error(const char *what, rolesanywhere_error *error) {
    ERROR("write_rolesanywhere: %s: %s; %s", what, rolesanywhere_error_message(error).data,
          rolesanywhere_error_hint(error).data);
    rolesanywhere_error_free(error);
}

static void log_event(void *user_data, const rolesanywhere_event *event) {
    (void)user_data;
    if (rolesanywhere_event_level(event) == ROLESANYWHERE_LEVEL_INFO)
        INFO("write_rolesanywhere: %s: %s", rolesanywhere_event_name(event).data, rolesanywhere_event_message(event).data);
    else
        WARNING("write_rolesanywhere: %s: %s", rolesanywhere_event_name(event).data, rolesanywhere_event_message(event).data);
}

static int set_option(const oconfig_item_t *item) {
    rolesanywhere_error *error = NULL;
    uint32_t option = 0;
    char *value = NULL;
    if (cf_util_get_string(item, &value) != 0) return -1;
    if (rolesanywhere_option_from_name(item->key, strlen(item->key), &option, &error) != 0 ||
        rolesanywhere_config_set_text(config, option, value, strlen(value), &error) != 0)
        log_error(item->key, error);
    sfree(value);
    return 0;
}

static int configure(oconfig_item_t *block) {
    if (rolesanywhere_config_new(&config, NULL) != 0) return -1;
    for (int i = 0; i < block->children_num; i++) {
        oconfig_item_t *item = block->children + i;
        if (strcasecmp(item->key, "URL") == 0) cf_util_get_string(item, &url);
        else if (strcasecmp(item->key, "Service") == 0) cf_util_get_string(item, &service);
        else if (strcasecmp(item->key, "Region") == 0) cf_util_get_string(item, &region);
        else if (strcasecmp(item->key, "Body") == 0) cf_util_get_string(item, &body);
        else if (set_option(item) != 0) return -1;
    }
    return 0;
}

static int start(void) {
    rolesanywhere_error *error = NULL;
    if (config == NULL || url == NULL || service == NULL || region == NULL) {
        ERROR("write_rolesanywhere: URL, Service and Region are required");
        return -1;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    rolesanywhere_config_set_log(config, log_event, NULL, NULL, NULL);
    if (rolesanywhere_provider_new(config, NULL, &provider, &error) == 0) return 0;
    log_error("the provider", error);
    return -1;
}

static size_t keep_reply(char *data, size_t size, size_t count, void *reply) {
    size_t used = strlen(reply), more = size * count;
    if (used + more < 4096) ((char *)memcpy((char *)reply + used, data, more))[more] = 0;
    return more;
}

/* S3 keeps what was sent as an object; other services get it posted. */
static CURLcode send_text(const rolesanywhere_credentials *credentials, const char *name, const char *text, char *reply) {
    CURL *curl = curl_easy_init();
    char object[1024];
    bool is_object = strcmp(service, "s3") == 0;
    struct curl_slist *headers = curl_sigv4(curl, region, service, credentials);
    snprintf(object, sizeof object, "%s/%s-%ld", url, name, (long)time(NULL));
    curl_easy_setopt(curl, CURLOPT_URL, is_object ? object : url);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, text);
    if (is_object) {
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "PUT");
        curl_slist_append(headers, "Content-Type: text/plain"); /* libcurl's own is that of a form */
    }
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep_reply);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, reply);
    CURLcode code = curl_easy_perform(curl);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return code;
}

static int write_values(const data_set_t *set, const value_list_t *values, user_data_t *user_data) {
    rolesanywhere_credentials *credentials = NULL;
    rolesanywhere_error *error = NULL;
    char name[6 * DATA_MAX_NAME_LEN], numbers[512], text[4096], reply[4096] = "";
    (void)user_data;
    FORMAT_VL(name, sizeof name, values);
    if (format_values(numbers, sizeof numbers, set, values, false) != 0) return -1;
    snprintf(text, sizeof text, "%s %s\n", name, numbers);
    if (rolesanywhere_provider_credentials(provider, &credentials, &error) != 0) {
        log_error("no credentials", error);
        return -1;
    }
    CURLcode code = send_text(credentials, name, body ? body : text, reply);
    if (code == CURLE_OK) INFO("write_rolesanywhere: %s: the service said %s", name, reply);
    else WARNING("write_rolesanywhere: %s", curl_easy_strerror(code));
    rolesanywhere_credentials_free(credentials);
    return code == CURLE_OK ? 0 : -1;
}

static int stop(void) {
    rolesanywhere_provider_free(provider);
    rolesanywhere_config_free(config);
    provider = NULL;
    config = NULL;
    curl_global_cleanup();
    return 0;
}

void module_register(void) {
    plugin_register_complex_config("write_rolesanywhere", configure);
    plugin_register_init("write_rolesanywhere", start);
    plugin_register_write("write_rolesanywhere", write_values, NULL);
    plugin_register_shutdown("write_rolesanywhere", stop);
}
