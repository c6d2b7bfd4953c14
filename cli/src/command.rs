//! The commands.

mod credential_process;
mod debug;
mod doctor;
mod explain;
mod read_certificate_data;
mod sign_string;
mod watch;

use crate::report::Report;
use crate::settings::{Settings, Surroundings};
use clap::ArgMatches;
use rolesanywhere::core::Timestamp;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::provider::{Clock, SystemClock};
use std::process::ExitCode;

/// Runs the command of this name; the command line made sure that there is one.
pub(crate) fn run(
    name: &str,
    matches: &ArgMatches,
    surroundings: &Surroundings<'_>,
    report: &Report,
) -> Result<ExitCode> {
    let command = match name {
        "credential-process" => credential_process::run,
        "read-certificate-data" => read_certificate_data::run,
        "sign-string" => sign_string::run,
        "explain" => explain::run,
        "doctor" => |_: &Settings<'_>, _: &Report| Ok(()),
        _ => {
            return Err(Error::new(
                ErrorCode::FeatureUnavailable,
                format!("the command `{name}` is not available in this version"),
            ));
        }
    };
    let settings = match Settings::resolve(name, matches, surroundings) {
        Err(error) if name == "doctor" => {
            return doctor::refuse(error, matches, surroundings.environment, report);
        }
        settings => settings?,
    };
    settings.choice("log-format", &["text", "json"])?;
    for note in settings.notes() {
        report.caution(note);
    }
    match name {
        "doctor" => doctor::run(&settings, report),
        _ => command(&settings, report).map(|()| ExitCode::SUCCESS),
    }
}

/// This machine's clock.
fn now() -> Result<Timestamp> {
    let millis = SystemClock::new().now().unix_millis;
    Timestamp::from_unix_seconds(i64::try_from(millis / 1000).unwrap_or(i64::MAX))
}
