//! The report as text, Markdown and JSON.

use super::{Counts, Report, Runner};
use core::fmt::Write;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Above the matrix of `REPORT.md`.
const HEAD: &str = "\
Passed / failed / skipped for each runner, where every case passes that has no exception, as the tests \
demand of each runner's results (`cargo xtask test`). Every skip has a reason below.

Written by `conformance report --write`; do not edit.

";

impl Report {
    /// For a terminal: the matrix, who did not run, then what must not be.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for row in self.rows(|runner| runner.found.as_ref()) {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let width = if column == 0 { 20 } else { 18 };
                // Writing into a string cannot fail.
                let _ = write!(line, "{cell:<width$}");
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        for runner in self.absent() {
            let (name, command) = (&runner.exceptions.runner, &runner.exceptions.command);
            let _ = writeln!(
                text,
                "SKIP report::{name}: no results here; `{command}` writes them"
            );
        }
        for problem in &self.problems {
            let _ = writeln!(text, "PROBLEM {problem}");
        }
        text
    }

    /// For readers: what the tests hold every runner to, so that it does not depend on who ran.
    #[must_use]
    pub fn markdown(&self) -> String {
        let total: usize = self.operations.iter().map(|(_, cases)| cases).sum();
        let invalid = self.invalid;
        let mut text = format!(
            "# Conformance report\n\n{total} cases, {invalid} of them invalid ones with an error code. {HEAD}"
        );
        for (index, row) in self.rows(|runner| Some(&runner.wanted)).iter().enumerate() {
            let _ = writeln!(text, "| {} |", row.join(" | "));
            if index == 0 {
                let _ = writeln!(text, "|{}", "---|".repeat(row.len()));
            }
        }
        text.push_str(
            "\n## Sources of expected values\n\n| source | version | cases |\n|---|---|---|\n",
        );
        for ((name, version), cases) in &self.sources {
            let _ = writeln!(text, "| {name} | {version} | {cases} |");
        }
        text.push_str("\n## Skipped\n\n| runner | cases | reason |\n|---|---|---|\n");
        for runner in &self.runners {
            for exception in &runner.exceptions.exceptions {
                let (id, reason) = (&exception.id, &exception.reason);
                let _ = writeln!(text, "| {} | `{id}` | {reason} |", runner.exceptions.runner);
            }
        }
        text
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> Value {
        let ran = self.runners.iter().filter_map(|runner| {
            let operations = operations(runner.found.as_ref()?);
            Some(json!({"runner": runner.exceptions.runner, "operations": operations}))
        });
        let absent = self.absent().map(|runner| {
            let Runner { exceptions, .. } = runner;
            json!({"runner": exceptions.runner, "command": exceptions.command})
        });
        json!({
            "version": 1,
            "runners": ran.collect::<Vec<_>>(),
            "absent": absent.collect::<Vec<_>>(),
            "problems": self.problems,
        })
    }

    fn absent(&self) -> impl Iterator<Item = &Runner> {
        self.runners.iter().filter(|runner| runner.found.is_none())
    }

    fn rows(&self, counts: fn(&Runner) -> Option<&BTreeMap<String, Counts>>) -> Vec<Vec<String>> {
        let mut first = vec!["operation".to_owned(), "cases".to_owned()];
        let mut last = vec!["total".to_owned()];
        let total: usize = self.operations.iter().map(|(_, cases)| cases).sum();
        last.push(total.to_string());
        for runner in &self.runners {
            first.push(runner.exceptions.runner.clone());
            last.push(shown(counts(runner).map(|by_operation| {
                by_operation.values().fold(Counts::default(), Counts::plus)
            })));
        }
        let rows = self.operations.iter().map(|(operation, cases)| {
            let mut row = vec![(*operation).to_owned(), cases.to_string()];
            row.extend(self.runners.iter().map(|runner| {
                let of = |all: &BTreeMap<String, Counts>| all.get(*operation).copied();
                shown(counts(runner).map(|all| of(all).unwrap_or_default()))
            }));
            row
        });
        [first].into_iter().chain(rows).chain([last]).collect()
    }
}

impl Counts {
    fn plus(self, other: &Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

fn operations(found: &BTreeMap<String, Counts>) -> Map<String, Value> {
    let line = |(operation, counts): (&String, &Counts)| {
        let Counts {
            passed,
            failed,
            skipped,
        } = *counts;
        let counts = json!({"passed": passed, "failed": failed, "skipped": skipped});
        (operation.clone(), counts)
    };
    found.iter().map(line).collect()
}

fn shown(counts: Option<Counts>) -> String {
    counts.map_or_else(
        || "did not run".to_owned(),
        |counts| format!("{} / {} / {}", counts.passed, counts.failed, counts.skipped),
    )
}
