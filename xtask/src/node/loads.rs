//! The packages in a Node of each platform that they are for: under qemu, and with musl's loader, where these are.

use super::cross::{TARGETS, Target};
use super::{carried_by_wheel, package, succeed};
use crate::{shell, tools};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where arm64's C library is, when Debian's packages for compiling to it are installed.
const ARM64_ROOT: &str = "/usr/aarch64-linux-gnu";

/// What Node for arm64 needs to run here: Debian's packages, and a file of each.
const ARM64: &[(&str, &str)] = &[
    ("qemu-user", "/usr/bin/qemu-aarch64"),
    ("libc6-arm64-cross", "/usr/aarch64-linux-gnu/lib/libc.so.6"),
    (
        "libstdc++6-arm64-cross",
        "/usr/aarch64-linux-gnu/lib/libstdc++.so.6",
    ),
];

/// A directory with musl's loaders (`ld-musl-x86_64.so.1`), for machines whose own musl is older than Node's (1.2.5).
const MUSL_LOADERS: &str = "MUSL_LOADERS";

/// Loads each of these platforms' packages, and says where it cannot.
pub(super) fn check(out: &Path, platforms: &[&str]) -> Result<(), String> {
    for target in TARGETS.iter().filter(|it| platforms.contains(&it.platform)) {
        let name = target.platform;
        match node(target) {
            Err(reason) => println!("rolesanywhere-{name} was not loaded: {reason}"),
            Ok(node) => println!("rolesanywhere-{name}: {}", load(node, out, name)?.trim()),
        }
    }
    Ok(())
}

fn load(mut node: Command, out: &Path, platform: &str) -> Result<String, String> {
    let version = env!("CARGO_PKG_VERSION");
    node.current_dir(package()).arg("scripts/loads.mjs");
    node.arg(out.join(format!("rolesanywhere-{version}.tgz")));
    node.arg(out.join(format!("rolesanywhere-{platform}-{version}.tgz")));
    let outcome = shell::run_or_tell(&mut node, shell::LONG);
    if outcome.success {
        Ok(outcome.output)
    } else {
        Err(outcome.output)
    }
}

/// A Node for that platform that has been seen to start.
fn node(target: &Target) -> Result<Command, String> {
    let program = carried_by_wheel(target.platform, &["--platform", target.wheel])?;
    let mut words = emulator(target)?;
    words.extend(loader(target)?);
    words.push(program);
    let start = || {
        let mut words = words.iter().map(PathBuf::as_path);
        let mut command = shell::command(words.next().unwrap_or(Path::new("")));
        command.args(words);
        command
    };
    let started = "its Node does not start here";
    succeed(start().arg("--version")).map_err(|problem| format!("{started}: {problem}"))?;
    Ok(start())
}

/// qemu, for a processor that is not this machine's.
fn emulator(target: &Target) -> Result<Vec<PathBuf>, String> {
    if target.arch() == std::env::consts::ARCH {
        return Ok(Vec::new());
    }
    if target.arch() != "aarch64" {
        return Err(format!("nothing here runs {}", target.arch()));
    }
    for (package, file) in ARM64 {
        if !Path::new(file).exists() {
            tools::apt_install(package)?;
        }
    }
    Ok(["qemu-aarch64", "-L", ARM64_ROOT]
        .map(PathBuf::from)
        .to_vec())
}

/// musl's loader is a program too, which need not be installed where Node looks for it.
fn loader(target: &Target) -> Result<Vec<PathBuf>, String> {
    if !target.platform.ends_with("-musl") {
        return Ok(Vec::new());
    }
    let name = format!("ld-musl-{}.so.1", target.arch());
    let given = std::env::var_os(MUSL_LOADERS).map(PathBuf::from);
    if target.arch() == std::env::consts::ARCH
        && given.is_none()
        && !Path::new("/lib").join(&name).exists()
    {
        tools::apt_install("musl")?;
    }
    let directories = given.into_iter().chain([PathBuf::from("/lib")]);
    let mut loaders = directories.map(|directory| directory.join(&name));
    let found = loaders.find(|loader| loader.exists());
    found
        .map(|loader| vec![loader])
        .ok_or_else(|| format!("no {name} in /lib or ${MUSL_LOADERS}"))
}
