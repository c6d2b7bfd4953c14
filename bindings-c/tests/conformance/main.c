/* Every case of the vectors, through rolesanywhere.h. Writes the results file that its argument names. */
#include "judge.h"

static const struct { const char *name; operation *judge; } operations[] = {
    { "arn", judge_arn },
    { "pem", judge_pem },
    { "certificate", judge_certificate },
    { "private_key", judge_private_key },
    { "identity", judge_identity },
    { "endpoint", judge_endpoint },
    { "canonical_request", judge_canonical_request },
    { "string_to_sign", judge_string_to_sign },
    { "signature", judge_signature },
    { "authorization", judge_authorization },
    { "create_session", judge_create_session },
    { "session_response", judge_session_response },
    { "credentials", judge_credentials },
    { "refresh", judge_refresh },
    { "config", judge_config },
    { "error_codes", judge_error_codes },
};

static judgement judge(const conformance_case *about) {
    judgement it = { 0 };
    it.about = about;
    it.outcome = SKIPPED; /* an operation that is new */
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        if (strcmp(operations[i].name, about->operation) != 0) continue;
        it.outcome = PASSED;
        operations[i].judge(&it);
    }
    return it;
}

static void print_json(FILE *file, const char *text) {
    fputc('"', file);
    for (; *text; text++)
        if (*text == '"' || *text == '\\') fprintf(file, "\\%c", *text);
        else if ((unsigned char)*text < ' ') fprintf(file, "\\u%04x", *text);
        else if ((unsigned char)*text < 0x7f) fputc(*text, file);
    fputc('"', file);
}

static void write_result(FILE *file, const judgement *it, bool last) {
    static const char *const names[] = { "passed", "failed", "skipped" };
    fprintf(file, "    { \"id\": ");
    print_json(file, it->about->id);
    fprintf(file, ", \"outcome\": \"%s\"", names[it->outcome]);
    if (it->code[0]) fprintf(file, ", \"code\": \"%s\"", it->code);
    if (it->outcome == FAILED) {
        fprintf(file, ", \"stage\": \"%s\", \"context\": ", it->stage);
        print_json(file, it->context);
    }
    fprintf(file, " }%s\n", last ? "" : ",");
}

int main(int argc, char **argv) {
    size_t counts[3] = { 0 };
    FILE *file = argc > 1 ? fopen(argv[1], "w") : NULL;
    if (argc > 1 && file == NULL) {
        perror(argv[1]);
        return EXIT_FAILURE;
    }
    if (file) fprintf(file, "{\n  \"version\": 1,\n  \"runner\": \"c\",\n  \"results\": [\n");
    for (size_t i = 0; i < conformance_case_count; i++) {
        judgement it = judge(&conformance_cases[i]);
        counts[it.outcome]++;
        if (file) write_result(file, &it, i + 1 == conformance_case_count);
    }
    if (file) {
        fprintf(file, "  ]\n}\n");
        if (fclose(file) != 0) return EXIT_FAILURE;
    }
    printf("%zu passed, %zu failed, %zu skipped\n", counts[PASSED], counts[FAILED], counts[SKIPPED]);
    /* Which failures are allowed, the report over the results decides. */
    return EXIT_SUCCESS;
}
