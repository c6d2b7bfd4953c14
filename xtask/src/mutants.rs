//! The mutation check: small changes to the core's rules, each of which the vectors must notice.

use crate::report::Report;
use crate::shell::{self, LONG};
use std::collections::BTreeSet;
use std::fs;

/// The canonicaliser, chain ordering, serial printing, the options' and the refresh rules.
const MUTATED: &[&str] = &[
    "core/src/sigv4/canonical.rs",
    "core/src/sigv4/canonical/*.rs",
    "core/src/x509/chain.rs",
    "core/src/x509/serial.rs",
    "core/src/config/lookup.rs",
    "core/src/config/options.rs",
    "core/src/refresh.rs",
    "core/src/refresh/*.rs",
];

/// Where it stands why a mutant may live: lines ``- `mutant`: reason``.
const KNOWN: &str = "docs/reliability.md";
const OUTPUT: &str = "target/mutants";

/// Runs cargo-mutants with the suite of vectors as the test, in a copy of the tree. It ends with
/// status 2 where mutants live, which is no failure where `docs/reliability.md` has each of them.
pub(crate) fn check() -> Report {
    let version = shell::run_or_tell(&mut shell::cargo(["mutants", "--version"]), LONG);
    if !version.success {
        let reason =
            "cargo-mutants is not installed; `cargo install --locked cargo-mutants` would do it";
        return Report::skip("soak::mutants", reason);
    }
    let vectors = [
        "test",
        "-p",
        "rolesanywhere-conformance",
        "--test",
        "vectors",
    ];
    let unchanged = shell::run_or_tell(&mut shell::cargo(vectors), LONG);
    if !unchanged.success {
        return Report::check(false, unchanged.output);
    }
    let mut command = shell::cargo(["mutants", "--package", "rolesanywhere-core"]);
    for file in MUTATED {
        command.args(["--file", file]);
    }
    command
        .args(["--test-package", "rolesanywhere-conformance"])
        .args(["--cargo-arg=--test=vectors", "--output", OUTPUT])
        // Its own would look for the test `vectors` in the package that is changed.
        .args(["--baseline", "skip"])
        .args(["--timeout", "120", "--colors", "never"]);
    // What an earlier run left would pass for this one's.
    let _removed = fs::remove_dir_all(shell::root().join(OUTPUT));
    let outcome = shell::run_or_tell(&mut command, 12 * LONG);
    match (lines("missed.txt"), lines("timeout.txt"), known()) {
        (Ok(missed), Ok(timeout), Ok(known))
            if lines("caught.txt").is_ok_and(|it| !it.is_empty()) =>
        {
            let mut problems = compare(&missed, &known);
            problems.extend(timeout.lines().map(|it| format!("no end: {it}")));
            Report::problems(&problems)
        }
        _ => Report::check(false, outcome.output),
    }
}

/// Who lives and is not known, and who is known and does not live.
fn compare(missed: &str, known: &str) -> Vec<String> {
    let living: BTreeSet<String> = missed.lines().map(unplaced).collect();
    let known: BTreeSet<String> = known
        .lines()
        .filter_map(|line| line.strip_prefix("- `core/")?.split_once("`: "))
        .map(|(mutant, _)| format!("core/{mutant}"))
        .collect();
    let news = living.difference(&known);
    let old = known.difference(&living);
    news.map(|it| format!("it lives, and {KNOWN} does not say why: {it}"))
        .chain(old.map(|it| format!("{KNOWN} has it, and it does not live: {it}")))
        .collect()
}

/// `core/src/a.rs:1:2: replace …` without the numbers, which every change moves.
fn unplaced(mutant: &str) -> String {
    let mut parts = mutant.splitn(4, ':');
    let file = parts.next().unwrap_or_default();
    let what = parts.nth(2).unwrap_or_default();
    format!("{file}:{what}")
}

fn known() -> Result<String, String> {
    fs::read_to_string(shell::root().join(KNOWN)).map_err(|error| error.to_string())
}

fn lines(file: &str) -> Result<String, String> {
    let path = shell::root().join(OUTPUT).join("mutants.out").join(file);
    fs::read_to_string(path).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn living_mutants_are_held_to_the_list() {
        let known = "text\n- `core/src/a.rs: replace < with <= in f`: it cannot be seen.\n";
        let living = "core/src/a.rs:12:34: replace < with <= in f\n";
        assert_eq!(compare(living, known), <[&str; 0]>::default());
        assert!(compare("", known)[0].contains("does not live: core/src/a.rs: replace <"));
        let other = format!("{living}core/src/b.rs:1:2: replace a::b -> C with D\n");
        let problems = compare(&other, known);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].ends_with("core/src/b.rs: replace a::b -> C with D"));
    }

    #[test]
    fn the_list_is_read() {
        // All of the list, where no mutant lives.
        let problems = compare("", &known().unwrap());
        assert!(!problems.is_empty());
        assert!(problems.iter().all(|it| it.contains("core/src/")));
    }
}
