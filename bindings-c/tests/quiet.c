/* Credentials by the built-in transport, a refusal and a fault of the caller's, and nothing else: no thread, no
 * handler for a signal, nothing on standard output or error, no look at the environment. Takes the service's
 * URL, three ARNs, the certificate's and the key's path; the environment says otherwise. */
#define _POSIX_C_SOURCE 200809L
#include "support.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

static int threads(void) {
    int count = 0;
    DIR *tasks = opendir("/proc/self/task");
    if (tasks == NULL) return -1;
    for (struct dirent *task; (task = readdir(tasks)) != NULL;) count += task->d_name[0] != '.';
    closedir(tasks);
    return count;
}

/* The signals that somebody handles or ignores, as a set of bits. */
static unsigned long long handled(void) {
    unsigned long long set = 0;
    for (int number = 1; number < 32; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_DFL) set |= 1ull << number;
    }
    return set;
}

static rolesanywhere_config *configured(char **words) {
    static const uint32_t options[] = {
        ROLESANYWHERE_OPTION_ENDPOINT, ROLESANYWHERE_OPTION_TRUST_ANCHOR_ARN, ROLESANYWHERE_OPTION_PROFILE_ARN,
        ROLESANYWHERE_OPTION_ROLE_ARN, ROLESANYWHERE_OPTION_CERTIFICATE, ROLESANYWHERE_OPTION_PRIVATE_KEY };
    rolesanywhere_config *config = NULL;
    CHECK(rolesanywhere_config_new(&config, NULL) == 0);
    for (int i = 0; i < 6; i++) CHECK(rolesanywhere_config_set_text(config, options[i], TEXT(words[i]), NULL) == 0);
    return config;
}

static void fetch(rolesanywhere_config *config, rolesanywhere_result wanted) {
    rolesanywhere_provider *provider = NULL;
    rolesanywhere_credentials *credentials = NULL;
    rolesanywhere_error *error = NULL;
    CHECK(rolesanywhere_provider_new(config, NULL, &provider, NULL) == 0);
    CHECK(rolesanywhere_provider_credentials(provider, &credentials, &error) == wanted);
    CHECK(threads() == 1);
    rolesanywhere_error_free(error);
    rolesanywhere_credentials_free(credentials);
    rolesanywhere_provider_free(provider);
}

int main(int argc, char **argv) {
    static const char nobody[] = "http://127.0.0.1:1";
    static const char wrong[] = "arn:aws:iam::999999999999:role/nobody";
    struct stat written;
    char path[] = "/tmp/quietXXXXXX";
    if (argc != 7) return 2;
    /* Whoever looked there would not come far. */
    setenv("ROLESANYWHERE_ROLE_ARN", "x", 1);
    setenv("AWS_ENDPOINT_URL_ROLESANYWHERE", nobody, 1);
    setenv("http_proxy", nobody, 1);
    setenv("ALL_PROXY", nobody, 1);
    unsigned long long before = handled();
    int file = mkstemp(path), output = dup(1), errors = dup(2);
    CHECK(file >= 0 && unlink(path) == 0 && dup2(file, 1) == 1 && dup2(file, 2) == 2);

    rolesanywhere_config *config = configured(argv + 1);
    fetch(config, ROLESANYWHERE_RESULT_OK);
    rolesanywhere_config_set_text(config, ROLESANYWHERE_OPTION_ROLE_ARN, TEXT(wrong), NULL);
    fetch(config, ROLESANYWHERE_RESULT_ACCESS_DENIED);
    rolesanywhere_config_set_text(config, ROLESANYWHERE_OPTION_CERTIFICATE, TEXT("/nonexistent"), NULL);
    fetch(config, ROLESANYWHERE_RESULT_FILE_NOT_FOUND);
    rolesanywhere_config_free(config);

    fflush(NULL);
    int size = fstat(file, &written) == 0 ? (int)written.st_size : -1;
    dup2(output, 1);
    dup2(errors, 2);
    CHECK(size == 0);
    CHECK(handled() == before);
    return support_end();
}
