//! What goes before us: credentials that the AWS SDKs take first; and an endpoint that misses us.
//!
//! The order is botocore's, which the other SDKs share where it matters: keys in the environment,
//! a web identity, keys in the credentials file, `credential_process`, keys in the config file.

use super::ini::{ConfigFile, Section};
use crate::error::{Error, ErrorCode, shown};
use crate::identity::{Finding, Severity};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Programs whose `credential_process` is about IAM Roles Anywhere.
const OURS: [&str; 2] = ["rolesanywhere", "aws_signing_helper"];

/// What a host found out about its surroundings.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::exhaustive_structs,
    reason = "plain input, built by its fields"
)]
pub struct Surroundings<'a> {
    /// The names of the environment variables that are set and not empty.
    pub variables: &'a [&'a str],
    /// The text of the config file, if there is one.
    pub config_file: Option<&'a str>,
    /// The text of the credentials file (`AWS_SHARED_CREDENTIALS_FILE`, else
    /// `~/.aws/credentials`), if there is one.
    pub credentials_file: Option<&'a str>,
    /// The profiles in use: `AWS_PROFILE`'s and that of `config_profile`. Those whose
    /// `credential_process` names us are looked at without being named.
    pub profiles: &'a [&'a str],
}

/// `credentials_shadowed` for each thing that the SDKs take before our credentials, and
/// `endpoint_ignored`. Values are not looked at, and files that cannot be read are as good as none.
///
/// # Examples
/// ```
/// use rolesanywhere_core::config::{Surroundings, shadows};
///
/// let found = shadows(&Surroundings {
///     variables: &["AWS_ACCESS_KEY_ID"],
///     config_file: None,
///     credentials_file: None,
///     profiles: &[],
/// });
/// assert_eq!(found[0].error.code().as_str(), "credentials_shadowed");
/// ```
#[must_use]
pub fn shadows(surroundings: &Surroundings<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = VARIABLES
        .iter()
        .filter(|(name, _)| surroundings.variables.contains(name))
        .map(|(name, what)| {
            let message = format!("{name} is set, and the SDKs take {what} first");
            let hint = format!("`unset {name}` where programs should use IAM Roles Anywhere");
            shadow(message, hint)
        })
        .collect();
    found.extend(keys_in_files(surroundings));
    if surroundings.variables.contains(&"AWS_ENDPOINT_URL") {
        let message = "AWS_ENDPOINT_URL is set; it redirects other AWS services and not this one";
        let error = Error::new(ErrorCode::EndpointIgnored, message);
        found.push(Finding::new(Severity::Note, error));
    }
    found
}

const VARIABLES: [(&str, &str); 2] = [
    ("AWS_ACCESS_KEY_ID", "the keys in the environment"),
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "a role by that token"),
];

fn keys_in_files(surroundings: &Surroundings<'_>) -> Vec<Finding> {
    let parsed = |text: Option<&str>, read: fn(&str) -> crate::error::Result<ConfigFile>| {
        text.and_then(|text| read(text).ok()).unwrap_or_default()
    };
    let config = parsed(surroundings.config_file, ConfigFile::parse);
    let credentials = parsed(surroundings.credentials_file, ConfigFile::parse_credentials);
    let mut names: Vec<String> = surroundings
        .profiles
        .iter()
        .map(ToString::to_string)
        .collect();
    let ours = config.profile_names().filter(|name| {
        let process = config
            .profile(name)
            .and_then(|section| section.get("credential_process"));
        process.is_some_and(|process| OURS.iter().any(|ours| process.contains(ours)))
    });
    names.extend(ours.map(ToString::to_string));
    names.sort();
    names.dedup();
    let has_keys = |section: Option<&Section>| {
        section.is_some_and(|section| section.get("aws_access_key_id").is_some())
    };
    names
        .iter()
        .filter(|name| has_keys(credentials.profile(name)))
        .map(|name| {
            let message = format!(
                "the credentials file holds keys for the profile {}, and the SDKs take them first",
                shown(name)
            );
            let hint = format!("delete the section `[{name}]` of the credentials file");
            shadow(message, hint)
        })
        .collect()
}

fn shadow(message: String, hint: String) -> Finding {
    let error = Error::new(ErrorCode::CredentialsShadowed, message).with_hint(hint);
    Finding::new(Severity::Warning, error)
}
