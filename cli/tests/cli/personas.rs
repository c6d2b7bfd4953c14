//! Both personas on one table of command lines, and AWS's own helper beside ours where
//! `ROLESANYWHERE_PEER` names it.
//!
//! The recorded answers are those of version 1.8.0 of the helper.

mod table;

use crate::passphrase;
use crate::run::Run;
use crate::world::{World, now, public_key_pem};
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::{Backend as _, PrivateKey, Timestamp};
use rolesanywhere_emulator::pki::{KeyType, LeafOptions};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Stdio};
use table::{Expected, Output, ROWS, Row};

const IDENTITY: &str = "--certificate {leaf} --private-key {key}";
const SESSION: &str = "--trust-anchor-arn {anchor} --profile-arn {profile} --role-arn {role}";

struct Stage {
    world: World,
    stranger: World,
}

impl Stage {
    fn new() -> Self {
        // A profile whose own duration is not the helper's default.
        let world = World::with_profile_duration(7200);
        let stranger = World::new();
        world.leaf("leaf", &LeafOptions::new());
        stranger.leaf("leaf", &LeafOptions::new());
        encrypted(&world);
        combined_and_chained(&world);
        world.file(
            "half-filled",
            "[default]\naws_access_key_id = AKIAEXAMPLE\n",
        );
        Self { world, stranger }
    }

    fn filled(&self, text: &str) -> String {
        let (world, emulator) = (&self.world, &self.world.emulator);
        let elsewhere = emulator.profile_arn().replace("us-east-1", "eu-west-1");
        text.replace("{session}", &format!("{IDENTITY} {{rest}}"))
            .replace("{rest}", &format!("{SESSION} --endpoint {{url}}"))
            .replace("{no-endpoint}", &format!("{IDENTITY} {SESSION}"))
            .replace("{combined}", &world.path("combined.pem"))
            .replace("{chained}", &world.path("chained.pem"))
            .replace("{chained-key}", &world.path("chained-key.pem"))
            .replace("{chain}", &world.path("chain.pem"))
            .replace("{half-filled}", &world.path("half-filled"))
            .replace("{elsewhere}", &elsewhere)
            .replace("{encrypted}", &world.path("encrypted.pem"))
            .replace("{encrypted-key}", passphrase::KEY)
            .replace("{leaf}", &world.path("leaf.pem"))
            .replace("{key}", &world.path("leaf-key.pem"))
            .replace("{stranger}", &self.stranger.path("leaf.pem"))
            .replace("{stranger-key}", &self.stranger.path("leaf-key.pem"))
            .replace("{anchor}", emulator.trust_anchor_arn())
            .replace("{profile}", emulator.profile_arn())
            .replace("{role}", emulator.role_arn())
            .replace("{url}", &emulator.url())
            .replace("{nowhere}", "http://127.0.0.1:1")
    }

    fn run(&self, program: &Path, row: &Row) -> Run {
        let mut command = Command::new(program);
        command.env_clear().stdin(Stdio::null());
        command.args(self.filled(row.line).split_whitespace());
        for (name, value) in row.variables {
            command.env(name, self.filled(value));
        }
        Run::of(&mut command)
    }
}

/// A certificate for the key that is under a passphrase.
fn encrypted(world: &World) {
    let key = std::fs::read(passphrase::KEY).unwrap();
    let key = PrivateKey::from_pem(&key, Some(b"secret")).unwrap();
    let key = AwsLc.signing_key(key).unwrap();
    let public = public_key_pem(key.public_key());
    let options = LeafOptions::new().public_key_pem(&public).unwrap();
    let leaf = world.root.issue(&options).unwrap();
    world.file("encrypted.pem", leaf.certificate_pem());
}

/// Certificate and key in one file, and a leaf with the chain that it needs.
fn combined_and_chained(world: &World) {
    let leaf = world.root.issue(&LeafOptions::new()).unwrap();
    let both = leaf.private_key_pem().unwrap() + &leaf.certificate_pem();
    world.file("combined.pem", both);
    let issuer = world.root.intermediate(KeyType::P256).unwrap();
    let leaf = issuer.issue(&LeafOptions::new()).unwrap();
    world.file("chained.pem", leaf.certificate_pem());
    world.file("chained-key.pem", leaf.private_key_pem().unwrap());
    world.file("chain.pem", leaf.chain_pem());
}

#[track_caller]
fn check(who: &str, row: &Row, run: &Run, expected: &Expected) {
    let what = format!(
        "{who} {} {:?}: {} {}",
        row.line,
        row.variables,
        String::from_utf8_lossy(&run.stdout),
        run.stderr
    );
    assert_eq!(run.status, expected.status, "{what}");
    match expected.output {
        Output::Nothing => assert_eq!(run.text(), "", "{what}"),
        Output::Line => assert!(run.text().ends_with('\n') && run.text().len() > 1, "{what}"),
        Output::Bare(start) => {
            assert!(run.text().starts_with(start), "{what}");
            assert!(!run.text().ends_with('\n'), "{what}");
        }
        Output::Octets(first) => assert_eq!(run.stdout.first(), Some(&first), "{what}"),
        Output::Credentials { account, seconds } => {
            let start = r#"{"Version":1,"AccessKeyId":"ASIA"#;
            assert!(run.text().starts_with(start), "{what}");
            let object: Value = serde_json::from_str(run.text()).expect(&what);
            assert!(run.text().ends_with('}'), "no line end after {what}");
            assert_eq!(object.get("AccountId").is_some(), account, "{what}");
            let end = Timestamp::parse_rfc3339(object["Expiration"].as_str().unwrap()).unwrap();
            let left = end.unix_seconds() - now();
            assert!(
                (seconds - 100..=seconds).contains(&left),
                "{left} s: {what}"
            );
        }
    }
}

#[test]
fn as_ourselves() {
    let stage = Stage::new();
    let program = Path::new(env!("CARGO_BIN_EXE_rolesanywhere"));
    for row in ROWS {
        check("own", row, &stage.run(program, row), &row.own);
    }
}

#[cfg(unix)]
#[test]
fn as_the_helper() {
    let stage = Stage::new();
    let link = stage.world.path("aws_signing_helper");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_rolesanywhere"), &link).unwrap();
    for row in ROWS {
        let run = stage.run(Path::new(&link), row);
        check("helper", row, &run, &row.helper);
        let what = format!("{}: {}", row.line, run.stderr);
        assert!(run.stderr.contains(row.says), "{what}");
        match run.status {
            0 => assert_eq!(run.stderr.is_empty(), row.says.is_empty(), "{what}"),
            _ => assert!(run.stderr.contains("\nhint: "), "{what}"),
        }
    }
}

#[test]
fn as_the_helper_itself() {
    let Some(peer) = std::env::var_os("ROLESANYWHERE_PEER") else {
        println!("SKIP cli::personas::as_the_helper_itself: ROLESANYWHERE_PEER names no program");
        return;
    };
    let stage = Stage::new();
    for row in ROWS {
        let run = stage.run(Path::new(&peer), row);
        check("peer", row, &run, row.peer.as_ref().unwrap_or(&row.helper));
    }
}
