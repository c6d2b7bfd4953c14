/* What the test programs share: checks that say where they failed, and short ways to pass texts. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include <rolesanywhere.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A C string as pointer and length. */
#define TEXT(text) (text), strlen(text)
#define BYTES(text) (const uint8_t *)(text), strlen(text)

static int support_checks, support_failures;

#define CHECK(condition) support_check((condition) ? 1 : 0, #condition, __FILE__, __LINE__)

static inline void support_check(int holds, const char *what, const char *file, int line) {
    support_checks++;
    if (holds) return;
    support_failures++;
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
}

/* Whether a call succeeded; says why not, and frees the error. */
static inline int support_ok(rolesanywhere_result result, rolesanywhere_error **error) {
    if (result != ROLESANYWHERE_RESULT_OK && *error != NULL) {
        fprintf(stderr, "%s [%s]; hint: %s\n", rolesanywhere_error_message(*error).data,
                rolesanywhere_error_code_name(result).data, rolesanywhere_error_hint(*error).data);
        rolesanywhere_error_free(*error);
        *error = NULL;
    }
    return result == ROLESANYWHERE_RESULT_OK;
}

/* A configuration with the three ARNs, and nothing else. */
static inline rolesanywhere_config *support_config(void) {
    rolesanywhere_config *config = NULL;
    CHECK(rolesanywhere_config_new(&config, NULL) == 0);
    rolesanywhere_config_set_text(config, ROLESANYWHERE_OPTION_TRUST_ANCHOR_ARN, TEXT("arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a"), NULL);
    rolesanywhere_config_set_text(config, ROLESANYWHERE_OPTION_PROFILE_ARN, TEXT("arn:aws:rolesanywhere:us-east-1:111122223333:profile/b"), NULL);
    rolesanywhere_config_set_text(config, ROLESANYWHERE_OPTION_ROLE_ARN, TEXT("arn:aws:iam::111122223333:role/c"), NULL);
    return config;
}

/* The last line of each test program, in the form that the test suite reads. */
static inline int support_end(void) {
    printf("test result: %s. %d passed; %d failed; 0 ignored\n", support_failures ? "FAILED" : "ok",
           support_checks - support_failures, support_failures);
    return support_failures ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
