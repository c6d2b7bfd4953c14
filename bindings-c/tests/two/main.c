/* Two Rust libraries in one program. */
#include <rolesanywhere.h>
#include <string.h>

uint32_t other_library(uint32_t number);

int main(void) {
    rolesanywhere_error *error = NULL;
    if (other_library(12345) != 5) return 1;
    if (rolesanywhere_config_new(NULL, &error) != ROLESANYWHERE_RESULT_NULL_ARGUMENT) return 2;
    rolesanywhere_error_free(error);
    return strcmp(rolesanywhere_version().data, ROLESANYWHERE_VERSION) != 0;
}
