//! docs/reliability.md names a test in each row, and each is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// `module::function` of every test beside this one.
fn tests(directory: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if line == "#[test]" {
                let name = lines.next().unwrap().trim_start_matches("fn ");
                found.insert(format!("{module}::{}", name.trim_end_matches("() {")));
            }
        }
    }
    found
}

#[test]
fn every_row_names_tests_that_exist() {
    let client = Path::new(env!("CARGO_MANIFEST_DIR"));
    let there = tests(&client.join("tests/faults"));
    let text = fs::read_to_string(client.join("../docs/reliability.md")).unwrap();
    let rows: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .collect();
    assert!(rows.len() > 20, "the table is not found");
    let mut named = BTreeSet::new();
    for row in rows {
        let tests = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let tests: Vec<&str> = tests
            .split('`')
            .filter(|word| word.contains("::") && *word != "cell::tests")
            .collect();
        assert!(!tests.is_empty() || row.contains("`cell::tests`"), "{row}");
        named.extend(tests.into_iter().map(str::to_owned));
    }
    let missing: Vec<_> = named.difference(&there).collect();
    assert!(missing.is_empty(), "there are no such tests: {missing:?}");
}
