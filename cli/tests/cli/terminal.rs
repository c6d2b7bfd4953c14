//! Passphrases from whoever sits at the terminal: a real one, made by the system.

mod device;

use crate::run::Run;
use crate::world::World;
use device::{Device, is_usable};
use rolesanywhere_emulator::pki::LeafOptions;
use std::process::{Command, Stdio};

/// A P-256 key under the passphrase `secret`.
const KEY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../core/tests/data/encrypted/aes256-sha512.pem"
);
const PROMPT: &str = "Passphrase of the private key: ";

macro_rules! skip_without_setsid {
    ($test:literal) => {
        if !is_usable() {
            println!(
                "SKIP cli::terminal::{}: there is no `setsid --ctty`, or no `env --default-signal`",
                $test
            );
            return;
        }
    };
}

fn sign_string(device: &Device) -> Command {
    let mut command = device.command();
    command.args(["sign-string", "--private-key", KEY]);
    command
}

#[test]
fn the_passphrase_is_asked_for_and_not_shown() {
    skip_without_setsid!("the_passphrase_is_asked_for_and_not_shown");
    let mut device = Device::open();
    let child = sign_string(&device).spawn().unwrap();
    device.wait_for(PROMPT);
    assert!(!device.echoes());
    device.enter("secret\n");
    let run = Run::from(child.wait_with_output().unwrap()).succeeded();
    assert!(run.text().starts_with("\"30"), "{}", run.text());
    assert!(device.echoes());
    assert_eq!(device.shown().matches("secret").count(), 0);
}

#[test]
fn a_wrong_passphrase_may_be_followed_by_two_others() {
    skip_without_setsid!("a_wrong_passphrase_may_be_followed_by_two_others");
    for (last, status) in [("secret\n", 0), ("wrong\n", 3)] {
        let mut device = Device::open();
        let child = sign_string(&device).spawn().unwrap();
        for answer in ["hunter2\n", "hunter3\n", last] {
            device.wait_for(PROMPT);
            device.enter(answer);
        }
        let run = Run::from(child.wait_with_output().unwrap());
        match status {
            0 => run.succeeded(),
            _ => run.failed("passphrase_incorrect", status),
        };
        assert!(!device.shown().contains("hunter"), "{}", device.shown());
        assert_eq!(device.shown().matches("Wrong. ").count(), 2);
    }
}

#[test]
fn no_answer_is_no_passphrase() {
    skip_without_setsid!("no_answer_is_no_passphrase");
    for answer in ["\n", "\u{4}"] {
        let mut device = Device::open();
        let child = sign_string(&device).spawn().unwrap();
        device.wait_for(PROMPT);
        device.enter(answer);
        let run = Run::from(child.wait_with_output().unwrap());
        run.failed("private_key_encrypted", 3);
        assert!(device.echoes());
    }
}

#[test]
fn an_interrupt_leaves_the_terminal_as_it_was() {
    use std::os::unix::process::ExitStatusExt;
    skip_without_setsid!("an_interrupt_leaves_the_terminal_as_it_was");
    for interrupt in ["\u{3}", "half a pass\u{3}", "half\u{1c}"] {
        let mut device = Device::open();
        let child = sign_string(&device).spawn().unwrap();
        device.wait_for(PROMPT);
        device.enter(interrupt);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.signal(), Some(2), "{output:?}");
        assert!(output.stdout.is_empty() && output.stderr.is_empty());
        assert!(device.echoes());
        assert!(!device.shown().contains("half"), "{}", device.shown());
    }
}

#[test]
fn credential_process_asks_where_there_is_somebody() {
    skip_without_setsid!("credential_process_asks_where_there_is_somebody");
    let world = World::new();
    let key = std::fs::read_to_string(KEY).unwrap();
    let private_key = rolesanywhere::core::PrivateKey::from_pem(key.as_bytes(), Some(b"secret"));
    let backend: &dyn rolesanywhere::core::Backend = &rolesanywhere::core::crypto::AwsLc;
    let signing_key = backend.signing_key(private_key.unwrap()).unwrap();
    let public_key = crate::world::public_key_pem(signing_key.public_key());
    let options = LeafOptions::new().public_key_pem(&public_key).unwrap();
    let leaf = world.root.issue(&options).unwrap();
    let certificate = world.file("leaf.pem", leaf.certificate_pem());
    let arguments = |command: &mut Command| {
        command.args(["credential-process", "--endpoint", &world.emulator.url()]);
        world.arns(command);
        command.args(["--certificate", &certificate, "--private-key", KEY]);
    };
    let mut device = Device::open();
    let mut command = device.command();
    arguments(&mut command);
    let child = command.spawn().unwrap();
    device.wait_for(PROMPT);
    device.enter("secret\n");
    let run = Run::from(child.wait_with_output().unwrap()).succeeded();
    assert!(
        run.text().contains("\"AccessKeyId\":\"ASIA"),
        "{}",
        run.text()
    );
    // Called without a terminal, as by an SDK of a service, it says so at once.
    let mut alone = crate::run::command();
    arguments(&mut alone);
    Run::of(&mut alone).failed("private_key_encrypted", 3);
    // An option goes before whoever sits there.
    let device = Device::open();
    let mut command = device.command();
    arguments(&mut command);
    command.args(["--private-key-passphrase", "env:PASSPHRASE"]);
    let child = command.env("PASSPHRASE", "wrong").spawn().unwrap();
    Run::from(child.wait_with_output().unwrap()).failed("passphrase_incorrect", 3);
}

#[test]
fn the_doctor_colours_a_terminal_alone() {
    skip_without_setsid!("the_doctor_colours_a_terminal_alone");
    for (variable, is_coloured) in [("UNRELATED", true), ("NO_COLOR", false)] {
        let mut device = Device::open();
        let mut command = device.command();
        command.args(["doctor", "--offline"]).env(variable, "1");
        let mut child = command.stdout(device.side()).spawn().unwrap();
        device.wait_for("CreateSession");
        child.wait().unwrap();
        device.wait_for("mended first\r\n");
        assert_eq!(
            device.shown().contains("\u{1b}[1mOptions\u{1b}[0m"),
            is_coloured
        );
    }
}

impl Device {
    /// Our command with this terminal, and its output and messages elsewhere.
    fn command(&self) -> Command {
        let mut command = Command::new("setsid");
        command
            .args(["--ctty", "--wait"])
            // Whatever runs the tests in the background may have them ignore it.
            .args(["env", "--default-signal=INT"])
            .arg(env!("CARGO_BIN_EXE_rolesanywhere"))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .stdin(self.side())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}
