//! A CA, leaves, files and an emulator that trusts them.

use crate::run::{Run, command};
use rolesanywhere::core::encoding::base64;
use rolesanywhere::core::signing::PublicKey;
use rolesanywhere_emulator::Emulator;
use rolesanywhere_emulator::config::Config;
use rolesanywhere_emulator::pki::{Authority, IssuedLeaf, KeyType, LeafOptions};
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One test's own world; its directory goes with it.
pub(crate) struct World {
    pub(crate) root: Authority,
    pub(crate) emulator: Emulator,
    directory: PathBuf,
}

impl World {
    pub(crate) fn new() -> Self {
        let root = Authority::generate(KeyType::P256).unwrap();
        let emulator = Emulator::builder().trust(&root).unwrap().start().unwrap();
        Self {
            root,
            emulator,
            directory: directory(),
        }
    }

    /// A world whose profile grants sessions of this length unless asked for another.
    pub(crate) fn with_profile_duration(seconds: u32) -> Self {
        Self::with_config(|config| config.profiles[0].duration_seconds = seconds)
    }

    /// A world whose service is set up otherwise.
    pub(crate) fn with_config(change: impl FnOnce(&mut Config)) -> Self {
        let root = Authority::generate(KeyType::P256).unwrap();
        let certificate = root.certificate_pem();
        let mut config = Config::example("us-east-1", "111122223333", &certificate).unwrap();
        change(&mut config);
        let emulator = Emulator::builder().config(config).start().unwrap();
        Self {
            root,
            emulator,
            directory: directory(),
        }
    }

    /// A world whose service lives at another time.
    pub(crate) fn at(unix_seconds: i64) -> Self {
        let root = Authority::generate(KeyType::P256).unwrap();
        let clock = rolesanywhere_emulator::ManualClock::new(unix_seconds);
        let builder = Emulator::builder().trust(&root).unwrap().clock(clock);
        Self {
            root,
            emulator: builder.start().unwrap(),
            directory: directory(),
        }
    }

    /// Writes a file and returns its path.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.directory.join(name).to_str().unwrap().to_owned()
    }

    /// Issues a leaf and writes `NAME.pem` and `NAME-key.pem`.
    pub(crate) fn leaf(&self, name: &str, options: &LeafOptions) -> IssuedLeaf {
        let leaf = self.root.issue(options).unwrap();
        self.file(&format!("{name}.pem"), leaf.certificate_pem());
        self.file(&format!("{name}-key.pem"), leaf.private_key_pem().unwrap());
        leaf
    }

    /// `credential-process` for the emulator, without an identity.
    pub(crate) fn credential_process(&self) -> Command {
        let mut command = command();
        command.args(["credential-process", "--endpoint", &self.emulator.url()]);
        self.arns(&mut command);
        command
    }

    pub(crate) fn arns(&self, command: &mut Command) {
        command.args(["--trust-anchor-arn", self.emulator.trust_anchor_arn()]);
        command.args(["--profile-arn", self.emulator.profile_arn()]);
        command.args(["--role-arn", self.emulator.role_arn()]);
    }

    /// Runs `credential-process` with the leaf of this name and some more arguments.
    pub(crate) fn run(&self, leaf: &str, more: &[&str]) -> Run {
        let certificate = self.path(&format!("{leaf}.pem"));
        let key = self.path(&format!("{leaf}-key.pem"));
        let mut command = self.credential_process();
        command
            .args(["--certificate", &certificate, "--private-key", &key])
            .args(more);
        Run::of(&mut command)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

fn directory() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("rolesanywhere-cli-{}-{count}", std::process::id());
    let directory = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&directory).unwrap();
    directory
}

/// The public key as `openssl pkey -pubout` writes it.
pub(crate) fn public_key_pem(public_key: &PublicKey) -> String {
    let body = base64(public_key.spki_der());
    let lines: Vec<&str> = body
        .as_bytes()
        .chunks(64)
        .flat_map(std::str::from_utf8)
        .collect();
    format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        lines.join("\n")
    )
}

/// Unix seconds of this machine.
pub(crate) fn now() -> i64 {
    rolesanywhere_emulator::Clock::system().now()
}
