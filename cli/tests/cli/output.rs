//! Standard output and error themselves: closed, full, or read by a machine.

use crate::run::{Run, command};
use crate::world::World;
use rolesanywhere_emulator::pki::LeafOptions;
use serde_json::Value;
use std::io::Read;
use std::process::Stdio;

#[test]
fn version_is_bare() {
    let version = format!("{}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(
        Run::of(command().arg("version")).succeeded().text(),
        version
    );
    let run = Run::of(command().arg("--version")).succeeded();
    assert_eq!(run.text(), format!("rolesanywhere {version}"));
}

#[test]
fn help_is_output_and_succeeds() {
    for line in [
        &[][..],
        &["help"],
        &["--help"],
        &["credential-process", "--help"],
    ] {
        let run = Run::of(command().args(line)).succeeded();
        assert!(run.text().contains("Usage: rolesanywhere"), "{line:?}");
    }
}

#[test]
fn a_closed_pipe_is_an_error_and_no_panic() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    let mut command = world.credential_process();
    command.args(["--certificate", &world.path("leaf.pem")]);
    command.args(["--private-key", &world.path("leaf-key.pem")]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(4), "{stderr}");
    assert!(
        stderr.contains("[internal]") && !stderr.contains("panic"),
        "{stderr}"
    );
}

#[test]
fn a_closed_standard_error_is_no_panic() {
    let mut command = command();
    command
        .args(["sign-string", "--bogus"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

#[test]
fn messages_as_json_are_one_object_a_line() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new().expired());
    let run = world.run("leaf", &["--log-format", "json", "--debug"]);
    assert_eq!((run.status, run.text()), (3, ""), "{}", run.stderr);
    let lines: Vec<Value> = run
        .stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let last = lines.last().unwrap();
    assert_eq!(last["level"], "error");
    assert_eq!(last["code"], "certificate_expired");
    assert_eq!(last["retryable"], false);
    assert_eq!(last["status"], 403);
    assert!(
        last["request_id"].is_string() && last["hint"].is_string(),
        "{last}"
    );
    assert!(lines.iter().any(|line| line["level"] == "warning"));
    assert!(
        lines
            .iter()
            .any(|line| line["event"] == "canonical request")
    );
}

#[test]
fn a_bad_command_line_is_reported_as_json_too() {
    let run = Run::of(command().args(["credential-process", "--log-format=json", "--bogus"]));
    let line: Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!(
        (run.status, line["code"].as_str().unwrap()),
        (2, "option_unknown")
    );
}
