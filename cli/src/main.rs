//! `rolesanywhere`: AWS credentials from an X.509 certificate, on the command line.
//!
//! Credentials go to standard output and nothing else does; every message goes to standard error.
#![forbid(unsafe_code)]

mod arguments;
mod command;
mod flags;
mod options;
mod output;
mod report;

use arguments::Request;
use options::Options;
use report::Report;
use rolesanywhere::process_environment;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let report = Report::new(&arguments);
    let outcome = match Request::parse(arguments) {
        Ok(Request::Text(text)) => output::write(text.as_bytes()),
        Ok(Request::Command { name, matches }) => {
            let options = Options::new(&matches, &process_environment);
            command::run(&name, &options, &report)
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => report.fail(&error),
    }
}
