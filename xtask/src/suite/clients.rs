//! AWS CLI v1, AWS CLI v2 and boto3, each with `credential_process = rolesanywhere …` in the
//! config file that `init` writes, calling `sts:GetCallerIdentity` at the emulator.

use crate::report::Report;
use crate::sandbox::{self, Sandbox};
use crate::shell;
use crate::tools;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

const BOUND: Duration = Duration::from_secs(120);
const KEY_TYPES: &[&str] = &["rsa2048", "p256"];

/// A client's name, where it comes from, and what it is to be called with before the STS's URL.
type Client = (
    &'static str,
    fn() -> Result<PathBuf, String>,
    &'static [&'static str],
);

const AWS: &[&str] = &[
    "sts",
    "get-caller-identity",
    "--query",
    "Arn",
    "--output",
    "text",
    "--endpoint-url",
];

const CLIENTS: &[Client] = &[
    ("aws-cli-v1", tools::aws_cli_v1, AWS),
    ("aws-cli-v2", tools::aws_cli_v2, AWS),
    ("boto3", tools::python, &["xtask/python/caller_identity.py"]),
];

pub(crate) fn check() -> Report {
    if let Err(problem) = sandbox::build() {
        return Report::check(false, problem);
    }
    let mut report = Report::default();
    for key_type in KEY_TYPES {
        report.merge(match with_key_type(key_type) {
            Ok(report) => report,
            Err(problem) => Report::check(false, format!("{key_type}: {problem}")),
        });
    }
    report
}

fn with_key_type(key_type: &str) -> Result<Report, String> {
    let directory = shell::root().join("target/xtask/clients").join(key_type);
    Sandbox::init(&directory, key_type)?;
    let sandbox = Sandbox::serve(&directory)?;
    let mut report = Report::default();
    for (name, find, arguments) in CLIENTS {
        report.merge(match find() {
            Err(reason) => Report::skip(&format!("clients::{name}::{key_type}"), &reason),
            Ok(program) => call(&sandbox, shell::command(program).args(*arguments)),
        });
    }
    Ok(report)
}

fn call(sandbox: &Sandbox, client: &mut Command) -> Report {
    client.arg(&sandbox.url);
    client.env("HOME", &sandbox.directory);
    client.env("AWS_CONFIG_FILE", sandbox.directory.join("aws-config"));
    client.env(
        "AWS_SHARED_CREDENTIALS_FILE",
        sandbox.directory.join("no-credentials"),
    );
    client.env("AWS_EC2_METADATA_DISABLED", "true");
    let outcome = shell::run_or_tell(client, BOUND);
    let is_session = outcome
        .output
        .trim()
        .starts_with(&sandbox.caller_arn_prefix());
    Report::check(
        outcome.success && is_session,
        format!("{client:?}\n{}", outcome.output),
    )
}
