/* One case and what came of it. */
#ifndef JUDGE_H
#define JUDGE_H

#include "cases.h"
#include <rolesanywhere.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum outcome { PASSED, FAILED, SKIPPED };

typedef struct {
    const conformance_case *about;
    enum outcome outcome;
    const char *stage; /* the first member that differs */
    char code[64];     /* the error that came out */
    char context[200];
} judgement;

typedef void operation(judgement *it);

operation judge_arn, judge_endpoint, judge_pem, judge_canonical_request, judge_string_to_sign;
operation judge_certificate, judge_private_key, judge_identity, judge_signature;
operation judge_authorization, judge_create_session, judge_session_response;
operation judge_credentials, judge_refresh, judge_config, judge_error_codes;

/* Members. The first gives NULL where there is none; the others the empty text and `otherwise`. */
const conformance_member *input(const judgement *it, const char *name);
const conformance_member *expected(const judgement *it, const char *name);
const char *input_text(const judgement *it, const char *name);
long long input_number(const judgement *it, const char *name, long long otherwise);
bool input_flag(const judgement *it, const char *name);
const conformance_member *item(const conformance_member *members, const char *format, int index);

/* A member as pointer and length; NULL where there is none. */
#define MEMBER_TEXT(member) ((member) ? (member)->value : NULL), ((member) ? (member)->length : 0)
#define MEMBER_BYTES(member) (const uint8_t *)((member) ? (member)->value : NULL), ((member) ? (member)->length : 0)

/* Comparisons; the first that fails counts. */
void fail(judgement *it, const char *stage, const char *context);
void same(judgement *it, const char *stage, const char *actual, size_t length);
void same_text(judgement *it, const char *stage, rolesanywhere_text actual);
void same_number(judgement *it, const char *stage, long long actual);
void same_hex(judgement *it, const char *stage, rolesanywhere_bytes actual);
/* Takes an error: right where the case expects it, with all that it says of it. */
void refused(judgement *it, rolesanywhere_error *error);
/* A step of a case: whether to go on. */
bool step(judgement *it, rolesanywhere_result result, rolesanywhere_error **error);
/* The end of a case that nothing refused. */
void accepted(judgement *it);

void same_digest(judgement *it, const char *stage, rolesanywhere_bytes data);

/* Pairs of an input, such as `headers`; to be freed. */
rolesanywhere_name_value *pairs(const judgement *it, const char *name, size_t *count);

/* Bytes of a hexadecimal text; to be freed. */
uint8_t *unhex(const char *text, size_t *length);
void sha256_hex(const uint8_t *data, size_t length, char text[65]);

#endif
