/* credentials, refresh, config, error_codes */
#include "judge.h"

void judge_error_codes(judgement *it) {
    const char *name = input_text(it, "code");
    for (size_t i = 0; i < rolesanywhere_error_code_count(); i++) {
        rolesanywhere_result code = rolesanywhere_error_code_at(i);
        if (strcmp(rolesanywhere_error_code_name(code).data, name) != 0) continue;
        const char *retryable = rolesanywhere_error_code_is_retryable(code) ? "true" : "false";
        same_number(it, "number", code);
        same_text(it, "kind", rolesanywhere_error_code_kind(code));
        same(it, "retryable", retryable, strlen(retryable));
        return;
    }
    fail(it, "code", "there is no such code");
}

/* One JSON string or number, unescaped into `text`; the position behind it. */
static const char *json_value(const char *json, char *text) {
    if (*json != '"') {
        while (*json && *json != ',' && *json != '}') *text++ = *json++;
        *text = 0;
        return json;
    }
    for (json++; *json && *json != '"'; json++) {
        if (*json != '\\') { *text++ = *json; continue; }
        json++;
        if (*json == 'u') { char hex[5] = { json[1], json[2], json[3], json[4], 0 }; *text++ = (char)strtol(hex, NULL, 16); json += 4; }
        else *text++ = *json == 'n' ? '\n' : *json == 't' ? '\t' : *json == 'r' ? '\r' : *json == 'b' ? '\b' : *json == 'f' ? '\f' : *json;
    }
    *text = 0;
    return *json ? json + 1 : json;
}

/* A flat object, compared as a value: order does not count. */
static void same_json(judgement *it, rolesanywhere_text json) {
    char name[3000] = "json.", value[3000];
    size_t members = 0, wanted = 0;
    for (const char *at = json.data + 1; *at && *at != '}'; members++) {
        at = json_value(at, name + 5);
        at = json_value(at + 1, value);
        const conformance_member *member = expected(it, name);
        if (!member || strcmp(member->value, value) != 0) fail(it, "json", json.data);
        if (*at == ',') at++;
    }
    for (const conformance_member *member = it->about->expected; member->name; member++) wanted++;
    if (members != wanted) fail(it, "json", json.data);
}

void judge_credentials(judgement *it) {
    rolesanywhere_credentials *credentials = NULL;
    rolesanywhere_string *json = NULL;
    rolesanywhere_error *error = NULL;
    const conformance_member *id = input(it, "access_key_id"), *secret = input(it, "secret_access_key");
    const conformance_member *token = input(it, "session_token"), *role = input(it, "role_arn");
    const char *form = input_text(it, "form");
    bool without = strcmp(form, "credential_process_without_account_id") == 0;
    const conformance_member *account = without ? NULL : input(it, "account_id");
    rolesanywhere_result result = rolesanywhere_credentials_new(
        MEMBER_TEXT(id), MEMBER_TEXT(secret), MEMBER_TEXT(token), input_number(it, "expiration", 0),
        MEMBER_TEXT(role), MEMBER_TEXT(account), &credentials, &error);
    if (!step(it, result, &error)) return;
    if (strcmp(form, "imds") == 0)
        result = rolesanywhere_credentials_to_imds_json(credentials, input_number(it, "last_updated", 0), &json, &error);
    else if (strcmp(form, "container") == 0)
        result = rolesanywhere_credentials_to_container_json(credentials, &json, &error);
    else
        result = rolesanywhere_credentials_to_credential_process_json(credentials, &json, &error);
    if (step(it, result, &error)) {
        accepted(it);
        same_json(it, rolesanywhere_string_text(json));
    }
    rolesanywhere_string_free(json);
    rolesanywhere_credentials_free(credentials);
}

/* A member of a step: `steps.3.call.success.id` by "call.success.id". */
static const conformance_member *of_step(const conformance_member *members, int step, const char *name) {
    char full[100];
    snprintf(full, sizeof full, "steps.%d.%s", step, name);
    return conformance_find(members, full);
}

static long long number(const conformance_member *member, long long otherwise) {
    return member ? (long long)strtoull(member->value, NULL, 10) : otherwise;
}

static rolesanywhere_result code_named(const char *name) {
    for (size_t i = 0; i < rolesanywhere_error_code_count(); i++) {
        rolesanywhere_result code = rolesanywhere_error_code_at(i);
        if (strcmp(rolesanywhere_error_code_name(code).data, name) == 0) return code;
    }
    return 0;
}

static void report_success(const conformance_member *input, int at, uint64_t unix_millis, uint64_t monotonic, rolesanywhere_refresh *refresh) {
    rolesanywhere_credentials *credentials = NULL;
    const conformance_member *jitter = of_step(input, at, "call.success.jitter");
    rolesanywhere_credentials_new("ASIAEXAMPLE", 11, "secret", 6, "token", 5,
                                  number(of_step(input, at, "call.success.expiration"), 0), NULL, 0, NULL, 0, &credentials, NULL);
    rolesanywhere_refresh_on_success(refresh, (uint64_t)number(of_step(input, at, "call.success.id"), 0), credentials,
                                     number(of_step(input, at, "call.success.identity_not_after"), ROLESANYWHERE_NO_TIME),
                                     number(of_step(input, at, "call.success.server_date"), ROLESANYWHERE_NO_TIME),
                                     unix_millis, monotonic, jitter ? strtod(jitter->value, NULL) : 0, NULL);
    rolesanywhere_credentials_free(credentials);
}

static void report_failure(const conformance_member *input, int at, uint64_t unix_millis, uint64_t monotonic, rolesanywhere_refresh *refresh) {
    const conformance_member *jitter = of_step(input, at, "call.failure.jitter"), *code = of_step(input, at, "call.failure.code");
    const conformance_member *retryable = of_step(input, at, "call.failure.retryable");
    rolesanywhere_result result = code_named(code->value);
    bool retry = retryable ? strcmp(retryable->value, "true") == 0 : rolesanywhere_error_code_is_retryable(result);
    rolesanywhere_refresh_on_failure(refresh, (uint64_t)number(of_step(input, at, "call.failure.id"), 0), result, retry,
                                     number(of_step(input, at, "call.failure.retry_after"), -1),
                                     number(of_step(input, at, "call.failure.server_date"), ROLESANYWHERE_NO_TIME),
                                     unix_millis, monotonic, jitter ? strtod(jitter->value, NULL) : 0, NULL);
}

static void same_of_step(judgement *it, int at, const char *name, bool is_there, long long actual) {
    const conformance_member *member = of_step(it->about->expected, at, name);
    if ((member != NULL) != is_there || (member && number(member, 0) != actual)) {
        char context[150];
        snprintf(context, sizeof context, "step %d: %s is %lld", at, name, is_there ? actual : -1);
        fail(it, "steps", context);
    }
}

static void same_name(judgement *it, int at, const char *name, const char *actual) {
    const conformance_member *member = of_step(it->about->expected, at, name);
    if (strcmp(member ? member->value : "", actual ? actual : "") != 0) fail(it, "steps", name);
}

static void same_poll(judgement *it, int at, const rolesanywhere_refresh_poll_answer *poll) {
    uint32_t next = rolesanywhere_refresh_poll_next(poll);
    const rolesanywhere_credentials *credentials = rolesanywhere_refresh_poll_credentials(poll);
    bool fetches = next == ROLESANYWHERE_NEXT_FETCH, waits = next == ROLESANYWHERE_NEXT_WAIT;
    long long until = (long long)rolesanywhere_refresh_poll_until(poll);
    same_of_step(it, at, "poll.credentials", credentials != NULL, rolesanywhere_credentials_expiration(credentials));
    same_of_step(it, at, "poll.next.fetch.id", fetches, (long long)rolesanywhere_refresh_poll_fetch_id(poll));
    same_of_step(it, at, "poll.next.fetch.signing_time", fetches, rolesanywhere_refresh_poll_signing_time(poll));
    same_of_step(it, at, "poll.next.fetch.deadline", fetches, until);
    same_of_step(it, at, "poll.next.wait", waits, until);
    if (!fetches && !waits) same_name(it, at, "poll.next", "idle");
    same_name(it, at, "poll.error", rolesanywhere_error_code_name(rolesanywhere_refresh_poll_error_code(poll)).data);
}

static void same_event(judgement *it, int at, int index, const rolesanywhere_event *event) {
    char name[80];
    const char *kind = rolesanywhere_event_name(event).data;
    const rolesanywhere_error *error = rolesanywhere_event_error(event);
    snprintf(name, sizeof name, "events.%d.%s", index, kind);
    if (error) same_name(it, at, name, rolesanywhere_error_code_name(rolesanywhere_error_code(error)).data);
    else if (strcmp(kind, "clock_corrected") == 0) same_of_step(it, at, name, true, rolesanywhere_event_offset_seconds(event));
    else same_of_step(it, at, name, true, rolesanywhere_event_time(event));
}

static void run_step(judgement *it, int at, rolesanywhere_refresh *refresh) {
    const conformance_member *in = it->about->input;
    uint64_t unix_millis = (uint64_t)number(of_step(in, at, "at.0"), 0), monotonic = (uint64_t)number(of_step(in, at, "at.1"), 0);
    const conformance_member *call = of_step(in, at, "call"), *cancel = of_step(in, at, "call.cancel");
    rolesanywhere_refresh_poll_answer *poll = NULL;
    rolesanywhere_event *event = NULL;
    if (call && strcmp(call->value, "poll") == 0) rolesanywhere_refresh_poll(refresh, unix_millis, monotonic, &poll, NULL);
    else if (call && strcmp(call->value, "invalidate") == 0) rolesanywhere_refresh_invalidate(refresh, NULL);
    else if (call && strcmp(call->value, "request_refresh") == 0) rolesanywhere_refresh_request_refresh(refresh, NULL);
    else if (cancel) rolesanywhere_refresh_cancel(refresh, (uint64_t)number(cancel, 0), unix_millis, monotonic, NULL);
    else if (of_step(in, at, "call.success.id")) report_success(in, at, unix_millis, monotonic, refresh);
    else if (of_step(in, at, "call.failure.id")) report_failure(in, at, unix_millis, monotonic, refresh);
    else fail(it, "input", "an unknown call");
    if (poll) same_poll(it, at, poll);
    rolesanywhere_refresh_poll_free(poll);
    int events = 0;
    while (rolesanywhere_refresh_next_event(refresh, &event, NULL) == 0 && event) {
        same_event(it, at, events++, event);
        rolesanywhere_event_free(event);
    }
    same_of_step(it, at, "events.length", events > 0, events);
    uint64_t next = rolesanywhere_refresh_next_refresh(refresh);
    same_of_step(it, at, "next_refresh", next != ROLESANYWHERE_NO_MONOTONIC_TIME, (long long)next);
}

void judge_refresh(judgement *it) {
    rolesanywhere_refresh *refresh = NULL;
    long long steps = input_number(it, "steps.length", 0);
    rolesanywhere_refresh_new(&refresh, NULL);
    for (int i = 0; i < steps; i++) run_step(it, i, refresh);
    rolesanywhere_refresh_free(refresh);
}

static rolesanywhere_result never_sign(void *data, const rolesanywhere_signing_request *request, rolesanywhere_signature *signature) {
    (void)data, (void)request, (void)signature;
    return 1;
}

static rolesanywhere_result never_identify(void *data, rolesanywhere_snapshot *snapshot) {
    (void)data, (void)snapshot;
    return 1;
}

/* An argument by its name; without a value the host keeps it: a function, or bytes. */
static bool give(judgement *it, rolesanywhere_config *config, const conformance_member *name, const conformance_member *value) {
    rolesanywhere_error *error = NULL;
    uint32_t option = 0;
    if (!step(it, rolesanywhere_option_from_name(MEMBER_TEXT(name), &option, &error), &error)) return false;
    if (value) rolesanywhere_config_set_text(config, option, MEMBER_TEXT(value), NULL);
    else if (option == ROLESANYWHERE_OPTION_SIGN) rolesanywhere_config_set_sign(config, never_sign, NULL, NULL, NULL);
    else if (option == ROLESANYWHERE_OPTION_IDENTITY) rolesanywhere_config_set_identity(config, never_identify, NULL, NULL, NULL);
    else rolesanywhere_config_set_bytes(config, option, (const uint8_t *)"x", 1, NULL);
    return true;
}

static void same_origin(judgement *it, const char *option, rolesanywhere_text actual) {
    char name[100], text[300];
    const conformance_member *parts[3];
    static const char *const members[] = { "from", "name", "section" };
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "options.%s.%s", option, members[i]);
        parts[i] = expected(it, name);
    }
    const char *from = parts[0] ? parts[0]->value : "", *written = parts[1] ? parts[1]->value : "";
    const char *section = parts[2] ? parts[2]->value : "";
    if (strcmp(from, "argument") == 0) snprintf(text, sizeof text, "`%s`", written);
    else if (strcmp(from, "environment") == 0) snprintf(text, sizeof text, "environment variable `%s`", written);
    else if (strcmp(from, "profile") == 0) snprintf(text, sizeof text, "`%s` of profile `%s`", written, section);
    else if (strcmp(from, "services") == 0) snprintf(text, sizeof text, "`%s` of section `services %s`", written, section);
    else text[0] = 0;
    if (strcmp(text, actual.data ? actual.data : "") != 0) fail(it, "options", text);
}

static void same_options(judgement *it, const rolesanywhere_options *options) {
    static const char *const names[] = {
        "trust_anchor_arn", "profile_arn", "role_arn", "certificate", "private_key", "intermediates", "private_key_passphrase",
        "private_key_passphrase_source", "sign", "identity", "region", "endpoint", "allow_http", "duration_seconds",
        "role_session_name", "instance_properties", "use_fips_endpoint", "use_dualstack_endpoint", "account_id", "ca_bundle",
        "verify", "config_profile" };
    for (uint32_t option = 1; option <= sizeof names / sizeof *names && !it->about->error; option++) {
        char value[100];
        snprintf(value, sizeof value, "options.%s.value", names[option - 1]);
        same_text(it, value, rolesanywhere_options_text(options, option));
        if (it->outcome == FAILED) it->stage = "options";
        same_origin(it, names[option - 1], rolesanywhere_options_origin(options, option));
    }
    same_number(it, "notes", (long long)rolesanywhere_options_note_count(options));
}

/* The variables of the input; to be freed. */
static rolesanywhere_name_value *environment(const judgement *it, size_t *count) {
    static const char prefix[] = "environment.";
    rolesanywhere_name_value *found = NULL;
    *count = 0;
    for (const conformance_member *member = it->about->input; member->name; member++) {
        if (strncmp(member->name, prefix, sizeof prefix - 1) != 0) continue;
        const char *name = member->name + sizeof prefix - 1;
        rolesanywhere_name_value variable = { name, strlen(name), MEMBER_TEXT(member) };
        found = realloc(found, (*count + 1) * sizeof *found);
        found[(*count)++] = variable;
    }
    return found;
}

/* The vocabulary of another host: nothing is set in a configuration, all is resolved at once. */
static void judge_foreign_config(judgement *it) {
    rolesanywhere_options *options = NULL;
    rolesanywhere_error *error = NULL;
    const conformance_member *file = input(it, "config_file"), *ambient = input(it, "ambient_profile");
    uint32_t vocabulary = strcmp(input_text(it, "vocabulary"), "flags") == 0 ? ROLESANYWHERE_VOCABULARY_FLAGS
                                                                             : ROLESANYWHERE_VOCABULARY_CAMEL_CASE;
    size_t argument_count, variable_count;
    rolesanywhere_name_value *arguments = pairs(it, "arguments", &argument_count);
    rolesanywhere_name_value *variables = environment(it, &variable_count);
    rolesanywhere_result result = rolesanywhere_resolve_options(
        vocabulary, arguments, argument_count, variables, variable_count, MEMBER_TEXT(file), MEMBER_TEXT(ambient), &options, &error);
    if (step(it, result, &error)) {
        accepted(it);
        same_options(it, options);
    }
    rolesanywhere_options_free(options);
    free(variables);
    free(arguments);
}

static bool configure(judgement *it, rolesanywhere_config *config) {
    const conformance_member *file = input(it, "config_file"), *ambient = input(it, "ambient_profile");
    size_t count;
    rolesanywhere_name_value *variables = environment(it, &count);
    if (file) rolesanywhere_config_set_config_file(config, MEMBER_TEXT(file), NULL);
    if (ambient) rolesanywhere_config_set_ambient_profile(config, MEMBER_TEXT(ambient), NULL);
    for (size_t i = 0; i < count; i++)
        rolesanywhere_config_set_environment_variable(config, variables[i].name, variables[i].name_length,
                                                      variables[i].value, variables[i].value_length, NULL);
    free(variables);
    for (int i = 0; i < input_number(it, "arguments.length", 0); i++) {
        const conformance_member *name = item(it->about->input, "arguments.%d.0", i);
        if (!give(it, config, name, item(it->about->input, "arguments.%d.1", i))) return false;
    }
    return true;
}

/* A case that resolves, or that fails in resolving. */
static void judge_resolved(judgement *it, const rolesanywhere_config *config) {
    rolesanywhere_options *options = NULL;
    rolesanywhere_error *error = NULL;
    if (step(it, rolesanywhere_config_resolve(config, &options, &error), &error)) {
        accepted(it);
        same_options(it, options);
    }
    rolesanywhere_options_free(options);
}

/* A case that goes on to the request. */
static void judge_request(judgement *it, const rolesanywhere_config *config) {
    rolesanywhere_create_session *create = NULL;
    rolesanywhere_provider *provider = NULL;
    rolesanywhere_error *error = NULL;
    if (it->about->error) {
        /* A provider needs all of it, a certificate too. */
        if (step(it, rolesanywhere_provider_new(config, NULL, &provider, &error), &error)) accepted(it);
    } else {
        judge_resolved(it, config);
        if (step(it, rolesanywhere_create_session_new(config, &create, &error), &error)) {
            rolesanywhere_text url = rolesanywhere_create_session_url(create);
            same(it, "url", url.data, strcspn(url.data, "?"));
        }
    }
    rolesanywhere_provider_free(provider);
    rolesanywhere_create_session_free(create);
}

void judge_config(judgement *it) {
    rolesanywhere_config *config = NULL;
    if (strcmp(input_text(it, "vocabulary"), "snake_case") != 0 && input_number(it, "arguments.length", 0) > 0) {
        judge_foreign_config(it);
        return;
    }
    rolesanywhere_config_new(&config, NULL);
    if (configure(it, config)) {
        if (input_flag(it, "create_session")) judge_request(it, config);
        else judge_resolved(it, config);
    }
    rolesanywhere_config_free(config);
}
