//! `credential-process` when all is well.

use crate::run::Run;
use crate::world::{World, now};
use rolesanywhere::core::Timestamp;
use rolesanywhere_emulator::pki::{KeyType, LeafOptions};
use serde_json::Value;

/// The object, after its exact bytes were compared with the documented shape.
fn credentials(run: &Run) -> Value {
    let object: Value = serde_json::from_str(run.text()).unwrap();
    let text = |name: &str| {
        object[name]
            .as_str()
            .unwrap_or_else(|| panic!("{name}"))
            .to_owned()
    };
    let account = match object.get("AccountId") {
        Some(account) => format!(",\"AccountId\":{account}"),
        None => String::new(),
    };
    let expected = format!(
        r#"{{"Version":1,"AccessKeyId":"{}","SecretAccessKey":"{}","SessionToken":"{}","Expiration":"{}"{account}}}"#,
        text("AccessKeyId"),
        text("SecretAccessKey"),
        text("SessionToken"),
        text("Expiration"),
    );
    assert_eq!(run.text(), expected);
    object
}

fn seconds_left(credentials: &Value) -> i64 {
    let expiration = credentials["Expiration"].as_str().unwrap();
    assert!(
        expiration.ends_with('Z') && expiration.len() == 20,
        "{expiration}"
    );
    Timestamp::parse_rfc3339(expiration).unwrap().unix_seconds() - now()
}

#[test]
fn every_kind_of_key_gets_credentials() {
    let world = World::new();
    for key_type in KeyType::ALL {
        if matches!(key_type, KeyType::Ed25519 | KeyType::Rsa8192) {
            continue;
        }
        world.leaf("leaf", &LeafOptions::new().key_type(*key_type));
        let credentials = credentials(&world.run("leaf", &[]).succeeded());
        assert_eq!(credentials["AccountId"], "111122223333", "{key_type}");
        assert!(
            credentials["AccessKeyId"]
                .as_str()
                .unwrap()
                .starts_with("ASIA"),
            "{key_type}"
        );
    }
}

#[test]
fn the_duration_is_the_profiles_unless_given() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    let profile = seconds_left(&credentials(&world.run("leaf", &[]).succeeded()));
    assert!((3500..=3600).contains(&profile), "{profile}");
    let given = world
        .run("leaf", &["--session-duration", "900"])
        .succeeded();
    let given = seconds_left(&credentials(&given));
    assert!((800..=900).contains(&given), "{given}");
}

#[test]
fn drop_in_flags_are_accepted() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    let run = world.run(
        "leaf",
        &[
            "--with-proxy",
            "--role-session-name",
            "build-7",
            "--region",
            "us-east-1",
            "--instance-property",
            "rack=7",
            "--connect-timeout",
            "2",
            "--timeout=20",
        ],
    );
    credentials(&run.succeeded());
}

#[test]
fn the_account_can_be_left_out() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    let run = world.run("leaf", &["--no-account-id"]).succeeded();
    assert_eq!(credentials(&run).get("AccountId"), None);
}

#[test]
fn unverified_tls_is_warned_of_each_time() {
    let world = World::new();
    world.leaf("leaf", &LeafOptions::new());
    for _ in 0..2 {
        let run = world.run("leaf", &["--no-verify-ssl"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(
            run.stderr.starts_with("rolesanywhere: warning: "),
            "{}",
            run.stderr
        );
        credentials(&run);
    }
}

#[test]
fn sources_of_every_form() {
    let world = World::new();
    let leaf = world.leaf("leaf", &LeafOptions::new());
    let key = leaf.private_key_pem().unwrap();
    let combined = format!("{key}text between\r\n{}", leaf.certificate_pem());
    let combined_path = world.file("combined.pem", &combined);
    let der = world.file("leaf.der", leaf.certificate_der());
    let key_path = world.path("leaf-key.pem");
    let run = |arguments: &[&str]| {
        credentials(&Run::of(world.credential_process().args(arguments)).succeeded());
    };
    run(&["--certificate", &combined_path]);
    run(&[
        "--certificate",
        &combined_path,
        "--private-key",
        &combined_path,
    ]);
    run(&["--certificate", &format!("file:{combined_path}")]);
    run(&["--certificate", &der, "--private-key", &key_path]);
    run(&[
        "--certificate",
        &leaf.certificate_pem(),
        "--private-key",
        &key_path,
    ]);
    for (arguments, flag) in [
        (&["--certificate", &combined][..], "--certificate"),
        (
            &["--certificate", &der, "--private-key", &key],
            "--private-key",
        ),
    ] {
        let run = Run::of(world.credential_process().args(arguments));
        credentials(&run.exposed(flag).succeeded());
    }
    for arguments in [
        &["--certificate", "-"][..],
        &["--certificate", "-", "--private-key", "-"],
    ] {
        let mut command = world.credential_process();
        let run = Run::with_input(command.args(arguments), combined.as_bytes());
        credentials(&run.succeeded());
    }
    let mut command = world.credential_process();
    command
        .args(["--certificate", "env:APP_IDENTITY"])
        .env("APP_IDENTITY", &combined);
    credentials(&Run::of(&mut command).succeeded());
}

#[test]
fn a_chain_is_sent_from_either_file() {
    let world = World::new();
    let middle = world.root.intermediate(KeyType::P256).unwrap();
    let lower = middle.intermediate(KeyType::Rsa2048).unwrap();
    let leaf = lower.issue(&LeafOptions::new()).unwrap();
    let key = world.file("key.pem", leaf.private_key_pem().unwrap());
    let alone = world.file("alone.pem", leaf.certificate_pem());
    let chain = world.file("chain.pem", leaf.chain_pem());
    let everything = leaf.chain_pem() + &world.root.certificate_pem() + &leaf.certificate_pem();
    let everything = world.file("everything.pem", everything);
    let run = |arguments: &[&str]| {
        let mut command = world.credential_process();
        Run::of(command.args(["--private-key", &key]).args(arguments))
    };
    credentials(&run(&["--certificate", &alone, "--intermediates", &chain]).succeeded());
    credentials(&run(&["--certificate", &everything]).succeeded());
    run(&["--certificate", &alone]).failed("access_denied", 1);
}
