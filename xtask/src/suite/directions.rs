//! Who may depend on whom, and that no native build that ships compiles the `rsa` crate.

use crate::report::Report;
use crate::shell::{self, LONG};
use serde_json::Value;
use std::process::Stdio;

/// Each crate, and the crates of this workspace it may ship with.
const ALLOWED: &[(&str, &[&str])] = &[
    ("rolesanywhere-core", &[]),
    ("rolesanywhere", &["rolesanywhere-core"]),
    (
        "rolesanywhere-aws-sdk-tests",
        &["rolesanywhere", "rolesanywhere-emulator"],
    ),
    (
        "rolesanywhere-cli",
        &["rolesanywhere", "rolesanywhere-core"],
    ),
    ("rolesanywhere-emulator", &["rolesanywhere-core"]),
    ("rolesanywhere-conformance", &["rolesanywhere-core"]),
    ("rolesanywhere-ffi", &["rolesanywhere"]),
    (
        "rolesanywhere-python",
        &["rolesanywhere", "rolesanywhere-core"],
    ),
    ("rolesanywhere-node", &["rolesanywhere"]),
    ("rolesanywhere-wasm", &["rolesanywhere-core"]),
    ("rolesanywhere-wasm-raw", &["rolesanywhere-wasm"]),
    ("xtask", &[]),
];

/// What tests may use besides: the emulator, by everyone above core.
const ALLOWED_IN_TESTS: &[&str] = &["rolesanywhere-emulator"];

/// The exact selections that ship natively.
const NATIVE: &[&str] = &[
    "rolesanywhere-cli",
    "rolesanywhere",
    "rolesanywhere-ffi",
    "rolesanywhere-python",
    "rolesanywhere-node",
];

pub(crate) fn check() -> Report {
    let mut report = match metadata() {
        Ok(metadata) => Report::problems(&wrong_directions(&metadata)),
        Err(problem) => Report::check(false, problem),
    };
    for package in NATIVE {
        report.merge(match compiles_rsa(package) {
            Ok(found) => Report::check(!found, format!("`-p {package}` compiles the rsa crate")),
            Err(problem) => Report::check(false, problem),
        });
    }
    // The same question where the answer is yes, or the one above could never fail.
    report.merge(match compiles_rsa("rolesanywhere-conformance") {
        Ok(found) => Report::check(
            found,
            "the rsa crate is not found even where it is compiled",
        ),
        Err(problem) => Report::check(false, problem),
    });
    report
}

fn wrong_directions(metadata: &Value) -> Vec<String> {
    let packages: Vec<&Value> = list(metadata, "packages").collect();
    let names: Vec<&str> = packages
        .iter()
        .map(|package| text(package, "name"))
        .collect();
    let mut problems = Vec::new();
    for package in &packages {
        let name = text(package, "name");
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
            problems.push(format!("{name} is not in the table of directions"));
            continue;
        };
        for dependency in list(package, "dependencies") {
            let other = text(dependency, "name");
            let in_tests = text(dependency, "kind") == "dev" && name != "rolesanywhere-core";
            let fits = allowed.contains(&other) || (in_tests && ALLOWED_IN_TESTS.contains(&other));
            if names.contains(&other) && !fits {
                problems.push(format!("{name} must not depend on {other}"));
            }
        }
    }
    problems
}

fn metadata() -> Result<Value, String> {
    let output = shell::cargo(["metadata", "--format-version", "1", "--no-deps"])
        .stderr(Stdio::null())
        .output()
        .map_err(|error| format!("cargo metadata could not be run: {error}"))?;
    serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))
}

fn compiles_rsa(package: &str) -> Result<bool, String> {
    let arguments = [
        "tree",
        "-p",
        package,
        "-e",
        "normal,build",
        "--target",
        "all",
        "--prefix",
        "none",
    ];
    let outcome = shell::run_or_tell(&mut shell::cargo(arguments), LONG);
    if outcome.success && outcome.output.lines().any(|line| line.starts_with(package)) {
        Ok(outcome.output.lines().any(|line| line.starts_with("rsa v")))
    } else {
        Err(outcome.output)
    }
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_direction_and_an_unknown_crate_are_found() {
        let metadata = serde_json::json!({ "packages": [
            { "name": "rolesanywhere-core", "dependencies": [
                { "name": "rolesanywhere", "kind": null },
                { "name": "rolesanywhere-emulator", "kind": "dev" },
            ] },
            { "name": "rolesanywhere", "dependencies": [
                { "name": "rolesanywhere-core", "kind": null },
                { "name": "rolesanywhere-emulator", "kind": "dev" },
            ] },
            { "name": "rolesanywhere-emulator", "dependencies": [{ "name": "serde", "kind": null }] },
            { "name": "stray", "dependencies": [] },
        ] });
        assert_eq!(
            wrong_directions(&metadata),
            [
                "rolesanywhere-core must not depend on rolesanywhere",
                "rolesanywhere-core must not depend on rolesanywhere-emulator",
                "stray is not in the table of directions",
            ]
        );
    }
}
