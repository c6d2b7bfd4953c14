//! `cargo xtask demo`: the whole way once, on this machine, with nothing but a Rust toolchain.

use crate::sandbox::{self, Sandbox, command_of};
use crate::shell::{self, LONG};
use serde_json::Value;
use std::process::{ExitCode, Stdio};
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
    let credentials = get_credentials(&words)?;
    println!("{}", redacted(&credentials));

    step(
        5,
        "Ask STS whose credentials these are: sts:GetCallerIdentity, signed with them",
    );
    let identity = get_caller_identity(&sandbox, &credentials)?;
    for name in ["Arn", "UserId", "Account"] {
        println!("{name}: {}", element(&identity, name).unwrap_or_default());
    }
    let arn = element(&identity, "Arn").unwrap_or_default();
    if !arn.starts_with(&sandbox.caller_arn_prefix()) {
        return Err(format!(
            "the caller is not a session of the role: {identity}"
        ));
    }
    last_words(&sandbox, &words);
    Ok(())
}

fn get_credentials(words: &[String]) -> Result<Value, String> {
    let output = command_of(words).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!("credential-process ended, {}", output.status));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("no JSON: {error}"))
}

fn get_caller_identity(sandbox: &Sandbox, credentials: &Value) -> Result<String, String> {
    let mut client = shell::command(sandbox::program("examples/get_caller_identity"));
    client.arg(&sandbox.url).env("AWS_REGION", sandbox.region());
    for (variable, member) in [
        ("AWS_ACCESS_KEY_ID", "AccessKeyId"),
        ("AWS_SECRET_ACCESS_KEY", "SecretAccessKey"),
        ("AWS_SESSION_TOKEN", "SessionToken"),
    ] {
        client.env(
            variable,
            credentials
                .get(member)
                .and_then(Value::as_str)
                .unwrap_or_default(),
        );
    }
    let outcome = shell::run_or_tell(&mut client, LONG);
    if outcome.success {
        Ok(outcome.output)
    } else {
        Err(outcome.output)
    }
}

/// What was shown works again while the emulator runs; with other ARNs it works against AWS.
fn last_words(sandbox: &Sandbox, words: &[String]) {
    let port = sandbox
        .url
        .rsplit(':')
        .next()
        .unwrap_or_default()
        .trim_end_matches('/');
    let serve = sandbox::program("rolesanywhere-emulator");
    println!("\nThe lines for ~/.aws/config, with which every AWS SDK and CLI does the same:\n");
    println!("[profile rolesanywhere]");
    println!("region = {}", sandbox.region());
    println!("credential_process = {}", words.join(" "));
    println!("\nThe emulator has been stopped. To start it again:\n");
    println!(
        "{} serve {} --listen 127.0.0.1:{port}",
        serve.display(),
        sandbox.directory.display()
    );
    println!("\nFor AWS itself, put your own files and ARNs and leave out --endpoint.");
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

fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = xml.split_once(&format!("<{name}>"))?;
    after.split_once("</").map(|(text, _)| text)
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
