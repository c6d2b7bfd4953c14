//! Building `bindings-python` and the environments that it is tested in.

use crate::shell::{self, LONG};
use crate::tools;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The newest Python that the tests know, with everything that the package works with.
pub(crate) const NEWEST: &str = "3.13";
/// The oldest one that the package takes.
pub(crate) const OLDEST: &str = "3.10";

const WHEELS: &str = "target/python/wheels";

/// The package's directory.
pub(crate) fn package() -> PathBuf {
    shell::root().join("bindings-python")
}

/// The environment that builds and tests: of the newest Python, else of whichever is there.
pub(crate) fn main_environment() -> Result<PathBuf, String> {
    let python = tools::interpreter(NEWEST).unwrap_or_else(|| PathBuf::from("python3"));
    let requirements = "bindings-python/tests/requirements.txt";
    tools::venv_with(&python, "target/python/newest", requirements)
}

/// The environment of the oldest Python.
pub(crate) fn oldest_environment() -> Result<PathBuf, String> {
    let python = tools::interpreter(OLDEST).ok_or_else(|| format!("no Python {OLDEST} here"))?;
    let requirements = "bindings-python/tests/requirements-oldest.txt";
    tools::venv_with(&python, "target/python/oldest", requirements)
}

/// A wheel by the maturin of that environment, in the development profile unless `profile` says another.
pub(crate) fn wheel(environment: &Path, profile: &[&str]) -> Result<PathBuf, String> {
    let wheels = shell::root().join(WHEELS);
    // What is not there needs no removing.
    let _removed = fs::remove_dir_all(&wheels);
    let mut maturin = shell::command(environment.join("bin/maturin"));
    maturin
        .current_dir(package())
        .args(["build", "--strip"])
        .args(profile)
        .arg("--out");
    maturin.arg(&wheels);
    maturin.env("PYO3_PYTHON", environment.join("bin/python"));
    succeed(&mut maturin)?;
    only_file(&wheels)
}

/// Installs a wheel without what it depends on, which the environment has.
pub(crate) fn install(environment: &Path, wheel: &Path) -> Result<(), String> {
    let mut pip = shell::command(environment.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps"])
        .args(["--disable-pip-version-check", "--force-reinstall"])
        .arg(wheel);
    succeed(&mut pip)
}

/// Runs a command to its end; what it said if it failed.
pub(crate) fn succeed(command: &mut Command) -> Result<(), String> {
    let outcome = shell::run_or_tell(command, LONG);
    if outcome.success {
        return Ok(());
    }
    Err(format!("{command:?}\n{}", outcome.output))
}

/// The one file of a directory.
pub(crate) fn only_file(directory: &Path) -> Result<PathBuf, String> {
    let told = |error: std::io::Error| format!("{}: {error}", directory.display());
    let entries = fs::read_dir(directory).map_err(told)?;
    let mut files = entries.flatten().map(|entry| entry.path());
    match (files.next(), files.next()) {
        (Some(file), None) => Ok(file),
        _ => Err(format!("{} does not hold one file", directory.display())),
    }
}
