//! A key in the wrong place never comes back in a message.

use crate::run::{Run, command};
use crate::world::World;
use rolesanywhere_emulator::pki::{KeyType, LeafOptions};

/// Every flag of a command that takes a value, as its help lists them.
fn flags(name: &str) -> Vec<String> {
    let help = Run::of(command().args([name, "--help"])).succeeded();
    let with_value = |line: &str| {
        let (flag, rest) = line.trim().split_once(' ')?;
        (flag.starts_with("--") && rest.starts_with('<')).then(|| flag.to_owned())
    };
    let flags: Vec<String> = help.text().lines().filter_map(with_value).collect();
    assert!(flags.len() > 5, "{flags:?}");
    flags
}

/// The run's messages hold no eight characters in a row of the key's body.
#[track_caller]
fn assert_hidden(run: &Run, key: &str, what: &str) {
    let body: String = key.lines().filter(|line| !line.contains("-----")).collect();
    let output = run.stderr.clone() + &String::from_utf8_lossy(&run.stdout);
    for start in 0..body.len() - 8 {
        let piece = body.get(start..start + 8).unwrap();
        assert!(!output.contains(piece), "{what}: {output}");
    }
}

#[test]
fn a_key_as_the_value_of_any_flag() {
    let world = World::new();
    for key_type in [KeyType::P256, KeyType::Rsa2048] {
        let leaf = world.leaf("leaf", &LeafOptions::new().key_type(key_type));
        let key = leaf.private_key_pem().unwrap();
        let body: String = key.lines().filter(|line| !line.contains("-----")).collect();
        let first_line = key.lines().nth(1).unwrap().to_owned();
        let escaped = key.replace('\n', "\\n");
        for flag in flags("credential-process") {
            for value in [
                &key,
                &body,
                &first_line,
                &escaped,
                &format!("file:{key}"),
                &format!("env:{body}"),
            ] {
                let mut command = world.credential_process();
                if flag != "--certificate" {
                    command.args(["--certificate", &world.path("leaf.pem")]);
                }
                let run = Run::of(command.args([&flag, value]));
                assert_hidden(&run, &key, &flag);
                let run = Run::of(world.credential_process().arg(format!("{flag}={value}")));
                assert_hidden(&run, &key, &flag);
            }
        }
    }
}

#[test]
fn a_key_where_a_flag_or_a_command_belongs() {
    let world = World::new();
    let key = world
        .leaf("leaf", &LeafOptions::new())
        .private_key_pem()
        .unwrap();
    let body: String = key.lines().filter(|line| !line.contains("-----")).collect();
    for word in [
        &key,
        &body,
        &format!("--{body}"),
        &format!("--bogus={body}"),
    ] {
        for line in [
            &[word.as_str()][..],
            &["credential-process", word],
            &["sign-string", word],
        ] {
            let run = Run::of(command().args(line)).failed("option_unknown", 2);
            assert_hidden(&run, &key, word);
        }
    }
}

#[test]
fn a_damaged_key_is_not_quoted() {
    let world = World::new();
    let key = world
        .leaf("leaf", &LeafOptions::new())
        .private_key_pem()
        .unwrap();
    for damaged in [
        key.replace("-----END PRIVATE KEY-----", ""),
        key.replacen('M', "!", 1),
        key.replace("PRIVATE KEY", "CERTIFICATE"),
        key.replacen(
            "-----BEGIN PRIVATE KEY-----\nMI",
            "-----BEGIN PRIVATE KEY-----\nAI",
            1,
        ),
    ] {
        let path = world.file("damaged.pem", &damaged);
        for value in [&path, &damaged] {
            let run = world.run("leaf", &[]).succeeded();
            assert_hidden(&run, &key, "sound");
            let mut command = world.credential_process();
            command.args([
                "--certificate",
                &world.path("leaf.pem"),
                "--private-key",
                value,
            ]);
            let run = Run::of(&mut command);
            assert_eq!((run.status, run.text()), (3, ""), "{}", run.stderr);
            assert_hidden(&run, &key, "damaged");
        }
    }
}
