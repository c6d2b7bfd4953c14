//! Native modules for every Linux, whatever machine this is: zig compiles, links and brings the C libraries.

use super::{library, succeed};
use crate::{shell, tools};
use std::path::{Path, PathBuf};

/// A platform as npm knows it, and as rustc and zig do.
pub(super) struct Target {
    pub(super) platform: &'static str,
    triple: &'static str,
    /// The oldest C library that will do. Rust's own takes no older one than this.
    glibc: &'static str,
    /// On musl a module that is loaded cannot bring its own C library along.
    rustflags: &'static str,
    /// What pip calls the platform of Node's binary.
    pub(super) wheel: &'static str,
}

impl Target {
    /// The processor, as Rust and qemu call it.
    pub(super) fn arch(&self) -> &str {
        self.triple.split('-').next().unwrap_or_default()
    }
}

/// For macOS and Windows, `cargo xtask dist node` there.
pub(super) const TARGETS: &[Target] = &[
    Target {
        platform: "linux-x64-gnu",
        triple: "x86_64-unknown-linux-gnu",
        glibc: ".2.17",
        rustflags: "",
        wheel: "manylinux_2_28_x86_64",
    },
    Target {
        platform: "linux-x64-musl",
        triple: "x86_64-unknown-linux-musl",
        glibc: "",
        rustflags: "-Ctarget-feature=-crt-static",
        wheel: "musllinux_1_2_x86_64",
    },
    Target {
        platform: "linux-arm64-gnu",
        triple: "aarch64-unknown-linux-gnu",
        glibc: ".2.17",
        rustflags: "",
        wheel: "manylinux_2_28_aarch64",
    },
    Target {
        platform: "linux-arm64-musl",
        triple: "aarch64-unknown-linux-musl",
        glibc: "",
        rustflags: "-Ctarget-feature=-crt-static",
        wheel: "musllinux_1_2_aarch64",
    },
];

/// Every module that can be built here; of the others it says why not.
pub(super) fn modules() -> Vec<(&'static str, PathBuf)> {
    let requirements = "bindings-node/requirements-dist.txt";
    let zig = match tools::venv_with("python3".as_ref(), "target/node/zig", requirements) {
        Ok(zig) => zig.join("bin"),
        Err(reason) => {
            println!("no modules for other platforms, for want of zig: {reason}");
            return Vec::new();
        }
    };
    let mut built = Vec::new();
    for target in TARGETS {
        match module(target, &zig) {
            Ok(module) => built.push((target.platform, module)),
            Err(reason) => println!("no rolesanywhere-{}: {reason}", target.platform),
        }
    }
    built
}

fn module(target: &Target, zig: &Path) -> Result<PathBuf, String> {
    tools::add_target(target.triple)?;
    let mut cargo = shell::cargo(["zigbuild", "-p", "rolesanywhere-node", "--release"]);
    shell::find_first(&mut cargo, zig);
    cargo.args(["--target", &format!("{}{}", target.triple, target.glibc)]);
    if !target.rustflags.is_empty() {
        let variable = target.triple.to_uppercase().replace('-', "_");
        let variable = format!("CARGO_TARGET_{variable}_RUSTFLAGS");
        cargo.env(variable, target.rustflags);
    }
    succeed(&mut cargo)?;
    let release = shell::root()
        .join("target")
        .join(target.triple)
        .join("release");
    Ok(release.join(library()))
}
