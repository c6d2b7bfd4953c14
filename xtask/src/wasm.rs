//! `cargo xtask wasm`: the two modules, and the npm package of `bindings-wasm` around them.

mod compiler;
mod costs;
mod deflate;
mod encoding;
mod functions;
mod instructions;
mod order;
mod wording;

pub(crate) use self::compiler::Compiler;
use crate::node::{install, npm, succeed};
use crate::shell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::OnceLock;

const TARGET: &str = "wasm32-unknown-unknown";

/// Each module's name, and whether it has RSA private keys.
pub(crate) const MODULES: [(&str, bool); 2] = [
    ("rolesanywhere_core", false),
    ("rolesanywhere_core_rsa", true),
];

/// What the compiler makes use of, and every engine of the last years has.
const FEATURES: [&str; 7] = [
    "bulk-memory",
    "multivalue",
    "mutable-globals",
    "nontrapping-float-to-int",
    "reference-types",
    "sign-ext",
    "simd",
];

/// The stack stands first in memory, so that nothing has an address below 1024; functions with one
/// caller stay for themselves, where those like them can be next to them.
const SMALLEST: [&str; 5] = [
    "-Oz",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=0",
    "--strip-debug",
    "--strip-producers",
];

pub(crate) fn run() -> ExitCode {
    shell::exit(build().map(|()| println!("{}", package().join("dist").display())))
}

/// The modules and, around them, `dist/`.
pub(crate) fn build() -> Result<(), String> {
    modules()?;
    succeed(npm(&package()).args(["run", "build"]))
}

/// Both modules, built once for all suites of one run.
pub(crate) fn modules() -> Result<(), String> {
    static BUILT: OnceLock<Result<(), String>> = OnceLock::new();
    BUILT.get_or_init(build_modules).clone()
}

/// Binaryen comes with the package's tools.
fn build_modules() -> Result<(), String> {
    let compiler = Compiler::find()?;
    install(&package())?;
    for (name, has_rsa) in MODULES {
        let place = module(name);
        fs::create_dir_all(place.parent().unwrap_or(&place)).map_err(|error| error.to_string())?;
        succeed(&mut compiler.build(has_rsa))?;
        let built = compiler
            .target_directory(has_rsa)
            .join(TARGET)
            .join("wasm/rolesanywhere_raw.wasm");
        succeed(optimiser(&built, &place).args(SMALLEST))?;
        compress_better(&place)?;
    }
    Ok(())
}

/// For a twentieth of the compressed bytes.
fn compress_better(module: &Path) -> Result<(), String> {
    let told = |error: std::io::Error| format!("{}: {error}", module.display());
    let named = order::named(&fs::read(module).map_err(told)?)?;
    fs::write(module, named).map_err(told)?;
    succeed(optimiser(module, module).args(["--reorder-functions-by-name", "--strip-debug"]))?;
    let reworded = wording::reworded(fs::read(module).map_err(told)?)?;
    fs::write(module, reworded).map_err(told)
}

/// Binaryen's, for a third of the bytes, and a fiftieth of the compressed ones.
fn optimiser(built: &Path, place: &Path) -> Command {
    let mut command = shell::command("node");
    command
        .arg(package().join("node_modules/binaryen/bin/wasm-opt"))
        .args(FEATURES.map(|feature| format!("--enable-{feature}")))
        .arg(built)
        .arg("-o")
        .arg(place);
    command
}

/// `bindings-wasm/`.
pub(crate) fn package() -> PathBuf {
    shell::root().join("bindings-wasm")
}

/// Where a module stands.
pub(crate) fn module(name: &str) -> PathBuf {
    shell::root()
        .join("target/wasm/modules")
        .join(format!("{name}.wasm"))
}

#[cfg(test)]
mod tests;
