//! `cargo xtask dist WHAT`: release artefacts under `target/artefacts/`, with their SHA-256.

pub(crate) mod cli;
mod python;

use crate::c;
use crate::shell::{self, LONG};
use crate::wasm;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask dist cli|conformance|node|python|wasm|c";

pub(crate) fn run(arguments: &[&str]) -> ExitCode {
    let result = match arguments {
        ["cli"] => command_line(),
        ["conformance"] => conformance(),
        ["node"] => node(),
        ["python"] => python(),
        ["c"] => c_library(),
        ["wasm"] => npm_package(),
        _ => Err(USAGE.to_owned()),
    };
    shell::exit(result.map(|archive| println!("{}", archive.display())))
}

/// What somebody needs who tests another implementation, and nothing of Rust.
const CONFORMANCE: &[&str] = &[
    "conformance/README.md",
    "conformance/REPORT.md",
    "conformance/exceptions",
    "conformance/fixtures",
    "conformance/model",
    "conformance/oracle",
    "conformance/schema",
    "conformance/vectors",
    "LICENSE",
    "NOTICE",
];

pub(crate) fn conformance() -> Result<PathBuf, String> {
    let name = format!("rolesanywhere-conformance-{}", env!("CARGO_PKG_VERSION"));
    let dist = dist()?;
    let archive = dist.join(format!("{name}.tar.gz"));
    pack(&name, CONFORMANCE, &archive)?;
    write_sums(&dist)?;
    Ok(archive)
}

/// The static program, and the one for glibc.
fn command_line() -> Result<PathBuf, String> {
    let dist = dist()?;
    println!("{}", cli::GLIBC.pack(&dist)?.display());
    let program = cli::STATIC.pack(&dist)?;
    write_sums(&dist)?;
    Ok(program)
}

fn python() -> Result<PathBuf, String> {
    let dist = dist()?;
    let wheel = python::build(&dist)?;
    write_sums(&dist)?;
    Ok(wheel)
}

/// The npm package, and that of this platform's native module.
fn node() -> Result<PathBuf, String> {
    let dist = dist()?;
    let package = crate::node::pack(&dist)?;
    write_sums(&dist)?;
    Ok(package)
}

/// Headers, libraries, pkg-config and CMake files, examples, of the release profile.
fn c_library() -> Result<PathBuf, String> {
    let dist = dist()?;
    let archive = c::dist::pack("release", &dist)?;
    write_sums(&dist)?;
    Ok(archive)
}

/// The npm package `rolesanywhere-wasm`, as `npm publish` would send it.
fn npm_package() -> Result<PathBuf, String> {
    wasm::build()?;
    let dist = dist()?;
    let mut pack = crate::node::npm(&wasm::package());
    pack.args(["pack", "--ignore-scripts", "--pack-destination"]);
    crate::node::succeed(pack.arg(&dist))?;
    write_sums(&dist)?;
    let version = env!("CARGO_PKG_VERSION");
    Ok(dist.join(format!("rolesanywhere-wasm-{version}.tgz")))
}

/// Not `target/dist`, where cargo puts what it builds with the profile of that name.
fn dist() -> Result<PathBuf, String> {
    let path = shell::root().join("target/artefacts");
    fs::create_dir_all(&path).map_err(|error| format!("target/artefacts: {error}"))?;
    Ok(path)
}

/// A tar archive that depends on names and contents alone, below a directory of its own name.
fn pack(name: &str, members: &[&str], archive: &Path) -> Result<(), String> {
    let mut tar = shell::command("tar");
    tar.args([
        "--sort=name",
        "--mtime=@0",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
    ])
    .args(["--mode=u+rw,go+r,go-w", "--exclude=__pycache__"])
    .arg(format!("--transform=s,^conformance/,,;s,^,{name}/,"))
    .args(["--use-compress-program=gzip -n", "-cf"])
    .arg(archive)
    .args(members);
    let outcome = shell::run_or_tell(&mut tar, LONG);
    if outcome.success {
        Ok(())
    } else {
        Err(outcome.output)
    }
}

/// `SHA256SUMS` of every artefact, in the form that `sha256sum --check` reads.
fn write_sums(dist: &Path) -> Result<(), String> {
    let entries = fs::read_dir(dist).map_err(|error| error.to_string())?;
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != "SHA256SUMS")
        .collect();
    names.sort();
    let outcome = shell::run_or_tell(
        shell::command("sha256sum").current_dir(dist).args(&names),
        LONG,
    );
    if !outcome.success {
        return Err(outcome.output);
    }
    fs::write(dist.join("SHA256SUMS"), outcome.output).map_err(|error| error.to_string())
}
