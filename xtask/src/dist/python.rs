//! The Python package: wheels for manylinux2014 with zig as the linker, and a source distribution.

use crate::python::{only_file, package, succeed};
use crate::shell;
use crate::tools;
use std::fs;
use std::path::{Path, PathBuf};

/// Wheels beside this machine's, where rustup has their target.
const OTHER_TARGETS: &[(&str, &str)] = &[
    ("aarch64-unknown-linux-gnu", "manylinux2014"),
    ("x86_64-unknown-linux-musl", "musllinux_1_2"),
    ("aarch64-unknown-linux-musl", "musllinux_1_2"),
];

const LARGEST_WHEEL: u64 = 4 << 20;

/// What a release has to do, and a function of the tests' that it must not have.
const SIGNS: &str = "
import rolesanywhere
here = 'conformance/fixtures/pki/p256/'
files = [open(here + name, 'rb').read() for name in ('leaf.pem', 'key.pem')]
identity, key = rolesanywhere.load_identity(*files)
key.verify(b'message', key.sign(b'message'))
assert key.matches(identity) and rolesanywhere.error_codes()
assert not hasattr(rolesanywhere._native, 'panic')
";

/// Builds them into `dist`, and the source distribution once more in an environment of its own.
pub(super) fn build(dist: &Path) -> Result<PathBuf, String> {
    let environment = environment()?;
    let fresh = shell::scratch("dist-python").map_err(|error| error.to_string())?;
    fs::remove_dir_all(&fresh).map_err(|error| error.to_string())?;
    maturin(
        &environment,
        &["build", "--zig", "--compatibility", "manylinux2014"],
        &fresh,
    )?;
    let wheel = only_file(&fresh)?;
    check_size(&wheel)?;
    installs("from-wheel", &["--no-index"], &wheel)?;
    for (target, compatibility) in OTHER_TARGETS {
        if let Err(reason) = other(&environment, target, compatibility, &fresh) {
            println!("no wheel for {target}: {reason}");
        }
    }
    maturin(&environment, &["sdist"], &fresh)?;
    build_from_source(&fresh)?;
    let files = files(&fresh)?;
    let mut twine = shell::command(environment.join("bin/twine"));
    succeed(twine.args(["check", "--strict"]).args(&files))?;
    for file in files {
        let name = file.file_name().unwrap_or_default();
        fs::copy(&file, dist.join(name)).map_err(|error| error.to_string())?;
    }
    Ok(dist.join(wheel.file_name().unwrap_or_default()))
}

fn environment() -> Result<PathBuf, String> {
    let requirements = "bindings-python/requirements-dist.txt";
    tools::venv_with("python3".as_ref(), "target/python/dist", requirements)
}

fn maturin(environment: &Path, arguments: &[&str], out: &Path) -> Result<(), String> {
    let mut maturin = shell::command(environment.join("bin/maturin"));
    maturin.current_dir(package()).args(arguments);
    if arguments.first() == Some(&"build") {
        maturin.args(["--release", "--locked"]);
    }
    // maturin asks this environment's Python for zig.
    shell::find_first(&mut maturin, &environment.join("bin"));
    succeed(maturin.arg("--out").arg(out))
}

fn other(environment: &Path, target: &str, compatibility: &str, out: &Path) -> Result<(), String> {
    tools::add_target(target)?;
    let compatible = [
        "--zig",
        "--compatibility",
        compatibility,
        "--target",
        target,
    ];
    maturin(environment, &[&["build"], &compatible[..]].concat(), out)
}

/// Whoever has no wheel builds from this: in a new environment, with what it asks for itself.
fn build_from_source(fresh: &Path) -> Result<(), String> {
    let mut sources = files(fresh)?;
    sources.retain(|file| file.extension().is_some_and(|it| it == "gz"));
    let [source] = &sources[..] else {
        return Err("there is not one source distribution".to_owned());
    };
    installs("from-source", &["--no-binary", "rolesanywhere"], source)
}

/// Installs it into a new environment, and signs there.
fn installs(name: &str, arguments: &[&str], what: &Path) -> Result<(), String> {
    let environment = shell::root().join("target/python").join(name);
    let mut venv = shell::command("python3");
    succeed(venv.args(["-m", "venv", "--clear"]).arg(&environment))?;
    let python = environment.join("bin/python");
    let mut pip = shell::command(&python);
    pip.args(["-m", "pip", "install", "--quiet"])
        .args(arguments);
    succeed(pip.arg(what))?;
    succeed(shell::command(&python).args(["-c", SIGNS]))
}

fn check_size(wheel: &Path) -> Result<(), String> {
    let size = fs::metadata(wheel)
        .map_err(|error| error.to_string())?
        .len();
    println!("{}: {size} bytes", wheel.display());
    if size > LARGEST_WHEEL {
        return Err(format!("the wheel is larger than {LARGEST_WHEEL} bytes"));
    }
    Ok(())
}

fn files(directory: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(directory).map_err(|error| error.to_string())?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    Ok(files)
}
