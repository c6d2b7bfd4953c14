//! What tests borrow from elsewhere: a Python environment under `target/venv`, Debian packages,
//! and AWS's two command-line clients. Whatever cannot be had is a reason to skip, never a failure.

use crate::shell::{self, Outcome};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const REQUIREMENTS: &str = "xtask/python/requirements.txt";
const BOUND: Duration = Duration::from_secs(300);

/// `target/venv`, with exactly what `requirements.txt` pins.
pub(crate) fn venv() -> Result<PathBuf, String> {
    venv_with("python3".as_ref(), "target/venv", REQUIREMENTS)
}

/// A virtual environment of that Python, with exactly what that file pins.
pub(crate) fn venv_with(
    python: &Path,
    directory: &str,
    requirements: &str,
) -> Result<PathBuf, String> {
    let venv = shell::root().join(directory);
    let wanted = shell::root().join(requirements);
    let wanted = fs::read_to_string(wanted).map_err(|error| format!("{requirements}: {error}"))?;
    let stamp = venv.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(venv);
    }
    make_venv(python, &venv)?;
    let mut pip = shell::command(venv.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet"]).args([
        "--disable-pip-version-check",
        "-r",
        requirements,
    ]);
    succeeded("pip install", &shell::run_or_tell(&mut pip, BOUND))?;
    fs::write(stamp, wanted).map_err(|error| error.to_string())?;
    Ok(venv)
}

/// An interpreter of this version (`3.13`): on the `PATH`, or one that pyenv has.
pub(crate) fn interpreter(version: &str) -> Option<PathBuf> {
    let name = format!("python{version}");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let pyenv = std::env::var_os("PYENV_ROOT").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(|home| Path::new(&home).join(".pyenv"));
    let versions = pyenv.or(home).map(|root| root.join("versions"));
    let installed = versions.and_then(|versions| fs::read_dir(versions).ok());
    let installed = installed.into_iter().flatten().flatten();
    std::env::split_paths(&path)
        .chain(installed.map(|entry| entry.path().join("bin")))
        .map(|directory| directory.join(&name))
        // pyenv's own stand-ins are there for versions that are not chosen, and fail.
        .find(|file| file.is_file() && starts(file))
}

fn starts(python: &Path) -> bool {
    let mut command = shell::command(python);
    shell::run_or_tell(command.args(["-c", "import venv"]), BOUND).success
}

/// The version of cbindgen whose output is committed. A program and not a dependency: it is MPL-2.0,
/// and nothing of it ships.
const CBINDGEN: &str = "0.29.4";

/// cbindgen of that very version, in `target/tools`.
pub(crate) fn cbindgen() -> Result<PathBuf, String> {
    let tools = shell::root().join("target/tools");
    let program = tools.join("bin/cbindgen");
    let version = shell::run_or_tell(shell::command(&program).arg("--version"), BOUND);
    if version.output.trim() == format!("cbindgen {CBINDGEN}") {
        return Ok(program);
    }
    let mut install = shell::cargo(["install", "cbindgen", "--locked", "--debug", "--quiet"]);
    install.args(["--version", CBINDGEN, "--root"]).arg(&tools);
    install.arg("--target-dir").arg(tools.join("build"));
    succeeded(
        "cargo install cbindgen",
        &shell::run_or_tell(&mut install, BOUND),
    )?;
    Ok(program)
}

/// AWS CLI v1, from PyPI.
pub(crate) fn aws_cli_v1() -> Result<PathBuf, String> {
    venv().map(|venv| venv.join("bin/aws"))
}

/// The Python of that environment, which has boto3.
pub(crate) fn python() -> Result<PathBuf, String> {
    venv().map(|venv| venv.join("bin/python"))
}

/// AWS CLI v2, which Debian calls `awscli`.
pub(crate) fn aws_cli_v2() -> Result<PathBuf, String> {
    let candidates = || {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let found: Vec<PathBuf> = std::env::split_paths(&path)
            .chain([PathBuf::from("/usr/bin")])
            .map(|directory| directory.join("aws"))
            .filter(|file| file.is_file() && is_version_2(file))
            .collect();
        found.into_iter().next()
    };
    if let Some(found) = candidates() {
        return Ok(found);
    }
    apt_install("awscli")?;
    candidates().ok_or_else(|| "Debian's awscli is not version 2".to_owned())
}

/// Rust's library for another target, from rustup.
pub(crate) fn add_target(target: &str) -> Result<(), String> {
    let mut rustup = shell::command("rustup");
    rustup.args(["target", "add", target]);
    succeeded("rustup target add", &shell::run_or_tell(&mut rustup, BOUND))
}

/// What links static programs with musl: its compiler, and Rust's library for this target.
pub(crate) fn add_musl(target: &str) -> Result<(), String> {
    if shell::find("musl-gcc").is_none() {
        apt_install("musl-tools")?;
    }
    add_target(target)
}

/// Whether Debian's compiler is here with the library's sources, for where rustup's server does not answer.
pub(crate) fn has_debian_rust() -> bool {
    let needed = [
        "/usr/bin/cargo",
        "/usr/lib/rustlib/src/rust/library/core/Cargo.toml",
    ];
    needed.iter().all(|file| Path::new(file).is_file())
}

/// Debian's `cargo` with its compiler, which may compile the library along.
pub(crate) fn debian_cargo() -> Command {
    let mut cargo = shell::command("/usr/bin/cargo");
    cargo
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1");
    cargo
}

/// Installs a Debian package when this is root; else says the one command.
pub(crate) fn apt_install(package: &str) -> Result<(), String> {
    let user = shell::run_or_tell(shell::command("id").arg("-u"), BOUND);
    if user.output.trim() != "0" {
        return Err(format!(
            "not installed; `sudo apt-get install {package}` would do it"
        ));
    }
    let mut update = shell::command("apt-get");
    update.args(["update", "-qq"]);
    // An outdated list may still do.
    let _updated = shell::run_or_tell(&mut update, BOUND);
    let mut install = shell::command("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive");
    install.args(["install", "-y", "-qq", "--no-install-recommends"]);
    install.args(["-o", "DPkg::Lock::Timeout=120", package]);
    succeeded("apt-get install", &shell::run_or_tell(&mut install, BOUND))
}

fn make_venv(python: &Path, venv: &Path) -> Result<(), String> {
    let make = || {
        let mut python = shell::command(python);
        python.args(["-m", "venv", "--clear"]).arg(venv);
        succeeded("python3 -m venv", &shell::run_or_tell(&mut python, BOUND))
    };
    make().or_else(|_| apt_install("python3-venv").and_then(|()| make()))
}

fn is_version_2(aws: &Path) -> bool {
    let version = shell::run_or_tell(shell::command(aws).arg("--version"), BOUND);
    version.success && version.output.starts_with("aws-cli/2.")
}

/// The last line of what a program said is the reason it gives.
pub(crate) fn succeeded(what: &str, outcome: &Outcome) -> Result<(), String> {
    if outcome.success {
        return Ok(());
    }
    let reason = outcome
        .output
        .lines()
        .rfind(|line| !line.trim().is_empty())
        .unwrap_or_default();
    Err(format!("{what} failed: {reason}"))
}
