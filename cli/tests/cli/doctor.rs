//! `doctor` against services and machines with one thing wrong.

mod local;
mod service;

use crate::run::{Run, command};
use crate::world::World;
use rolesanywhere_emulator::pki::LeafOptions;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// A world with a leaf whose key nobody else can read.
fn with_leaf(world: World) -> World {
    world.leaf("leaf", &LeafOptions::new());
    std::fs::set_permissions(world.path("leaf-key.pem"), Permissions::from_mode(0o600)).unwrap();
    world
}

/// `doctor` for this world's service and the leaf of this name.
fn doctor(world: &World, leaf: &str) -> Command {
    doctor_with(world, leaf, &[])
}

/// The same with other values for some flags.
fn doctor_with(world: &World, leaf: &str, others: &[[&str; 2]]) -> Command {
    let emulator = &world.emulator;
    let (url, certificate) = (emulator.url(), world.path(&format!("{leaf}.pem")));
    let private_key = world.path(&format!("{leaf}-key.pem"));
    let usual = [
        ["--endpoint", &url],
        ["--trust-anchor-arn", emulator.trust_anchor_arn()],
        ["--profile-arn", emulator.profile_arn()],
        ["--role-arn", emulator.role_arn()],
        ["--certificate", &certificate],
        ["--private-key", &private_key],
    ];
    let is_other = |name: &str| others.iter().any(|[other, _]| *other == name);
    let mut command = command();
    command.arg("doctor").args(others.as_flattened());
    for flag in usual.iter().filter(|[name, _]| !is_other(name)) {
        command.args(flag);
    }
    command
}

impl Run {
    /// The examination ended with this status, said nothing on standard error, and each of these
    /// stands in it.
    #[track_caller]
    fn told(self, status: i32, texts: &[&str]) -> Self {
        assert_eq!(
            (self.status, self.stderr.as_str()),
            (status, ""),
            "{}",
            self.text()
        );
        for text in texts {
            assert!(
                self.text().contains(text),
                "{text} is missing:\n{}",
                self.text()
            );
        }
        self
    }
}
