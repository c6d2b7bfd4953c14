//! docs/reliability.md names a test in each row, and each is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// `module::function` of every test in this file, or in the files under this directory.
fn tests(path: &Path) -> BTreeSet<String> {
    if path.is_dir() {
        let entries = fs::read_dir(path).unwrap();
        return entries.flat_map(|it| tests(&it.unwrap().path())).collect();
    }
    let module = path.file_stem().unwrap().to_str().unwrap();
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines().map(str::trim);
    let mut found = BTreeSet::new();
    while let Some(line) = lines.next() {
        if line == "#[test]" {
            let name = lines.next().unwrap().trim_start_matches("fn ");
            found.insert(format!("{module}::{}", name.trim_end_matches("() {")));
        }
    }
    found
}

/// The tests that a cell of the table names.
fn named(cell: &str) -> BTreeSet<String> {
    let words = cell.split('`').filter(|word| word.contains("::"));
    words.map(str::to_owned).collect()
}

#[test]
fn every_row_names_tests_that_exist() {
    let client = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut of_provider = tests(&client.join("tests/faults"));
    of_provider.extend(tests(&client.join("tests/fork.rs")));
    let of_command = tests(&client.join("../cli/tests/cli"));
    let text = fs::read_to_string(client.join("../docs/reliability.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| ")).skip(1);
    let rows: Vec<Vec<&str>> = rows.map(|row| row.split(" | ").collect()).collect();
    assert!(rows.len() > 20, "the table is not found");
    for row in rows {
        let [fault, _, _, _, provider, command] = row.as_slice() else {
            panic!("{row:?}");
        };
        let (provider, run) = (named(provider), named(command));
        assert!(!provider.is_empty(), "{fault}");
        assert_eq!(run.is_empty(), command.starts_with("living"), "{fault}");
        let missing: Vec<_> = provider.difference(&of_provider).collect();
        assert!(missing.is_empty(), "there are no such tests: {missing:?}");
        let missing: Vec<_> = run.difference(&of_command).collect();
        assert!(missing.is_empty(), "there are no such tests: {missing:?}");
    }
}
