//! `cargo xtask demo`: the whole way once, on this machine, with nothing but a Rust toolchain.

use crate::sandbox::{self, Sandbox};
use crate::shell;
use serde_json::Value;
use std::fs;
use std::process::ExitCode;
use std::time::Instant;

pub(crate) fn run() -> ExitCode {
    let started = Instant::now();
    match demo() {
        Ok(()) => {
            println!("\nDone in {:.0} s.", started.elapsed().as_secs_f64());
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("xtask: the demo failed: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn demo() -> Result<(), String> {
    step(1, "Build the command line `rolesanywhere` and the emulator");
    sandbox::build()?;

    let directory = shell::root().join("target/demo");
    step(
        2,
        "Make a certificate authority and a certificate, and configure the emulator",
    );
    Sandbox::init(&directory, "rsa2048")?;
    println!("{}", directory.display());

    step(
        3,
        "Start the emulator: IAM Roles Anywhere and STS on loopback, which verify everything",
    );
    let sandbox = Sandbox::serve(&directory)?;
    println!("{}", sandbox.url);

    step(
        4,
        "Sign a CreateSession request with the private key, get credentials",
    );
    let words = sandbox.credential_process();
    println!("{}\n", shown(&words));
    let credentials = sandbox.credentials()?;
    println!("{}", redacted(&credentials));

    step(
        5,
        "Ask STS whose credentials these are: sts:GetCallerIdentity, signed with them",
    );
    println!("{}", sandbox.caller_identity(&credentials)?);
    last_words(&sandbox)
}

/// What was shown works again while the emulator runs; with other ARNs it works against AWS.
fn last_words(sandbox: &Sandbox) -> Result<(), String> {
    let config = fs::read_to_string(sandbox.directory.join("aws-config"));
    let config = config.map_err(|error| format!("aws-config: {error}"))?;
    let lines: Vec<&str> = config
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    println!("\nThe lines for ~/.aws/config, with which every AWS SDK and CLI does the same:\n");
    println!(
        "{}",
        lines
            .join("\n")
            .replace("[default]", "[profile rolesanywhere]")
    );
    println!("\nThe emulator has been stopped. To start it again:\n");
    println!(
        "{} serve {} --listen {}",
        sandbox::program("rolesanywhere-emulator").display(),
        sandbox.directory.display(),
        sandbox
            .url
            .trim_start_matches("http://")
            .trim_end_matches('/')
    );
    println!(
        "\nFor AWS itself, put your own files and ARNs, and leave out --endpoint and services."
    );
    Ok(())
}

fn step(number: u32, what: &str) {
    println!("\n[{number}/5] {what}");
}

/// The command as one would type it, an option a line.
fn shown(words: &[String]) -> String {
    words.join(" ").replace(" --", " \\\n    --")
}

fn redacted(credentials: &Value) -> String {
    let mut shown = credentials.clone();
    for secret in ["SecretAccessKey", "SessionToken"] {
        if let Some(value) = shown.get_mut(secret) {
            *value = Value::from("(redacted)");
        }
    }
    format!("{shown:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown() {
        let credentials = serde_json::json!({
            "AccessKeyId": "ASIA1", "SecretAccessKey": "s3cret", "SessionToken": "t0ken",
        });
        let shown = redacted(&credentials);
        assert!(shown.contains("ASIA1"), "{shown}");
        assert!(
            !shown.contains("s3cret") && !shown.contains("t0ken"),
            "{shown}"
        );
    }
}
