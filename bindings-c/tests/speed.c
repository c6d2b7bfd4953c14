/* How long a signed CreateSession takes through the C interface. Takes the path of a file with a
 * certificate and its key, and how many to sign; prints microseconds for each. */
#define _POSIX_C_SOURCE 200809L
#include <rolesanywhere.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    static const char *const arns[] = { "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a",
        "arn:aws:rolesanywhere:us-east-1:111122223333:profile/b", "arn:aws:iam::111122223333:role/c" };
    static uint8_t file[1 << 16];
    rolesanywhere_bytes part = { file, 0 };
    rolesanywhere_config *config = NULL;
    rolesanywhere_create_session *create_session = NULL;
    rolesanywhere_identity *identity = NULL;
    rolesanywhere_private_key *key = NULL;
    if (argc != 3) return 2;
    FILE *stream = fopen(argv[1], "rb");
    part.length = stream ? fread(file, 1, sizeof file, stream) : 0;
    if (stream) fclose(stream);
    long count = strtol(argv[2], NULL, 10);
    rolesanywhere_config_new(&config, NULL);
    for (uint32_t option = 1; option <= 3; option++)
        rolesanywhere_config_set_text(config, option, arns[option - 1], strlen(arns[option - 1]), NULL);
    if (rolesanywhere_create_session_new(config, &create_session, NULL) != 0 ||
        rolesanywhere_load_identity(&part, 1, NULL, 0, &identity, &key, NULL) != 0)
        return 1;
    double began = seconds();
    for (long i = 0; i < count; i++) {
        rolesanywhere_http_request *request = NULL;
        if (rolesanywhere_create_session_sign(create_session, identity, key, 1795240399, &request, NULL) != 0) return 1;
        rolesanywhere_http_request_free(request);
    }
    printf("%.2f\n", (seconds() - began) * 1e6 / (double)count);
    rolesanywhere_private_key_free(key);
    rolesanywhere_identity_free(identity);
    rolesanywhere_create_session_free(create_session);
    rolesanywhere_config_free(config);
    return 0;
}
