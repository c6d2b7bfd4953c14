//! The no_std gate: core, with its pure-Rust backends, for targets that have no standard library
//! (`x86_64-unknown-none`) or hardly one (`wasm32-unknown-unknown`).

use crate::report::Report;
use crate::shell::{self, LONG};
use crate::tools;
use std::path::Path;
use std::time::Duration;

const TARGETS: &[&str] = &["x86_64-unknown-none", "wasm32-unknown-unknown"];
const FEATURES: &[&str] = &[
    "",
    "rustcrypto",
    "rustcrypto,rustcrypto-rsa",
    "rustcrypto,pkcs12",
];

pub(crate) fn check() -> Report {
    let mut report = Report::default();
    for target in TARGETS {
        report.merge(match toolchain(target) {
            Some(toolchain) => build_all(target, toolchain),
            None => Report::skip(
                &format!("nostd::{target}"),
                "neither `rustup target add` nor Debian's rustc-web with rust-web-src is at hand",
            ),
        });
    }
    report
}

#[derive(Clone, Copy)]
enum Toolchain {
    Rustup,
    BuildStd,
}

fn toolchain(target: &str) -> Option<Toolchain> {
    if has_target(target) || add_target(target) {
        Some(Toolchain::Rustup)
    } else if tools::has_debian_rust() {
        Some(Toolchain::BuildStd)
    } else {
        None
    }
}

/// Asks the compiler itself, so that a toolchain without rustup will do.
fn has_target(target: &str) -> bool {
    let mut question = shell::command("rustc");
    question.args(["--print", "target-libdir", "--target", target]);
    let answer = shell::run_or_tell(&mut question, LONG);
    answer.success && Path::new(answer.output.trim()).is_dir()
}

fn add_target(target: &str) -> bool {
    let mut rustup = shell::command("rustup");
    rustup.args(["target", "add", target]);
    shell::run_or_tell(&mut rustup, Duration::from_secs(120)).success && has_target(target)
}

fn build_all(target: &str, toolchain: Toolchain) -> Report {
    let mut report = Report::default();
    for features in FEATURES {
        let mut command = match toolchain {
            Toolchain::Rustup => shell::cargo(["build"]),
            Toolchain::BuildStd => build_std(),
        };
        command.args(["-p", "rolesanywhere-core", "--lib", "--target", target]);
        command.args(["--features", features]);
        let outcome = shell::run_or_tell(&mut command, LONG);
        report.merge(Report::check(outcome.success, outcome.output));
    }
    report
}

/// Its own target directory: two compilers in one would rebuild everything each time.
fn build_std() -> std::process::Command {
    let mut command = tools::debian_cargo();
    command.env("CARGO_TARGET_DIR", shell::root().join("target/build-std"));
    command.args(["build", "-Zbuild-std=core,alloc"]);
    command
}
