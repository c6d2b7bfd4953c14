/* sts:GetCallerIdentity, signed by libcurl itself with the credentials (CURLOPT_AWS_SIGV4). Takes STS's
 * URL and the region; options come from the environment. */
#include <curl/curl.h>
#include <rolesanywhere.h>
#include <stdio.h>
#include <string.h>

static CURLcode get_caller_identity(const char *url, const char *region, const rolesanywhere_credentials *credentials) {
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = NULL;
    char sigv4[100], user[400], token[8192];
    snprintf(sigv4, sizeof sigv4, "aws:amz:%s:sts", region);
    snprintf(user, sizeof user, "%s:%s", rolesanywhere_credentials_access_key_id(credentials).data,
             rolesanywhere_credentials_secret_access_key(credentials).data);
    snprintf(token, sizeof token, "x-amz-security-token: %s", rolesanywhere_credentials_session_token(credentials).data);
    headers = curl_slist_append(headers, token);
    headers = curl_slist_append(headers, "content-type: application/x-www-form-urlencoded");
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, "Action=GetCallerIdentity&Version=2011-06-15");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_USERPWD, user);
    curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, sigv4);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    CURLcode code = curl_easy_perform(curl); /* prints the reply */
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return code;
}

int main(int argc, char **argv) {
    rolesanywhere_config *config = NULL;
    rolesanywhere_provider *provider = NULL;
    rolesanywhere_credentials *credentials = NULL;
    rolesanywhere_error *error = NULL;
    int failed = 1;

    if (argc != 3) return fprintf(stderr, "usage: caller_identity URL REGION\n"), 2;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (rolesanywhere_config_new(&config, &error) == 0 &&
        rolesanywhere_config_use_environment(config, &error) == 0 &&
        rolesanywhere_provider_new(config, NULL, &provider, &error) == 0 &&
        rolesanywhere_provider_credentials(provider, &credentials, &error) == 0)
        failed = get_caller_identity(argv[1], argv[2], credentials) != CURLE_OK;
    if (error != NULL) fprintf(stderr, "%s\n", rolesanywhere_error_message(error).data);

    rolesanywhere_credentials_free(credentials);
    rolesanywhere_provider_free(provider);
    rolesanywhere_config_free(config);
    rolesanywhere_error_free(error);
    curl_global_cleanup();
    return failed;
}
