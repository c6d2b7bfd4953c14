/* Bytes in, bytes out: signs a CreateSession and prints it as a curl command's arguments. Nothing is
 * sent. Takes certificate, key, trust anchor's, profile's and role's ARN, endpoint. */
#include <rolesanywhere.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint8_t *read_file(const char *path, size_t *length) {
    uint8_t *data = malloc(1 << 16);
    FILE *file = fopen(path, "rb");
    *length = file ? fread(data, 1, 1 << 16, file) : 0;
    if (file) fclose(file);
    return data;
}

static void print_request(const rolesanywhere_http_request *request) {
    rolesanywhere_bytes body = rolesanywhere_http_request_body(request);
    printf("%s\n%s\n", rolesanywhere_http_request_method(request).data, rolesanywhere_http_request_url(request).data);
    for (size_t i = 0; i < rolesanywhere_http_request_header_count(request); i++)
        printf("%s: %s\n", rolesanywhere_http_request_header_name(request, i).data,
               rolesanywhere_http_request_header_value(request, i).data);
    printf("\n%.*s\n", (int)body.length, (const char *)body.data);
}

int main(int argc, char **argv) {
    static const uint32_t options[] = { ROLESANYWHERE_OPTION_TRUST_ANCHOR_ARN, ROLESANYWHERE_OPTION_PROFILE_ARN,
                                        ROLESANYWHERE_OPTION_ROLE_ARN, ROLESANYWHERE_OPTION_ENDPOINT };
    rolesanywhere_config *config = NULL;
    rolesanywhere_create_session *create_session = NULL;
    rolesanywhere_identity *identity = NULL;
    rolesanywhere_private_key *private_key = NULL;
    rolesanywhere_http_request *request = NULL;
    rolesanywhere_error *error = NULL;
    size_t certificate_length, key_length;

    if (argc != 7) return fprintf(stderr, "usage: sign_only CERTIFICATE KEY ANCHOR PROFILE ROLE ENDPOINT\n"), 2;
    uint8_t *certificate = read_file(argv[1], &certificate_length), *key = read_file(argv[2], &key_length);
    rolesanywhere_config_new(&config, NULL);
    for (int i = 0; i < 4; i++)
        rolesanywhere_config_set_text(config, options[i], argv[3 + i], strlen(argv[3 + i]), NULL);

    if (rolesanywhere_create_session_new(config, &create_session, &error) == 0 &&
        rolesanywhere_identity_from_pem(certificate, certificate_length, NULL, 0, &identity, &error) == 0 &&
        rolesanywhere_private_key_from_pem(key, key_length, NULL, 0, &private_key, &error) == 0 &&
        rolesanywhere_identity_check(identity, private_key, time(NULL), &error) == 0 &&
        rolesanywhere_create_session_sign(create_session, identity, private_key, time(NULL), &request, &error) == 0)
        print_request(request);
    if (error != NULL) fprintf(stderr, "%s\n", rolesanywhere_error_message(error).data);
    int failed = error != NULL;

    rolesanywhere_http_request_free(request);
    rolesanywhere_private_key_free(private_key);
    rolesanywhere_identity_free(identity);
    rolesanywhere_create_session_free(create_session);
    rolesanywhere_config_free(config);
    rolesanywhere_error_free(error);
    free(certificate);
    free(key);
    return failed;
}
