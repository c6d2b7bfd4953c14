//! The directory that `init` makes, and the command that makes and serves it.

use crate::world::NOW;
use rolesanywhere_core::ErrorCode;
use rolesanywhere_emulator::directory::{self, InitOptions, IssueOptions};
use rolesanywhere_emulator::pki::{KeyType, LeafOptions};
use rolesanywhere_emulator::{Clock, Service};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// An empty directory that goes with the test.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn options() -> InitOptions {
    InitOptions::new()
        .key_type(KeyType::P256)
        .clock(Clock::fixed(NOW))
}

#[test]
fn init_makes_what_clients_need() {
    let home = Directory::new("init");
    let with = options()
        .intermediates(2)
        .region("cn-north-1")
        .account("444455556666");
    directory::init(&home.0, &with.command("/opt/my tools/rolesanywhere")).unwrap();
    let expected = [
        "aws-config",
        "chain.pem",
        "emulator.json",
        "env.sh",
        "issuer-key.pem",
        "leaf-key.pem",
        "leaf.pem",
        "root-key.pem",
        "root.pem",
    ];
    assert_eq!(home.names(), expected);
    assert_eq!(
        home.read("chain.pem").matches("BEGIN CERTIFICATE").count(),
        2
    );
    let config = directory::load(&home.0).unwrap();
    Service::new(&config, Clock::fixed(NOW)).unwrap();
    let anchor = &config.trust_anchors[0].trust_anchor_arn;
    assert!(anchor.starts_with("arn:aws-cn:rolesanywhere:cn-north-1:444455556666:trust-anchor/"));
    let aws_config = home.read("aws-config");
    assert!(
        aws_config
            .contains("credential_process = \"/opt/my tools/rolesanywhere\" credential-process ")
    );
    assert!(aws_config.contains(" --intermediates "));
    assert!(aws_config.contains(" --endpoint http://127.0.0.1:9912\n"));
}

#[test]
fn nothing_is_replaced_unless_asked_for() {
    let home = Directory::new("force");
    directory::init(&home.0, &options()).unwrap();
    let key = home.read("leaf-key.pem");
    let error = directory::init(&home.0, &options()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::FileUnwritable);
    assert!(error.message().contains("is there already"), "{error}");
    assert_eq!(home.read("leaf-key.pem"), key);
    directory::init(&home.0, &options().force(true)).unwrap();
    assert_ne!(home.read("leaf-key.pem"), key);
    let issue = IssueOptions::new("leaf");
    let error = directory::issue(&home.0, &issue).unwrap_err();
    assert_eq!(error.code(), ErrorCode::FileUnwritable);
    directory::issue(&home.0, &issue.force(true)).unwrap();
}

#[cfg(unix)]
#[test]
fn private_keys_are_their_owners() {
    use std::os::unix::fs::PermissionsExt;
    let home = Directory::new("mode");
    directory::init(&home.0, &options().intermediates(1)).unwrap();
    directory::issue(&home.0, &IssueOptions::new("other")).unwrap();
    for name in [
        "root-key.pem",
        "issuer-key.pem",
        "leaf-key.pem",
        "other-key.pem",
    ] {
        let mode = fs::metadata(home.0.join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn issued_leaves_chain_to_the_root() {
    for intermediates in [0, 3] {
        let home = Directory::new(&format!("issue-{intermediates}"));
        directory::init(&home.0, &options().intermediates(intermediates)).unwrap();
        let leaf = LeafOptions::new().issued_at(NOW).key_type(KeyType::P384);
        let paths = directory::issue(&home.0, &IssueOptions::new("second").leaf(leaf)).unwrap();
        assert_eq!(
            paths,
            [home.0.join("second.pem"), home.0.join("second-key.pem")]
        );
        let mut verify = Command::new("openssl");
        verify
            .args(["verify", "-attime", &NOW.to_string(), "-CAfile"])
            .arg(home.0.join("root.pem"));
        if intermediates > 0 {
            // An empty file is an error to openssl.
            verify.arg("-untrusted").arg(home.0.join("chain.pem"));
        }
        let Ok(verify) = verify.arg(home.0.join("second.pem")).output() else {
            println!("SKIP emulator::files::issued_leaves_chain_to_the_root: there is no openssl");
            return;
        };
        assert!(
            verify.status.success(),
            "{}",
            String::from_utf8_lossy(&verify.stderr)
        );
    }
    let home = Directory::new("issue-nowhere");
    let error = directory::issue(&home.0, &IssueOptions::new("x")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::FileNotFound);
    let error = directory::issue(&home.0, &IssueOptions::new("../x")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::OptionInvalid);
}

#[test]
fn a_revoked_leaf_is_on_the_list() {
    let home = Directory::new("revoked");
    directory::init(&home.0, &options().intermediates(1)).unwrap();
    for name in ["one", "two"] {
        let options = IssueOptions::new(name).revoked(true);
        directory::issue(&home.0, &options).unwrap();
    }
    let config = directory::load(&home.0).unwrap();
    assert_eq!(config.trust_anchors[0].crls.len(), 2);
    Service::new(&config, Clock::fixed(NOW)).unwrap();
}

#[test]
fn the_ca_of_tls_is_made_once() {
    let home = Directory::new("tls");
    directory::init(&home.0, &options()).unwrap();
    let first = directory::tls_authority(&home.0).unwrap().certificate_pem();
    let second = directory::tls_authority(&home.0).unwrap().certificate_pem();
    assert_eq!((&first, &first), (&second, &home.read("ca.pem")));
    let line = home.read("env.sh");
    assert!(
        line.contains("in https:*) export AWS_CA_BUNDLE='"),
        "{line}"
    );
}

#[test]
fn wrong_options_write_nothing() {
    let home = Directory::new("wrong");
    for (options, code) in [
        (options().intermediates(6), ErrorCode::ChainTooLong),
        (options().region("Mars!"), ErrorCode::RegionMalformed),
        (options().account("12"), ErrorCode::OptionInvalid),
        (
            options().ca_key_type(KeyType::Ed25519),
            ErrorCode::OptionInvalid,
        ),
    ] {
        assert_eq!(directory::init(&home.0, &options).unwrap_err().code(), code);
        assert!(home.names().is_empty());
    }
}

#[test]
fn another_port_is_told_to_the_clients() {
    let home = Directory::new("address");
    directory::init(&home.0, &options()).unwrap();
    directory::set_url(&home.0, "http://127.0.0.1:4711").unwrap();
    assert_eq!(
        directory::load(&home.0).unwrap().listen.as_deref(),
        Some("127.0.0.1:4711")
    );
    directory::set_url(&home.0, "https://127.0.0.1:4711").unwrap();
    assert_eq!(
        home.read("env.sh")
            .matches("='https://127.0.0.1:4711'")
            .count(),
        2
    );
    assert!(
        home.read("aws-config")
            .contains(" --endpoint https://127.0.0.1:4711\n")
    );
    directory::set_url(&home.0, "http://127.0.0.1:4711").unwrap();
    for name in ["aws-config", "env.sh"] {
        let text = home.read(name);
        assert_eq!(
            (text.matches(":4711").count(), text.matches(":9912").count()),
            (2, 0)
        );
    }
}

fn run(arguments: &[&str], home: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_rolesanywhere-emulator");
    let (command, rest) = arguments.split_first().unwrap();
    Command::new(program)
        .arg(command)
        .arg(home)
        .args(rest)
        .output()
        .unwrap()
}

#[test]
fn the_command_makes_issues_and_serves() {
    let home = Directory::new("command");
    let init = run(
        &[
            "init",
            "--key-type",
            "ml-dsa-65",
            "--chain",
            "1",
            "--listen",
            "127.0.0.1:0",
        ],
        &home.0,
    );
    assert!(init.status.success(), "{init:?}");
    let wrongs = [
        "--expired",
        "--not-yet-valid",
        "--ca",
        "--no-digital-signature",
        "--no-key-usage",
        "--sha1",
        "--empty-subject",
        "--v1",
        "--other-ca",
        "--revoked",
        "--dns=b7.example.org",
        "--uri=spiffe://example.org/b7",
        "--serial=0xff",
        "--subject=CN=x",
        "--days=3",
        "--key-type=ed25519",
    ];
    for wrong in wrongs {
        let name = format!(
            "--name=w{}",
            wrong
                .trim_start_matches('-')
                .replace(|c: char| !c.is_ascii_alphanumeric(), "-")
        );
        let issue = run(&["issue", &name, wrong], &home.0);
        assert!(issue.status.success(), "{wrong}: {issue:?}");
    }
    let public_key = home.0.join("public.pem");
    let fails = run(
        &["issue", "--public-key", public_key.to_str().unwrap()],
        &home.0,
    );
    assert_eq!(fails.status.code(), Some(2));
    let told = String::from_utf8(fails.stderr).unwrap();
    assert!(told.contains("[file_unreadable]\nhint: "), "{told}");

    let url_file = home.0.join("url");
    let program = env!("CARGO_BIN_EXE_rolesanywhere-emulator");
    let mut serve = Command::new(program)
        .arg("serve")
        .arg(&home.0)
        .arg("--url-file")
        .arg(&url_file)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(serve.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let url = fs::read_to_string(&url_file).unwrap();
    assert_eq!(line, format!("listening on {url}"));
    assert!(home.read("aws-config").contains(url.trim()), "{url}");
    #[cfg(unix)]
    {
        let killed = Command::new("kill")
            .arg(serve.id().to_string())
            .status()
            .unwrap();
        assert!(killed.success());
        assert!(
            serve.wait().unwrap().success(),
            "it ends well when it is told to end"
        );
    }
    let _ = serve.kill();
    let _ = serve.wait();
}
