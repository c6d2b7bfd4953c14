/* Calls that must be refused. */
#ifndef REFUSED_H
#define REFUSED_H

#include "support.h"
#include <stdint.h>

/* Each call must be refused with this code, give an error of the same code, and leave `out` alone. */
#define REFUSED(code, call)                                                                      \
    do {                                                                                         \
        rolesanywhere_error *error = NULL;                                                       \
        out = MARK;                                                                              \
        CHECK((call) == ROLESANYWHERE_RESULT_##code);                                            \
        CHECK(rolesanywhere_error_code(error) == ROLESANYWHERE_RESULT_##code);                   \
        CHECK(rolesanywhere_error_message(error).length > 0 && rolesanywhere_error_hint(error).length > 0); \
        CHECK(out == MARK);                                                                      \
        rolesanywhere_error_free(error);                                                         \
    } while (0)
#define MARK ((void *)&mark)
#define NULL_ARGUMENT_OF(call) REFUSED(NULL_ARGUMENT, call)

static char mark;
static void *out;

#endif
