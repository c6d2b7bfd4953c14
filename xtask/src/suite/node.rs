//! `bindings-node`: generated files, tests under Node, the conformance vectors.

use super::conformance;
use crate::node;
use crate::report::Report;
use crate::shell::{self, LONG};
use crate::{tools, wasm};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The tests that meet Node's own parts: streams, `fetch`, threads, permissions, the SDK.
const NEWER: &[&str] = &[
    "test/crypto-key.test.mjs",
    "test/process.test.mjs",
    "test/provider.test.mjs",
    "test/sdk.test.mjs",
];

/// What has to be the same where WebAssembly stands in for the native module.
const FALLBACK: &[&str] = &[
    "test/conformance.test.mjs",
    "test/crypto-key.test.mjs",
    "test/errors.test.mjs",
    "test/fuzz.test.mjs",
    "test/process.test.mjs",
    "test/provider.test.mjs",
    "test/readme.test.mjs",
    "test/sdk.test.mjs",
];

/// An S3 to talk to, and everything it needs.
const MOTO: &str = "bindings-node/test/support/moto.txt";

/// Other runtimes: the npm package that carries each, its program in there, how it runs a script.
const RUNTIMES: &[(&str, &str, &str, &[&str])] = &[
    (
        "Deno",
        "@deno/linux-x64-glibc@2.9.6",
        "@deno/linux-x64-glibc/deno",
        &["run", "-A"],
    ),
    (
        "Bun",
        "@oven/bun-linux-x64@1.4.5",
        "@oven/bun-linux-x64/bin/bun",
        &["run"],
    ),
];

pub(crate) fn check() -> Report {
    if let Err(problem) = node::build() {
        return Report::check(false, problem);
    }
    let mut report = one(&mut node::types(&["--check"]));
    let compiler = wasm::Compiler::find();
    if compiler.is_ok()
        && let Err(problem) = node::fallback()
    {
        return Report::check(false, problem);
    }
    report.merge(tests());
    report.merge(newer());
    report.merge(runtimes());
    report.merge(conformance::judge("node"));
    report.merge(match compiler {
        Ok(_) => fallback(),
        Err(reason) => Report::skip("node::fallback", &reason),
    });
    report
}

/// The native module is hidden: Node loads none.
fn fallback() -> Report {
    // Its directory is made there.
    let _results = conformance::results("node-wasm");
    let mut report = run(
        "node".as_ref(),
        FALLBACK,
        &[("NODE_OPTIONS", "--no-addons")],
    );
    report.merge(conformance::judge("node-wasm"));
    report
}

/// Five minutes of arbitrary values, for the soak.
pub(crate) fn fuzz() -> Report {
    if let Err(problem) = node::build() {
        return Report::check(false, problem);
    }
    let mut fuzz = shell::command("node");
    fuzz.current_dir(node::package()).env("FUZZ_SECONDS", "300");
    fuzz.args(["--test", "--test-reporter=tap", "test/fuzz.test.mjs"]);
    let outcome = shell::run_or_tell(&mut fuzz, LONG);
    for line in outcome.output.lines() {
        // How many there were.
        if line.starts_with("# ") && line.ends_with(" calls") {
            println!("   {line}");
        }
    }
    Report::from_node_output(outcome.success, outcome.output)
}

fn tests() -> Report {
    // It encrypts a key for them.
    if shell::find("openssl").is_none()
        && let Err(reason) = tools::apt_install("openssl")
    {
        return Report::check(false, format!("no openssl: {reason}"));
    }
    let mut emulator = shell::cargo(["build", "-p", "rolesanywhere-emulator", "--bins"]);
    if let Err(problem) = node::succeed(&mut emulator) {
        return Report::check(false, problem);
    }
    // A test that needs it says so where it cannot be had.
    if let Err(reason) = tools::venv_with("python3".as_ref(), "target/node/moto", MOTO) {
        println!("   no moto: {reason}");
    }
    // Its directory is made there.
    let _results = conformance::results("node");
    match test_files() {
        Ok(files) => run("node".as_ref(), &files, &[]),
        Err(problem) => Report::check(false, problem),
    }
}

/// What depends on Node's version, under a newer one than the machine's.
fn newer() -> Report {
    match node::newer() {
        Ok(program) => run(&program, NEWER, &[]),
        Err(reason) => Report::skip("node::newer", &reason),
    }
}

fn runtimes() -> Report {
    let mut report = Report::default();
    for (name, package, program, arguments) in RUNTIMES {
        report.merge(match node::carried(package, program) {
            Err(reason) => Report::skip(&format!("node::{name}"), &reason),
            Ok(program) => {
                let mut test = shell::command("node");
                test.current_dir(node::package())
                    .args(["--test-reporter=tap", "test/runtimes/runtimes.mjs", name])
                    .arg(program)
                    .args(*arguments);
                let outcome = shell::run_or_tell(&mut test, LONG);
                Report::from_node_output(outcome.success, outcome.output)
            }
        });
    }
    report
}

/// In every version of Node the same: a directory means something else in each.
fn test_files() -> Result<Vec<String>, String> {
    let directory = node::package().join("test");
    let entries = fs::read_dir(&directory).map_err(|error| error.to_string())?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut files: Vec<String> = names
        .filter(|name| name.ends_with(".test.mjs"))
        .map(|name| format!("test/{name}"))
        .collect();
    files.sort();
    Ok(files)
}

fn run<S: AsRef<OsStr>>(program: &Path, files: &[S], environment: &[(&str, &str)]) -> Report {
    let mut tests = shell::command(program);
    tests.current_dir(node::package());
    tests.envs(environment.iter().copied());
    tests.args(["--test", "--test-reporter=tap"]).args(files);
    let outcome = shell::run_or_tell(&mut tests, LONG);
    Report::from_node_output(outcome.success, outcome.output)
}

fn one(command: &mut Command) -> Report {
    let outcome = shell::run_or_tell(command, LONG);
    Report::check(outcome.success, outcome.output)
}
