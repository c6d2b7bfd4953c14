#include "judge.h"

const conformance_member *input(const judgement *it, const char *name) {
    return conformance_find(it->about->input, name);
}

const conformance_member *expected(const judgement *it, const char *name) {
    return conformance_find(it->about->expected, name);
}

const char *input_text(const judgement *it, const char *name) {
    const conformance_member *member = input(it, name);
    return member ? member->value : "";
}

long long input_number(const judgement *it, const char *name, long long otherwise) {
    const conformance_member *member = input(it, name);
    return member ? strtoll(member->value, NULL, 10) : otherwise;
}

bool input_flag(const judgement *it, const char *name) {
    return strcmp(input_text(it, name), "true") == 0;
}

const conformance_member *item(const conformance_member *members, const char *format, int index) {
    char name[120];
    snprintf(name, sizeof name, format, index);
    return conformance_find(members, name);
}

void fail(judgement *it, const char *stage, const char *context) {
    if (it->outcome == FAILED) return;
    it->outcome = FAILED;
    it->stage = stage;
    snprintf(it->context, sizeof it->context, "%s", context);
}

void same(judgement *it, const char *stage, const char *actual, size_t length) {
    const conformance_member *member = expected(it, stage);
    if (it->about->error) return;
    if (member == NULL && length == 0) return;
    if (member == NULL || member->length != length || memcmp(member->value, actual, length) != 0)
        fail(it, stage, actual ? actual : "(absent)");
}

void same_text(judgement *it, const char *stage, rolesanywhere_text actual) {
    same(it, stage, actual.data, actual.length);
}

void same_number(judgement *it, const char *stage, long long actual) {
    char text[32];
    same(it, stage, text, (size_t)snprintf(text, sizeof text, "%lld", actual));
}

void same_hex(judgement *it, const char *stage, rolesanywhere_bytes actual) {
    char *text = malloc(actual.length * 2 + 1);
    for (size_t i = 0; i < actual.length; i++) sprintf(text + 2 * i, "%02x", actual.data[i]);
    same(it, stage, text, actual.length * 2);
    free(text);
}

void same_digest(judgement *it, const char *stage, rolesanywhere_bytes data) {
    char text[65];
    sha256_hex(data.data, data.length, text);
    same(it, stage, text, 64);
}

rolesanywhere_name_value *pairs(const judgement *it, const char *name, size_t *count) {
    char format[60];
    snprintf(format, sizeof format, "%s.length", name);
    *count = (size_t)input_number(it, format, 0);
    rolesanywhere_name_value *found = calloc(*count + 1, sizeof *found);
    for (size_t i = 0; i < *count; i++) {
        const conformance_member *parts[2];
        for (int part = 0; part < 2; part++) {
            snprintf(format, sizeof format, "%s.%zu.%d", name, i, part);
            parts[part] = input(it, format);
        }
        rolesanywhere_name_value pair = { MEMBER_TEXT(parts[0]), MEMBER_TEXT(parts[1]) };
        found[i] = pair;
    }
    return found;
}

static void same_fact(judgement *it, const char *name, rolesanywhere_text actual) {
    const conformance_member *member = expected(it, name);
    if (member && (member->length != actual.length || memcmp(member->value, actual.data, actual.length) != 0))
        fail(it, "error", name);
}

void refused(judgement *it, rolesanywhere_error *error) {
    rolesanywhere_result code = rolesanywhere_error_code(error);
    snprintf(it->code, sizeof it->code, "%s", rolesanywhere_error_code_name(code).data);
    if (it->about->error == NULL || strcmp(it->about->error, it->code) != 0) {
        fail(it, it->about->error ? "error" : "result", rolesanywhere_error_message(error).data);
    } else {
        const conformance_member *retryable = expected(it, "retryable");
        const conformance_member *retry_after = expected(it, "retry_after");
        same_fact(it, "kind", rolesanywhere_error_code_kind(code));
        same_fact(it, "service_code", rolesanywhere_error_service_code(error));
        same_fact(it, "request_id", rolesanywhere_error_request_id(error));
        if (retryable && (strcmp(retryable->value, "true") == 0) != rolesanywhere_error_is_retryable(error))
            fail(it, "error", "retryable");
        if (retry_after && strtoll(retry_after->value, NULL, 10) != rolesanywhere_error_retry_after(error))
            fail(it, "error", "retry_after");
    }
    rolesanywhere_error_free(error);
}

bool step(judgement *it, rolesanywhere_result result, rolesanywhere_error **error) {
    if (result == ROLESANYWHERE_RESULT_OK) return true;
    refused(it, *error);
    *error = NULL;
    return false;
}

void accepted(judgement *it) {
    if (it->about->error) fail(it, "result", "it was accepted");
}

uint8_t *unhex(const char *text, size_t *length) {
    *length = strlen(text) / 2;
    uint8_t *bytes = malloc(*length + 1);
    for (size_t i = 0; i < *length; i++) {
        char pair[3] = { text[2 * i], text[2 * i + 1], 0 };
        bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return bytes;
}

static uint32_t rotate(uint32_t word, int by) { return word >> by | word << (32 - by); }

static void sha256_block(uint32_t state[8], const uint8_t *block) {
    static const uint32_t k[64] = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2 };
    uint32_t w[64], s[8];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t a = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t b = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + a + w[i - 7] + b;
    }
    memcpy(s, state, sizeof s);
    for (int i = 0; i < 64; i++) {
        uint32_t a = s[7] + (rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + k[i] + w[i];
        uint32_t b = (rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += a;
        s[0] = a + b;
    }
    for (int i = 0; i < 8; i++) state[i] += s[i];
}

void sha256_hex(const uint8_t *data, size_t length, char text[65]) {
    uint32_t state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
    uint8_t tail[128] = { 0 };
    size_t whole = length / 64 * 64, rest = length - whole, size = rest < 56 ? 64 : 128;
    for (size_t at = 0; at < whole; at += 64) sha256_block(state, data + at);
    if (rest) memcpy(tail, data + whole, rest);
    tail[rest] = 0x80;
    for (int i = 0; i < 8; i++) tail[size - 1 - (size_t)i] = (uint8_t)((uint64_t)length * 8 >> 8 * i);
    for (size_t at = 0; at < size; at += 64) sha256_block(state, tail + at);
    for (int i = 0; i < 8; i++) sprintf(text + 8 * i, "%08x", state[i]);
}
