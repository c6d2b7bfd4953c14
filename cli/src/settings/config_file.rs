//! The AWS config file: read when a profile of it is named for this program, and never otherwise.

use super::given::GivenFlags;
use rolesanywhere::core::config::OptionName;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::{Environment, Source, SourceReader};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The file's text, when `--config-profile` or its variable asks for it.
///
/// # Errors
/// Those of reading a file, and `config_file_malformed` where it is not UTF-8.
pub(super) fn read(
    flags: &GivenFlags<'_>,
    environment: &Environment<'_>,
) -> Result<Option<Zeroizing<String>>> {
    let variable = OptionName::ConfigProfile.environment_variables().first();
    let is_set = |name: &&&str| environment(name).is_some_and(|value| !value.is_empty());
    let origin = match (flags.text("config-profile"), variable.filter(is_set)) {
        (Some(_), _) => "--config-profile",
        (None, Some(variable)) => variable,
        (None, None) => return Ok(None),
    };
    text(
        location(environment, "AWS_CONFIG_FILE", "config", origin)?,
        environment,
    )
    .map(Some)
}

/// The text of an AWS file that `variable` names, else of that name in `~/.aws`; `None` where it
/// cannot be read.
pub(crate) fn aws_file(
    environment: &Environment<'_>,
    variable: &'static str,
    name: &str,
) -> Option<Zeroizing<String>> {
    let place = location(environment, variable, name, variable).ok()?;
    text(place, environment).ok()
}

fn text(
    (path, origin): (PathBuf, &'static str),
    environment: &Environment<'_>,
) -> Result<Zeroizing<String>> {
    let source = Source::parse(&format!("file:{}", path.display()), origin)?;
    let content = SourceReader::new(environment).read(&source)?;
    match std::str::from_utf8(&content) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(Error::new(
            ErrorCode::ConfigFileMalformed,
            "the config file is not UTF-8",
        )),
    }
}

/// What the variable names, else `~/.aws/NAME`, and what to blame for it.
fn location(
    environment: &Environment<'_>,
    file_variable: &'static str,
    name: &str,
    origin: &'static str,
) -> Result<(PathBuf, &'static str)> {
    let variable = |name| environment(name).filter(|value| !value.is_empty());
    let home = variable("HOME")
        .or_else(|| variable("USERPROFILE"))
        .map(PathBuf::from);
    match (variable(file_variable), home) {
        (Some(path), home) => Ok((expanded(&path, home.as_deref()), file_variable)),
        (None, Some(home)) => Ok((home.join(".aws").join(name), origin)),
        (None, None) => Err(Error::new(
            ErrorCode::FileNotFound,
            "there is no config file, because there is no home directory",
        )
        .with_hint("set AWS_CONFIG_FILE to the path of the config file")),
    }
}

/// Every SDK takes a leading `~` for the home directory.
fn expanded(path: &str, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_file_is() {
        let at = |variables: &[(&str, &str)]| {
            let environment = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            location(
                &environment,
                "AWS_CONFIG_FILE",
                "config",
                "--config-profile",
            )
            .map(|(path, origin)| format!("{} {origin}", path.display()))
        };
        assert_eq!(
            at(&[("HOME", "/h")]).unwrap(),
            "/h/.aws/config --config-profile"
        );
        let both = [("HOME", "/h"), ("AWS_CONFIG_FILE", "~/c")];
        assert_eq!(at(&both).unwrap(), "/h/c AWS_CONFIG_FILE");
        assert_eq!(
            at(&[("AWS_CONFIG_FILE", "c")]).unwrap(),
            "c AWS_CONFIG_FILE"
        );
        assert_eq!(at(&[]).unwrap_err().code(), ErrorCode::FileNotFound);
    }
}
