//! The report over the runners of this package: the core with each backend, and the second opinions. Their
//! results stay in `target/conformance`, beside those of the bindings' tests.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use rolesanywhere_conformance::model::results::Results;
use rolesanywhere_conformance::report::{Report, Scope, exceptions};
use rolesanywhere_conformance::runner::{BACKENDS, run};
use rolesanywhere_conformance::suite_files::Vectors;
use rolesanywhere_conformance::{foreign, paths};
use std::fs;
use std::process::Command;

/// A second opinion, `oracle` or `model`, in the environment that `cargo xtask test` makes.
fn second(name: &str) -> Result<Results, String> {
    let python = foreign::workspace().join("target/venv/bin/python");
    if !python.is_file() {
        return Err("there is no target/venv; `cargo xtask test` makes it".to_owned());
    }
    let import = Command::new(&python)
        .args([
            "-c",
            "import cryptography.hazmat.primitives.asymmetric.mldsa",
        ])
        .status();
    if !import.is_ok_and(|status| status.success()) {
        return Err("its cryptography has no ML-DSA".to_owned());
    }
    let file = paths::results().join(format!("results-{name}.json"));
    let output = Command::new(python)
        .arg(paths::root().join(name))
        .arg(&file)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let text = fs::read(&file).unwrap_or_else(|error| panic!("{error}: {said}"));
    Ok(serde_json::from_slice(&text).unwrap())
}

#[test]
fn all_runners_agree_and_every_skip_has_its_reason() {
    fs::create_dir_all(paths::results()).unwrap();
    let schema = fs::read(paths::schema().join("results.schema.json")).unwrap();
    let schema = serde_json::from_slice(&schema).unwrap();
    let vectors = Vectors::load().unwrap();
    let mut results: Vec<Results> = Vec::new();
    for backend in &BACKENDS {
        let ran = run(&vectors, backend);
        let file = format!("results-{}.json", ran.runner);
        fs::write(
            paths::results().join(file),
            serde_json::to_vec(&ran).unwrap(),
        )
        .unwrap();
        results.push(ran);
    }
    for name in ["oracle", "model"] {
        match second(name) {
            Ok(ran) => results.push(ran),
            Err(reason) => println!("SKIP report::{name}: {reason}"),
        }
    }
    for ran in &results {
        let text = serde_json::to_value(ran).unwrap();
        assert!(jsonschema::is_valid(&schema, &text), "{}", ran.runner);
    }
    let report = Report::new(&vectors, exceptions().unwrap(), &results, Scope::WhoRan);
    assert_eq!(report.problems(), <[&str; 0]>::default());
    let committed = fs::read_to_string(paths::root().join("REPORT.md")).unwrap();
    assert_eq!(
        committed,
        report.markdown(),
        "run `conformance report --write`"
    );
}
