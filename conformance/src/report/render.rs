//! The report as text, Markdown and JSON.

use super::{Counts, Report};
use core::fmt::Write;
use serde_json::{Value, json};

impl Report {
    /// For a terminal: the matrix, then what must not be.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for row in self.rows() {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let width = if column == 0 { 20 } else { 18 };
                // Writing into a string cannot fail.
                let _ = write!(line, "{cell:<width$}");
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        for problem in &self.problems {
            let _ = writeln!(text, "PROBLEM {problem}");
        }
        text
    }

    /// For readers.
    #[must_use]
    pub fn markdown(&self) -> String {
        let total: usize = self.operations.iter().map(|(_, cases)| cases).sum();
        let invalid = self.invalid;
        let mut text = format!(
            "# Conformance report\n\n{total} cases, {invalid} of them invalid ones with an error \
             code. Passed / failed / skipped for each runner; every skip has a reason below.\n\n\
             Written by `conformance report --write`; do not edit.\n\n"
        );
        for (index, row) in self.rows().iter().enumerate() {
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
                let _ = writeln!(text, "| {} | `{id}` | {reason} |", runner.name);
            }
        }
        text
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> Value {
        let runners: Vec<Value> = self
            .runners
            .iter()
            .map(|runner| {
                let operations: serde_json::Map<String, Value> = runner
                    .counts
                    .iter()
                    .map(|(operation, counts)| {
                        let Counts {
                            passed,
                            failed,
                            skipped,
                        } = *counts;
                        let counts =
                            json!({"passed": passed, "failed": failed, "skipped": skipped});
                        (operation.clone(), counts)
                    })
                    .collect();
                json!({"runner": runner.name, "operations": operations})
            })
            .collect();
        json!({"version": 1, "runners": runners, "problems": self.problems})
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let names = self.runners.iter().map(|runner| runner.name.clone());
        let mut rows = vec![
            ["operation", "cases"]
                .map(str::to_owned)
                .into_iter()
                .chain(names)
                .collect(),
        ];
        let mut sums = vec![Counts::default(); self.runners.len()];
        let mut total = 0;
        for (operation, cases) in &self.operations {
            let mut row = vec![(*operation).to_owned(), cases.to_string()];
            for (runner, sum) in self.runners.iter().zip(&mut sums) {
                let counts = runner.counts.get(*operation).copied().unwrap_or_default();
                row.push(shown(counts));
                sum.passed += counts.passed;
                sum.failed += counts.failed;
                sum.skipped += counts.skipped;
            }
            total += cases;
            rows.push(row);
        }
        let mut last = vec!["total".to_owned(), total.to_string()];
        last.extend(sums.into_iter().map(shown));
        rows.push(last);
        rows
    }
}

fn shown(counts: Counts) -> String {
    format!("{} / {} / {}", counts.passed, counts.failed, counts.skipped)
}
