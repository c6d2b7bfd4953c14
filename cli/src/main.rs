//! `rolesanywhere`: AWS credentials from an X.509 certificate, on the command line.
//!
//! Credentials go to standard output and nothing else does; every message goes to standard error.
#![forbid(unsafe_code)]

mod arguments;
mod command;
mod flags;
mod output;
mod passphrase;
mod persona;
mod report;
mod settings;

use arguments::Request;
use persona::Persona;
use report::Report;
use rolesanywhere::process_environment;
use settings::Surroundings;
use std::process::ExitCode;

/// musl's returns each page to the kernel as soon as it is free, and has it cleared anew at the next use.
#[cfg(target_env = "musl")]
#[global_allocator]
static HEAP: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let persona = Persona::of(arguments.first().map(AsRef::as_ref));
    let report = Report::new(persona, &arguments);
    let outcome = match Request::parse(persona, arguments) {
        Ok(Request::Text(text)) => output::write(&text).map(|()| ExitCode::SUCCESS),
        Ok(Request::Command { name, matches }) => {
            let names = std::env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned());
            let surroundings = Surroundings::new(persona, &process_environment, names);
            command::run(&name, &matches, &surroundings, &report)
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(status) => status,
        Err(error) => report.fail(&error),
    }
}
