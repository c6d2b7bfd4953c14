//! The archive that is released: headers, libraries, pkg-config and CMake files, examples.

use super::build::succeed;
use super::{scratch, sources};
use crate::shell;
use std::fs;
use std::path::{Path, PathBuf};

/// Builds with this profile, and packs into a directory.
pub(crate) fn pack(profile: &str, into: &Path) -> Result<PathBuf, String> {
    let name = name();
    let tree = into.join("c");
    // Of an earlier run.
    let _removed = fs::remove_dir_all(&tree);
    fs::create_dir_all(&tree).map_err(|error| format!("{}: {error}", tree.display()))?;
    self::tree(&tree, profile)?;
    let archive = into.join(format!("{name}.tar.gz"));
    let mut tar = shell::command("tar");
    tar.args(["--sort=name", "--mtime=@0", "--owner=0", "--group=0"])
        .args(["--numeric-owner", "--mode=u+rw,go+r,go-w"])
        .arg(format!("--transform=flags=r;s,^\\.,{name},"))
        .args(["--use-compress-program=gzip -n", "-cf"])
        .arg(&archive)
        .arg("-C")
        .arg(&tree)
        .arg(".");
    succeed(&mut tar)?;
    Ok(archive)
}

/// What the archive and the directory in it are called.
pub(crate) fn name() -> String {
    format!(
        "rolesanywhere-c-{}-{}-{}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::ARCH,
        std::env::consts::OS
    )
}

/// The content, below a directory.
pub(crate) fn tree(directory: &Path, profile: &str) -> Result<(), String> {
    let out = match profile {
        "dev" => scratch().join("build"),
        profile => scratch().join(profile),
    };
    let mut make = shell::command("make");
    make.args(["--no-print-directory", "-C"]).arg(sources());
    make.arg(format!("PROFILE={profile}"))
        .arg(format!("OUT={}", out.display()))
        .arg(format!("DESTDIR={}", directory.display()))
        .args(["PREFIX=", "install"]);
    succeed(&mut make)?;
    relocatable(&directory.join("lib/pkgconfig/rolesanywhere.pc"))?;
    for file in ["README.md", "examples"] {
        let mut copy = shell::command("cp");
        copy.arg("-r").arg(sources().join(file)).arg(directory);
        succeed(&mut copy)?;
    }
    for file in ["LICENSE", "NOTICE"] {
        let from = shell::root().join(file);
        fs::copy(&from, directory.join(file)).map_err(|error| format!("{file}: {error}"))?;
    }
    Ok(())
}

/// An unpacked archive may lie anywhere.
fn relocatable(pc: &Path) -> Result<(), String> {
    let text = fs::read_to_string(pc).map_err(|error| error.to_string())?;
    let lines = text.lines().map(|line| match line.split_once('=') {
        Some(("prefix", _)) => "prefix=${pcfiledir}/../..",
        Some(("libdir", _)) => "libdir=${prefix}/lib",
        Some(("includedir", _)) => "includedir=${prefix}/include",
        _ => line,
    });
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    fs::write(pc, text).map_err(|error| error.to_string())
}
