//! Keys under a passphrase, and where the passphrase comes from.

use crate::run::{Run, command};
use crate::world::World;
use rolesanywhere_emulator::pki::LeafOptions;
use std::process::Command;

/// A P-256 key under the passphrase `secret`.
pub(crate) const KEY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../core/tests/data/encrypted/aes256-sha512.pem"
);

fn sign(flags: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = command();
    command.args(["sign-string", "--private-key", KEY]);
    Run::of(command.args(flags).envs(variables.iter().copied()))
}

#[test]
fn every_source_of_a_passphrase() {
    let world = World::new();
    world.file("passphrase", "secret\n");
    world.file("windows", "secret\r\n");
    let file = world.path("passphrase");
    let windows = world.path("windows");
    sign(&["--pkcs8-password", "secret"], &[])
        .exposed("--pkcs8-password")
        .succeeded();
    sign(&["--private-key-passphrase", &file], &[]).succeeded();
    sign(&["--private-key-passphrase", &windows], &[]).succeeded();
    let flag = ["--private-key-passphrase", "env:ELSEWHERE"];
    sign(&flag, &[("ELSEWHERE", "secret")]).succeeded();
    let text = "ROLESANYWHERE_PRIVATE_KEY_PASSPHRASE";
    let path = "ROLESANYWHERE_PRIVATE_KEY_PASSPHRASE_FILE";
    sign(&[], &[(text, "secret")]).succeeded();
    sign(&[], &[(path, &file)]).succeeded();
    // A flag goes before a variable.
    sign(&["--pkcs8-password", "secret"], &[(path, "nowhere")])
        .exposed("--pkcs8-password")
        .succeeded();
    sign(&flag, &[("ELSEWHERE", "secret"), (text, "wrong")]).succeeded();
}

#[test]
fn what_is_wrong_with_a_passphrase_is_named_and_the_passphrase_is_not() {
    let missing = sign(&[], &[]).failed("private_key_encrypted", 3);
    assert!(
        missing.stderr.contains("--private-key-passphrase"),
        "{}",
        missing.stderr
    );
    for flags in [
        &["--pkcs8-password", "hunter2"][..],
        &["--pkcs8-password", "secret\n"],
    ] {
        let run = sign(flags, &[]);
        assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
        run.exposed("--pkcs8-password")
            .failed("passphrase_incorrect", 3);
    }
    sign(&["--private-key-passphrase", "nowhere"], &[]).failed("file_not_found", 3);
    let both = [
        "--private-key-passphrase",
        "x",
        "--pkcs8-password",
        "hunter2",
    ];
    let run = sign(&both, &[]).failed("options_conflict", 2);
    assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
}

/// Certificate, key and chain in one file, as browsers and keychains export them.
#[test]
fn a_pkcs12_file_is_all_that_it_takes() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    let (certificate, key) = (world.path("leaf.pem"), world.path("leaf-key.pem"));
    let identity = world.path("identity.p12");
    for more in [&[][..], &["-legacy"]] {
        let made = Command::new("openssl")
            .args(["pkcs12", "-export", "-passout", "pass:hunter2"])
            .args(["-in", &certificate, "-inkey", &key, "-out", &identity])
            .args(more)
            .status();
        if !made.is_ok_and(|status| status.success()) {
            println!("SKIP cli::a_pkcs12_file_is_all_that_it_takes: openssl makes none {more:?}");
            continue;
        }
        let mut command = world.credential_process();
        command.args(["--certificate", &identity]);
        Run::of(command.args(["--pkcs8-password", "hunter2"]))
            .exposed("--pkcs8-password")
            .succeeded();
    }
}
