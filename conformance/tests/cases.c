/* Reads the exported header as a runner would, and fails by its status. */
#include "cases.h"

static const conformance_case *find_case(const char *id) {
    for (size_t i = 0; i < conformance_case_count; i++)
        if (strcmp(conformance_cases[i].id, id) == 0) return &conformance_cases[i];
    return NULL;
}

static int holds(const conformance_member *members, const char *name, const char *value) {
    const conformance_member *found = conformance_find(members, name);
    return found && found->length == strlen(value) && memcmp(found->value, value, found->length) == 0;
}

int main(void) {
    const conformance_case *plain = find_case("arn::role::plain");
    if (!plain || plain->error || strcmp(plain->operation, "arn") != 0) return 1;
    if (!holds(plain->input, "kind", "role") || conformance_find(plain->input, "no")) return 2;
    const conformance_case *signing = find_case("authorization::aws-helper::p256");
    if (!signing || strcmp(signing->features, "p256") != 0) return 3;
    if (!holds(signing->input, "headers.0.0", "Amz-Sdk-Invocation-Id")) return 4;
    const conformance_member *key = conformance_find(signing->input, "private_key");
    if (!key || !strstr(key->value, "-----BEGIN PRIVATE KEY-----")) return 5;
    const conformance_case *refused = find_case("session_response::unavailable::503");
    if (!refused || !refused->error || strcmp(refused->error, "service_unavailable") != 0) return 6;
    return holds(refused->expected, "retryable", "true") ? 0 : 7;
}
