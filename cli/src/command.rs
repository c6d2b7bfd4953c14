//! The commands.

mod credential_process;
mod debug;
mod read_certificate_data;
mod sign_string;

use crate::options::Options;
use crate::report::Report;
use rolesanywhere::core::error::{Error, ErrorCode, Result};

/// Runs the command of this name; the command line made sure that there is one.
pub(crate) fn run(name: &str, options: &Options<'_>, report: &Report) -> Result<()> {
    let command = match name {
        "credential-process" => credential_process::run,
        "read-certificate-data" => read_certificate_data::run,
        "sign-string" => sign_string::run,
        _ => {
            return Err(Error::new(
                ErrorCode::FeatureUnavailable,
                format!("the command `{name}` is not available in this version"),
            ));
        }
    };
    options.check(name)?;
    check_log_format(options)?;
    command(options, report)
}

fn check_log_format(options: &Options<'_>) -> Result<()> {
    match options.given("log-format") {
        Some(format) => format.one_of(&["text", "json"]).map(|_| ()),
        None => Ok(()),
    }
}
