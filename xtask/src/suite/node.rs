//! `bindings-node`: generated files, tests under Node, the conformance vectors.

use super::conformance;
use crate::node;
use crate::report::Report;
use crate::shell::{self, LONG};
use std::process::Command;

pub(crate) fn check() -> Report {
    if let Err(problem) = node::build() {
        return Report::check(false, problem);
    }
    let mut report = one(&mut node::types(&["--check"]));
    report.merge(tests());
    report.merge(conformance::judge("node"));
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
    Report::from_node_output(outcome.success, outcome.output)
}

fn tests() -> Report {
    let mut emulator = shell::cargo(["build", "-p", "rolesanywhere-emulator", "--bins"]);
    if let Err(problem) = node::succeed(&mut emulator) {
        return Report::check(false, problem);
    }
    // Its directory is made there.
    let _results = conformance::results("node");
    let mut tests = shell::command("node");
    tests.current_dir(node::package());
    tests.args(["--test", "--test-reporter=tap", "test/"]);
    let outcome = shell::run_or_tell(&mut tests, LONG);
    Report::from_node_output(outcome.success, outcome.output)
}

fn one(command: &mut Command) -> Report {
    let outcome = shell::run_or_tell(command, LONG);
    Report::check(outcome.success, outcome.output)
}
