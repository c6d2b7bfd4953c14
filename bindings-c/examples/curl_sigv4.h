/* Makes a request of libcurl's one to an AWS service, signed with the credentials (CURLOPT_AWS_SIGV4,
 * libcurl 7.75 or later). Returns the headers, to be freed after the request. */
#ifndef CURL_SIGV4_H
#define CURL_SIGV4_H

#include <curl/curl.h>
#include <rolesanywhere.h>
#include <stdio.h>

static inline struct curl_slist *curl_sigv4(CURL *curl, const char *region, const char *service,
                                            const rolesanywhere_credentials *credentials) {
    char sigv4[200], user[400], token[8192];
    snprintf(sigv4, sizeof sigv4, "aws:amz:%s:%s", region, service);
    snprintf(user, sizeof user, "%s:%s", rolesanywhere_credentials_access_key_id(credentials).data,
             rolesanywhere_credentials_secret_access_key(credentials).data);
    snprintf(token, sizeof token, "x-amz-security-token: %s", rolesanywhere_credentials_session_token(credentials).data);
    struct curl_slist *headers = curl_slist_append(NULL, token);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_USERPWD, user);
    curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, sigv4);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    return headers;
}

#endif
