//! Native modules for other platforms than this one, where a compiler and a linker can be had.

use super::{library, succeed};
use crate::{shell, tools};
use std::path::PathBuf;

/// A platform as npm knows it, as rustc does, and what links for it.
struct Target {
    platform: &'static str,
    triple: &'static str,
    linker: &'static str,
    debian_package: &'static str,
    /// On musl a module that is loaded cannot bring its own C library along.
    rustflags: &'static str,
}

/// Of macOS, Windows and arm64 with musl there is no linker to be had on Debian: `cargo xtask dist node` there.
const TARGETS: &[Target] = &[
    Target {
        platform: "linux-x64-musl",
        triple: "x86_64-unknown-linux-musl",
        linker: "musl-gcc",
        debian_package: "musl-tools",
        rustflags: "-Ctarget-feature=-crt-static",
    },
    Target {
        platform: "linux-arm64-gnu",
        triple: "aarch64-unknown-linux-gnu",
        linker: "aarch64-linux-gnu-gcc",
        debian_package: "gcc-aarch64-linux-gnu",
        rustflags: "",
    },
];

/// Every module that can be built here besides this machine's; of the others it says why not.
pub(super) fn modules() -> Vec<(&'static str, PathBuf)> {
    let mut built = Vec::new();
    let own = super::platform();
    for target in TARGETS.iter().filter(|it| it.platform != own) {
        match module(target) {
            Ok(module) => built.push((target.platform, module)),
            Err(reason) => println!("no rolesanywhere-{}: {reason}", target.platform),
        }
    }
    built
}

fn module(target: &Target) -> Result<PathBuf, String> {
    let mut rustup = shell::command("rustup");
    succeed(rustup.args(["target", "add", target.triple]))?;
    if shell::find(target.linker).is_none() {
        tools::apt_install(target.debian_package)?;
    }
    let variable = target.triple.to_uppercase().replace('-', "_");
    let mut cargo = shell::cargo(["build", "-p", "rolesanywhere-node", "--release"]);
    cargo.args(["--target", target.triple]);
    cargo.env(format!("CARGO_TARGET_{variable}_LINKER"), target.linker);
    if !target.rustflags.is_empty() {
        let flags = format!("CARGO_TARGET_{variable}_RUSTFLAGS");
        cargo.env(flags, target.rustflags);
    }
    succeed(&mut cargo)?;
    let release = shell::root()
        .join("target")
        .join(target.triple)
        .join("release");
    Ok(release.join(library()))
}
