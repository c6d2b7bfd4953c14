//! The command `rolesanywhere-emulator`: makes certificates, and serves IAM Roles Anywhere and STS on
//! this machine.
#![forbid(unsafe_code)]

mod arguments;
mod leaf;
mod serve;

use arguments::{Arguments, Command};
use clap::Parser;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_emulator::directory;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rolesanywhere-emulator: {error} [{}]", error.code());
            eprintln!("hint: {}", error.hint());
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Init(init) => {
            directory::init(&init.directory, &init.options())?;
            println!("{}", absolute(&init.directory));
            Ok(())
        }
        Command::Issue(issue) => {
            for path in directory::issue(&issue.directory, &issue.options()?)? {
                println!("{}", absolute(&path));
            }
            Ok(())
        }
        Command::Serve(serve) => serve::serve(&serve),
    }
}

fn absolute(path: &Path) -> String {
    path.canonicalize()
        .unwrap_or_else(|_| path.to_path_buf())
        .display()
        .to_string()
}

/// The error for a file that the user named and that cannot be used.
fn unusable(code: ErrorCode, path: &Path, what: impl std::fmt::Display) -> Error {
    Error::new(code, format!("{}: {what}", path.display()))
}
