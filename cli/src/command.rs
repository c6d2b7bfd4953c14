//! The commands.

mod credential_process;
mod debug;
mod read_certificate_data;
mod sign_string;
mod watch;

use crate::report::Report;
use crate::settings::{Settings, Surroundings};
use clap::ArgMatches;
use rolesanywhere::core::error::{Error, ErrorCode, Result};

/// Runs the command of this name; the command line made sure that there is one.
pub(crate) fn run(
    name: &str,
    matches: &ArgMatches,
    surroundings: &Surroundings<'_>,
    report: &Report,
) -> Result<()> {
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
    let settings = Settings::resolve(name, matches, surroundings)?;
    settings.choice("log-format", &["text", "json"])?;
    for note in settings.notes() {
        report.caution(note);
    }
    command(&settings, report)
}
