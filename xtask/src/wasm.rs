//! `cargo xtask wasm`: the two modules, and the npm package of `bindings-wasm` around them.

use crate::node::{install, npm, succeed};
use crate::shell;
use crate::suite::nostd;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

const TARGET: &str = "wasm32-unknown-unknown";

/// Each module's name, and the features it is built with.
pub(crate) const MODULES: [(&str, &[&str]); 2] = [
    ("rolesanywhere_core", &[]),
    ("rolesanywhere_core_rsa", &["--features", "rsa"]),
];

/// Smaller, and for strings and keys of a few hundred bytes no slower. For this target and profile
/// alone, so that no other build is thrown away.
const RUSTFLAGS: &str = "--cfg sha2_backend=\"soft\" --cfg sha2_backend_soft=\"compact\" \
    --cfg aes_backend=\"soft\" --cfg aes_backend_soft=\"compact\"";

pub(crate) fn run() -> ExitCode {
    match build() {
        Ok(()) => {
            println!("{}", package().join("dist").display());
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("xtask: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Modules, `npm ci`, `dist/`.
pub(crate) fn build() -> Result<(), String> {
    modules()?;
    install(&package())?;
    succeed(npm(&package()).args(["run", "build"]))
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

/// Whether the compiler has the target, or can get it.
pub(crate) fn has_target() -> bool {
    nostd::has_target(TARGET) || nostd::add_target(TARGET)
}

/// Both modules.
pub(crate) fn modules() -> Result<(), String> {
    let target = shell::root().join("target");
    for (name, features) in MODULES {
        let mut cargo = shell::cargo(["build", "--profile", "wasm", "--target", TARGET]);
        cargo
            .args(["-p", "rolesanywhere-wasm-raw"])
            .args(features)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", RUSTFLAGS);
        succeed(&mut cargo)?;
        let built = target.join(TARGET).join("wasm/rolesanywhere_raw.wasm");
        let place = module(name);
        let parent = place.parent().unwrap_or(&place);
        fs::create_dir_all(parent).map_err(|error| error.to_string())?;
        fs::copy(&built, &place).map_err(|error| format!("{}: {error}", built.display()))?;
    }
    Ok(())
}
