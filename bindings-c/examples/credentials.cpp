// C++: handles in unique_ptr, errors as exceptions. Options come from the environment.
#include <iostream>
#include <memory>
#include <rolesanywhere.h>
#include <stdexcept>
#include <string>

template <auto free> struct Free {
    template <typename Handle> void operator()(Handle *handle) const { free(handle); }
};
template <typename Handle, auto free> using Owned = std::unique_ptr<Handle, Free<free>>;

// Calls make(&handle, &error) and owns what comes of it.
template <typename Handle, auto free, typename Make> Owned<Handle, free> owned(Make make) {
    Handle *handle = nullptr;
    rolesanywhere_error *error = nullptr;
    if (make(&handle, &error) != ROLESANYWHERE_RESULT_OK) {
        std::string message = rolesanywhere_error_message(error).data;
        rolesanywhere_error_free(error);
        throw std::runtime_error(message);
    }
    return Owned<Handle, free>(handle);
}

int main() try {
    auto config = owned<rolesanywhere_config, rolesanywhere_config_free>(rolesanywhere_config_new);
    rolesanywhere_config_use_environment(config.get(), nullptr);
    auto provider = owned<rolesanywhere_provider, rolesanywhere_provider_free>([&](auto **made, auto **error) {
        return rolesanywhere_provider_new(config.get(), nullptr, made, error);
    });
    auto credentials = owned<rolesanywhere_credentials, rolesanywhere_credentials_free>([&](auto **made, auto **error) {
        return rolesanywhere_provider_credentials(provider.get(), made, error);
    });
    std::cout << rolesanywhere_credentials_access_key_id(credentials.get()).data << '\n';
    return 0;
} catch (const std::exception &problem) {
    std::cerr << problem.what() << '\n';
    return 1;
}
