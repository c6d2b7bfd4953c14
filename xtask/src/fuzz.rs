//! `cargo xtask fuzz [SECONDS]`: libFuzzer on every target of `fuzz/`, and its corpora as tests.
//!
//! What a run finds that is new goes to `target/fuzz-corpus`; an input that fails, to
//! `fuzz/artifacts`.

use crate::report::Report;
use crate::shell::{self, LONG};
use std::fs;
use std::process::{Command, ExitCode};
use std::time::Duration;

/// How long each target runs in `cargo xtask test`.
const SHORT: u64 = 5;
/// The build of the fuzzer, on a busy machine.
const BUILD: Duration = Duration::from_secs(1200);

pub(crate) fn run(arguments: &[&str]) -> ExitCode {
    let seconds = match arguments {
        [] => Some(60),
        [seconds] => seconds.parse().ok(),
        _ => None,
    };
    let Some(seconds) = seconds else {
        eprintln!("usage: cargo xtask fuzz [SECONDS]");
        return ExitCode::from(2);
    };
    let report = fuzz(seconds);
    for skip in &report.skips {
        println!("skipped {skip}");
    }
    if report.totals.failed > 0 {
        println!("{}", report.output);
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Each target for a few seconds.
pub(crate) fn short() -> Report {
    fuzz(SHORT)
}

/// The corpora, with the toolchain of everything else.
pub(crate) fn corpora() -> Report {
    let mut command = shell::cargo(["test", "--manifest-path", "fuzz/Cargo.toml"]);
    command
        .env("CARGO_TARGET_DIR", shell::root().join("target/fuzz-tests"))
        .args(["--", "--show-output"]);
    let outcome = shell::run_or_tell(&mut command, LONG);
    Report::from_test_output(outcome.success, outcome.output)
}

fn fuzz(seconds: u64) -> Report {
    if shell::find("cargo-fuzz").is_none() {
        let reason = "`cargo install cargo-fuzz` takes minutes and was not done here";
        return Report::skip("fuzz", reason);
    }
    let mut version = shell::command("rustup");
    version.args(["run", "nightly", "rustc", "--version"]);
    if !shell::run_or_tell(&mut version, LONG).success {
        return Report::skip("fuzz", "there is no nightly toolchain");
    }
    let built = shell::run_or_tell(cargo_fuzz("build").args(OPTIONS), BUILD);
    let mut report = Report::check(built.success, built.output);
    if !built.success {
        return report;
    }
    for target in targets() {
        report.merge(one(&target, seconds));
    }
    report
}

/// Without a sanitizer: there is no unsafe code to watch.
const OPTIONS: [&str; 4] = ["--features", "libfuzzer", "-s", "none"];

fn one(target: &str, seconds: u64) -> Report {
    let found = shell::root().join("target/fuzz-corpus").join(target);
    if let Err(error) = fs::create_dir_all(&found) {
        return Report::check(false, error.to_string());
    }
    let mut command = cargo_fuzz("run");
    command.args(OPTIONS).arg(target).arg(found);
    command.arg(shell::root().join("fuzz/corpus").join(target));
    command.args(["--", "-max_len=65536", "-timeout=10"]);
    command.arg(format!("-max_total_time={seconds}"));
    let limit = Duration::from_secs(seconds.saturating_add(300));
    let outcome = shell::run_or_tell(&mut command, limit);
    let last = outcome.output.lines().rfind(|line| line.contains("Done "));
    println!("   {target}: {}", last.unwrap_or("failed"));
    Report::check(outcome.success, outcome.output)
}

fn cargo_fuzz(subcommand: &str) -> Command {
    let mut command = shell::command("cargo");
    command
        .args(["+nightly", "fuzz", subcommand])
        .current_dir(shell::root().join("fuzz"))
        .env("CARGO_TARGET_DIR", shell::root().join("target/fuzz"));
    // Cargo's own idea of the toolchain, when it runs this program.
    for variable in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTC", "RUSTDOC"] {
        command.env_remove(variable);
    }
    command
}

/// The names of the corpora, which are those of the targets.
fn targets() -> Vec<String> {
    let entries = fs::read_dir(shell::root().join("fuzz/corpus")).into_iter();
    let mut names: Vec<String> = entries
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}
