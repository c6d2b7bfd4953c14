/* A call to an AWS service, signed by libcurl itself with the credentials (CURLOPT_AWS_SIGV4). Options come
 * from the environment. Who am I, and an object for S3:
 *
 *     aws_call https://sts.eu-central-1.amazonaws.com/ eu-central-1 sts POST 'Action=GetCallerIdentity&Version=2011-06-15'
 *     aws_call https://BUCKET.s3.eu-central-1.amazonaws.com/KEY eu-central-1 s3 PUT 'good morning'
 */
#include "curl_sigv4.h"
#include <string.h>

static CURLcode call(char **words, const rolesanywhere_credentials *credentials) {
    const char *url = words[0], *region = words[1], *service = words[2], *method = words[3], *body = words[4];
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = curl_sigv4(curl, region, service, credentials);
    if (strcmp(method, "PUT") == 0) curl_slist_append(headers, "Content-Type: text/plain"); /* libcurl's own is that of a form */
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body); /* not CURLOPT_UPLOAD, whose body libcurl does not sign */
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
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

    if (argc != 6) return fprintf(stderr, "usage: aws_call URL REGION SERVICE METHOD BODY\n"), 2;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (rolesanywhere_config_new(&config, &error) == 0 &&
        rolesanywhere_config_use_environment(config, &error) == 0 &&
        rolesanywhere_provider_new(config, NULL, &provider, &error) == 0 &&
        rolesanywhere_provider_credentials(provider, &credentials, &error) == 0)
        failed = call(argv + 1, credentials) != CURLE_OK;
    if (error != NULL) fprintf(stderr, "%s\n", rolesanywhere_error_message(error).data);

    rolesanywhere_credentials_free(credentials);
    rolesanywhere_provider_free(provider);
    rolesanywhere_config_free(config);
    rolesanywhere_error_free(error);
    curl_global_cleanup();
    return failed;
}
