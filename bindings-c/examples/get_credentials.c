/* Prints credentials as a credential_process does. Options come from the environment: see README.md. */
#include <rolesanywhere.h>
#include <stdio.h>

int main(void) {
    rolesanywhere_config *config = NULL;
    rolesanywhere_provider *provider = NULL;
    rolesanywhere_credentials *credentials = NULL;
    rolesanywhere_string *json = NULL;
    rolesanywhere_error *error = NULL;

    if (rolesanywhere_config_new(&config, &error) == 0 &&
        rolesanywhere_config_use_environment(config, &error) == 0 &&
        rolesanywhere_provider_new(config, NULL, &provider, &error) == 0 &&
        rolesanywhere_provider_credentials(provider, &credentials, &error) == 0 &&
        rolesanywhere_credentials_to_credential_process_json(credentials, &json, &error) == 0)
        puts(rolesanywhere_string_text(json).data);
    if (error != NULL)
        fprintf(stderr, "%s\nhint: %s\n", rolesanywhere_error_message(error).data,
                rolesanywhere_error_hint(error).data);
    int failed = error != NULL;

    rolesanywhere_string_free(json);
    rolesanywhere_credentials_free(credentials);
    rolesanywhere_provider_free(provider);
    rolesanywhere_config_free(config);
    rolesanywhere_error_free(error);
    return failed;
}
