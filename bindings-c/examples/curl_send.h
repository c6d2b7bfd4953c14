/* A transport of one's own: one request with libcurl. Shared by the examples. */
#ifndef CURL_SEND_H
#define CURL_SEND_H

#include <curl/curl.h>
#include <rolesanywhere.h>
#include <stdio.h>
#include <string.h>

static size_t curl_send_body(char *data, size_t size, size_t count, void *response) {
    rolesanywhere_result result =
        rolesanywhere_http_response_append_body(response, (const uint8_t *)data, size * count, NULL);
    return result == 0 ? size * count : 0; /* 0 has libcurl give up */
}

static size_t curl_send_header(char *line, size_t size, size_t count, void *response) {
    size_t length = size * count;
    const char *colon = memchr(line, ':', length);
    if (colon != NULL) {
        const char *value = colon + 1, *end = line + length;
        while (value < end && *value == ' ') value++;
        while (end > value && (end[-1] == '\r' || end[-1] == '\n')) end--;
        rolesanywhere_http_response_add_header(response, line, (size_t)(colon - line), value, (size_t)(end - value), NULL);
    }
    return length;
}

/* Sets a handle up for a request. The list is to be freed after the transfer. */
static struct curl_slist *curl_send_prepare(CURL *curl, const rolesanywhere_http_request *request, rolesanywhere_http_response *response) {
    struct curl_slist *headers = NULL;
    rolesanywhere_bytes body = rolesanywhere_http_request_body(request);
    for (size_t i = 0; i < rolesanywhere_http_request_header_count(request); i++) {
        char line[24000]; /* a chain of certificates is one header */
        snprintf(line, sizeof line, "%s: %s", rolesanywhere_http_request_header_name(request, i).data,
                 rolesanywhere_http_request_header_value(request, i).data);
        headers = curl_slist_append(headers, line);
    }
    curl_easy_setopt(curl, CURLOPT_URL, rolesanywhere_http_request_url(request).data);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, rolesanywhere_http_request_method(request).data);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)body.length);
    curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body.length ? (const char *)body.data : "");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, curl_send_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, response);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, curl_send_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, response);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    return headers;
}

/* What a transport returns for an end of libcurl's. */
static rolesanywhere_result curl_send_result(CURL *curl, CURLcode code, rolesanywhere_http_response *response) {
    long status = 0;
    const char *message = curl_easy_strerror(code);
    if (code == CURLE_OK) {
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        return rolesanywhere_http_response_set_status(response, (uint32_t)status, NULL);
    }
    rolesanywhere_http_response_set_message(response, message, strlen(message), NULL);
    if (code == CURLE_OPERATION_TIMEDOUT) return ROLESANYWHERE_RESULT_TIMEOUT;
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR) return ROLESANYWHERE_RESULT_TLS_FAILED;
    return ROLESANYWHERE_RESULT_CONNECTION_FAILED;
}

#endif
