//! The report over every runner that can run here: the core with each backend, and the oracle.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use rolesanywhere_conformance::model::results::Results;
use rolesanywhere_conformance::report::{Report, exceptions};
use rolesanywhere_conformance::runner::{BACKENDS, run};
use rolesanywhere_conformance::suite_files::Vectors;
use rolesanywhere_conformance::{foreign, paths};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The second opinion, from the environment that `cargo xtask test` makes.
fn oracle() -> Result<Results, String> {
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
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("results-oracle.json");
    let output = Command::new(python)
        .arg(paths::root().join("oracle"))
        .arg("run")
        .arg(&file)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let text = fs::read(&file).unwrap_or_else(|error| panic!("{error}: {said}"));
    Ok(serde_json::from_slice(&text).unwrap())
}

#[test]
fn all_runners_agree_and_every_skip_has_its_reason() {
    let vectors = Vectors::load().unwrap();
    let mut results: Vec<Results> = Vec::new();
    let has_oracle = match oracle() {
        Ok(oracle) => {
            results.push(oracle);
            true
        }
        Err(reason) => {
            println!("SKIP report::oracle: {reason}");
            false
        }
    };
    results.extend(BACKENDS.iter().map(|backend| run(&vectors, backend)));
    let results: Vec<_> = results
        .into_iter()
        .map(|results| {
            let text = serde_json::to_value(&results).unwrap();
            let schema = fs::read(paths::schema().join("results.schema.json")).unwrap();
            let schema = serde_json::from_slice(&schema).unwrap();
            assert!(jsonschema::is_valid(&schema, &text), "{}", results.runner);
            let exceptions = exceptions(&results.runner).unwrap();
            (results, exceptions)
        })
        .collect();
    let report = Report::new(&vectors, results);
    assert_eq!(report.problems(), <[&str; 0]>::default());
    if has_oracle {
        let committed = fs::read_to_string(paths::root().join("REPORT.md")).unwrap();
        assert_eq!(
            committed,
            report.markdown(),
            "run `conformance report --write`"
        );
    }
}
