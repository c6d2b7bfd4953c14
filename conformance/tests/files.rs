//! The committed files: in their form, generated ones as they would be generated again.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use rolesanywhere_conformance::model::Case;
use rolesanywhere_conformance::runner::ENTRIES;
use rolesanywhere_conformance::suite_files::{self, Vectors};
use rolesanywhere_conformance::{error_codes, export_c, paths, pki, schema};
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn vectors_have_no_problem() {
    let problems: Vec<String> = suite_files::problems()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(problems, <[&str; 0]>::default());
}

#[test]
fn schemas_are_those_of_the_model() {
    assert_eq!(
        schema::stale().unwrap_or_default(),
        <[&str; 0]>::default(),
        "run `conformance gen`"
    );
}

#[test]
fn every_file_is_valid_by_its_schema() {
    let validator =
        jsonschema::validator_for(&json(&paths::schema().join("vectors.schema.json"))).unwrap();
    for entry in ENTRIES {
        let file = json(&paths::vectors().join(entry.path()));
        if let Err(error) = validator.validate(&file) {
            panic!("{}: {error} at {}", entry.path(), error.instance_path);
        }
    }
    let validator =
        jsonschema::validator_for(&json(&paths::schema().join("exceptions.schema.json"))).unwrap();
    for file in fs::read_dir(paths::exceptions()).unwrap() {
        let path = file.unwrap().path();
        assert!(validator.is_valid(&json(&path)), "{}", path.display());
    }
}

#[test]
fn the_schema_refuses_what_the_model_refuses() {
    let validator =
        jsonschema::validator_for(&json(&paths::schema().join("vectors.schema.json"))).unwrap();
    let good = json(&paths::vectors().join("protocol/endpoint.json"));
    let test =
        |file: &mut Value, change: fn(&mut Value)| change(&mut file["groups"][0]["tests"][0]);
    assert_eq!(good["groups"][0]["tests"][0]["result"], "valid");
    let changes: [fn(&mut Value); 5] = [
        |case| case["unknown"] = 1.into(),
        |case| case["input"]["unknown"] = 1.into(),
        |case| case["id"] = "arn::plain".into(),
        |case| case["result"] = "acceptable".into(),
        |case| drop(case.as_object_mut().unwrap().remove("expected")),
    ];
    for change in changes {
        let mut file = good.clone();
        test(&mut file, change);
        assert!(
            !validator.is_valid(&file),
            "{}",
            file["groups"][0]["tests"][0]
        );
    }
    let mut file = good.clone();
    file["operation"] = "pem".into();
    assert!(!validator.is_valid(&file));
}

#[test]
fn error_codes_are_those_of_the_table() {
    let (path, text) = error_codes::file().unwrap();
    assert_eq!(
        fs::read_to_string(paths::vectors().join(path)).unwrap(),
        text,
        "run `conformance gen`"
    );
}

#[test]
fn fixtures_come_from_their_seeds() {
    let stale = pki::stale().map_err(|error| error.message().map(str::to_owned));
    assert_eq!(
        stale.unwrap(),
        <[&str; 0]>::default(),
        "run `conformance gen-pki`"
    );
}

#[test]
fn private_keys_say_that_they_are_for_tests() {
    let mut keys = 0;
    for path in files(&paths::fixtures()).unwrap() {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        if text.contains("PRIVATE KEY-----")
            || path.to_string_lossy().contains("key") && !text.contains("-----")
        {
            let is_der = path.extension().is_some_and(|it| it == "der");
            assert!(
                is_der || text.starts_with("Test-only key"),
                "{}",
                path.display()
            );
            keys += 1;
        }
    }
    assert!(keys > 40, "{keys}");
}

#[test]
fn there_are_as_many_as_promised() {
    let vectors = Vectors::load().unwrap();
    let cases: Vec<&Case> = vectors.cases().map(|(_, case)| case).collect();
    let invalid = cases.iter().filter(|case| case.error.is_some()).count();
    let groups = vectors.files().flat_map(|(_, file)| &file.groups);
    let foreign = groups.filter(|group| group.source.name != "project");
    let foreign: usize = foreign.map(|group| group.tests.len()).sum();
    println!(
        "{} cases, {invalid} invalid, {foreign} not from our own core",
        cases.len()
    );
    assert!(cases.len() >= 400 && invalid >= 150 && foreign >= 60);
}

#[test]
fn the_oracle_is_short_and_has_cryptography_alone() {
    let mut lines = 0;
    for path in files(&paths::root().join("oracle")).unwrap() {
        if path.extension().is_some_and(|it| it == "py") {
            let text = fs::read_to_string(path).unwrap();
            lines += text.lines().count();
            assert!(!text.contains("rolesanywhere_") && !text.contains("boto"));
        }
    }
    assert!((400..=600).contains(&lines), "{lines} lines");
}

#[test]
fn a_c_compiler_takes_the_header() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let header = export_c::header(&Vectors::load().unwrap()).unwrap();
    fs::write(directory.join("cases.h"), header).unwrap();
    fs::write(directory.join("cases.c"), include_str!("cases.c")).unwrap();
    let compiled = Command::new("cc")
        .args(["-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror"])
        .args(["-o", "cases", "cases.c"])
        .current_dir(directory)
        .status();
    match compiled {
        Err(_) => println!("SKIP files::a_c_compiler_takes_the_header: there is no cc"),
        Ok(status) => {
            assert!(status.success());
            assert!(
                Command::new(directory.join("cases"))
                    .status()
                    .unwrap()
                    .success()
            );
        }
    }
}

fn files(directory: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
