//! What the SDKs on this machine take before us.

use crate::settings::{Settings, aws_file};
use rolesanywhere::core::config::{self, OptionName, Surroundings};
use rolesanywhere::core::identity::Finding;

/// The variables that are looked for.
const VARIABLES: [&str; 3] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ENDPOINT_URL",
];

pub(super) fn shadows(settings: &Settings<'_>) -> Vec<Finding> {
    let environment = settings.environment();
    let variable = |name: &str| environment(name).filter(|value| !value.is_empty());
    let is_redirected = settings.options().is_given(OptionName::Endpoint);
    let variables: Vec<&str> = VARIABLES
        .into_iter()
        .filter(|name| variable(name).is_some())
        .filter(|name| !(is_redirected && *name == "AWS_ENDPOINT_URL"))
        .collect();
    let config_file = aws_file(environment, "AWS_CONFIG_FILE", "config");
    let credentials_file = aws_file(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials");
    let ambient = variable("AWS_PROFILE").unwrap_or_else(|| "default".to_owned());
    let own = settings.options().text(OptionName::ConfigProfile);
    let profiles: Vec<&str> = own.into_iter().chain([ambient.as_str()]).collect();
    config::shadows(&Surroundings {
        variables: &variables,
        config_file: config_file.as_deref().map(String::as_str),
        credentials_file: credentials_file.as_deref().map(String::as_str),
        profiles: &profiles,
    })
}
