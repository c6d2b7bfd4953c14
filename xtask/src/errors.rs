//! `cargo xtask errors [--check]`: docs/errors.md, generated from core's table of codes.

use crate::c::header;
use crate::report::Report;
use crate::shell;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

pub(crate) fn run(arguments: &[&str]) -> ExitCode {
    let result = match arguments {
        [] => generate()
            .and_then(|table| fs::write(file(), table).map_err(|e| e.to_string()))
            .and_then(|()| header::renew_error_codes()),
        ["--check"] => compare(),
        _ => Err("usage: cargo xtask errors [--check]".to_owned()),
    };
    shell::exit(result)
}

pub(crate) fn suite() -> Report {
    match compare() {
        Ok(()) => Report::check(true, ""),
        Err(problem) => Report::check(false, problem),
    }
}

fn compare() -> Result<(), String> {
    let expected = generate()?;
    let found = fs::read_to_string(file()).map_err(|error| format!("docs/errors.md: {error}"))?;
    if found == expected {
        return Ok(());
    }
    let line = found
        .lines()
        .zip(expected.lines())
        .take_while(|(a, b)| a == b)
        .count()
        + 1;
    Err(format!(
        "docs/errors.md is stale from line {line}; run `cargo xtask errors` and commit it"
    ))
}

/// Core prints its own table, so that this program starts even when core does not compile.
fn generate() -> Result<String, String> {
    let output = shell::cargo(["run", "--quiet", "-p", "rolesanywhere-core", "--example"])
        .arg("error_table")
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|error| error.to_string())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn file() -> PathBuf {
    shell::root().join("docs/errors.md")
}
