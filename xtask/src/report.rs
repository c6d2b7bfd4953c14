//! What a suite found, and how the numbers are read from a test harness's output.

use std::fmt;
use std::ops::AddAssign;

/// How many checks passed, failed and were skipped.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

/// The totals of one suite, each skip with its reason, and the output to show if something failed.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) totals: Totals,
    pub(crate) skips: Vec<String>,
    pub(crate) output: String,
}

impl Report {
    /// One check that passed or failed; `output` is shown in the second case.
    pub(crate) fn check(passed: bool, output: impl Into<String>) -> Self {
        let totals = Totals {
            passed: u64::from(passed),
            failed: u64::from(!passed),
            ..Totals::default()
        };
        Self {
            totals,
            output: output.into(),
            ..Self::default()
        }
    }

    /// One check that cannot run here.
    pub(crate) fn skip(name: &str, reason: &str) -> Self {
        let totals = Totals {
            skipped: 1,
            ..Totals::default()
        };
        Self {
            totals,
            skips: vec![format!("{name}: {reason}")],
            ..Self::default()
        }
    }

    /// One check for each problem, or a single passed one where there is none.
    pub(crate) fn problems(problems: &[String]) -> Self {
        Self::check(problems.is_empty(), problems.join("\n"))
    }

    /// Reads the output of `cargo test … -- --show-output`.
    ///
    /// Sums the `test result:` lines; a line that begins with `SKIP ` turns one passed test into a
    /// skipped one. A run that says it failed without naming a failed test, or that names no test
    /// result at all, did not start and counts as one failure.
    pub(crate) fn from_test_output(success: bool, output: String) -> Self {
        let mut report = Self::default();
        let mut results = 0_u32;
        for line in output.lines() {
            if let Some(result) = line.strip_prefix("test result: ") {
                report.totals += result_line(result);
                results += 1;
            } else if let Some(reason) = line.strip_prefix("SKIP ") {
                report.skips.push(reason.to_owned());
            }
        }
        report.skips.sort();
        report.skips.dedup();
        let skips = u64::try_from(report.skips.len()).unwrap_or(u64::MAX);
        report.totals.passed = report.totals.passed.saturating_sub(skips);
        report.totals.skipped += skips;
        if results == 0 || (!success && report.totals.failed == 0) {
            report.totals.failed += 1;
        }
        report.output = output;
        report
    }

    /// Reads the TAP output of `node --test`: its totals, and each `# SKIP` with its reason.
    pub(crate) fn from_node_output(success: bool, output: String) -> Self {
        let mut report = Self::default();
        let total = |name: &str| {
            let line = output.lines().rev();
            let mut numbers = line.filter_map(|line| line.strip_prefix(name)?.trim().parse().ok());
            numbers.next().unwrap_or(0_u64)
        };
        report.totals = Totals {
            passed: total("# pass "),
            failed: total("# fail ") + total("# cancelled "),
            skipped: total("# skipped ") + total("# todo "),
        };
        for line in output.lines() {
            if let Some((name, reason)) = line.split_once(" # SKIP") {
                let name = name.split_once(" - ").map_or(name, |(_, name)| name);
                report.skips.push(format!("{name}:{reason}"));
            }
        }
        let ran = report.totals != Totals::default();
        if !ran || (!success && report.totals.failed == 0) {
            report.totals.failed += 1;
        }
        report.output = failures(&output);
        report
    }

    /// Reads the output of `pytest -rs`: its last line's totals, and each skip with its reason. One
    /// line stands for several skips where it says so: `SKIPPED [3] tests/…`.
    pub(crate) fn from_pytest_output(success: bool, output: String) -> Self {
        let mut report = Self::default();
        let totals = output.lines().rev().find(|line| line.contains(" in "));
        let words: Vec<&str> = totals.unwrap_or_default().split([' ', ',']).collect();
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        for pair in words.windows(2) {
            if let [number, what] = pair
                && let Ok(number) = number.parse::<u64>()
            {
                match *what {
                    "passed" | "xfailed" => report.totals.passed += number,
                    "failed" | "error" | "errors" | "xpassed" => report.totals.failed += number,
                    "skipped" => report.totals.skipped += number,
                    _ => {}
                }
            }
        }
        let skips = output
            .lines()
            .filter_map(|line| line.strip_prefix("SKIPPED "));
        report.skips.extend(skips.map(str::to_owned));
        if report.totals == Totals::default() || (!success && report.totals.failed == 0) {
            report.totals.failed += 1;
        }
        report.output = output;
        report
    }

    /// Adds another report's numbers and words to this one.
    pub(crate) fn merge(&mut self, other: Self) {
        self.totals += other.totals;
        self.skips.extend(other.skips);
        if other.totals.failed > 0 {
            self.output.push_str(&other.output);
            self.output.push('\n');
        }
    }
}

/// What is worth reading of a TAP output: all but the tests that passed and their details.
fn failures(output: &str) -> String {
    let mut lines = Vec::new();
    let mut hidden = false;
    for line in output.lines() {
        let text = line.trim_start();
        if text.starts_with("ok ") {
            hidden = true;
        } else if text.starts_with("not ok ") || text.starts_with('#') {
            hidden = false;
        }
        if !hidden && !text.starts_with("# Subtest: ") {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// Reads `ok. 12 passed; 0 failed; 3 ignored; …`.
fn result_line(line: &str) -> Totals {
    let mut totals = Totals::default();
    let words: Vec<&str> = line
        .split([' ', ';', '.'])
        .filter(|word| !word.is_empty())
        .collect();
    for pair in words.windows(2) {
        if let [number, what] = pair
            && let Ok(number) = number.parse::<u64>()
        {
            match *what {
                "passed" => totals.passed = number,
                "failed" => totals.failed = number,
                "ignored" => totals.skipped = number,
                _ => {}
            }
        }
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(passed: u64, failed: u64, skipped: u64) -> Totals {
        Totals {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn results_are_summed_and_skips_are_no_passes() {
        let output = "SKIP captures::p256: no vectors here\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 1s\n\
            test result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out\n";
        let report = Report::from_test_output(false, output.to_owned());
        assert_eq!(report.totals, totals(4, 4, 2));
        assert_eq!(report.skips, ["captures::p256: no vectors here"]);
    }

    #[test]
    fn tap_totals_are_read_and_only_failures_shown() {
        let output = "TAP version 13\nok 1 - a\n  ---\n  duration_ms: 1\n  ...\n\
            ok 2 - b # SKIP no deno here\nnot ok 3 - c\n  error: 'why'\n\
            # tests 3\n# pass 1\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n";
        let report = Report::from_node_output(false, output.to_owned());
        assert_eq!(report.totals, totals(1, 1, 1));
        assert_eq!(report.skips, ["b: no deno here"]);
        assert!(report.output.contains("why") && !report.output.contains("duration_ms"));
        let broken = Report::from_node_output(false, "SyntaxError".into());
        assert_eq!(broken.totals, totals(0, 1, 0));
    }

    #[test]
    fn what_does_not_start_has_failed() {
        assert_eq!(
            Report::from_test_output(false, "error[E0]".into()).totals,
            totals(0, 1, 0)
        );
        assert_eq!(
            Report::from_test_output(true, String::new()).totals,
            totals(0, 1, 0)
        );
        let crashed = "test result: ok. 2 passed; 0 failed; 0 ignored\nsignal: 11".to_owned();
        assert_eq!(
            Report::from_test_output(false, crashed).totals,
            totals(2, 1, 0)
        );
    }

    #[test]
    fn pytest_output() {
        let output = "..F.s\nSKIPPED [2] tests/test_a.py:7: there is no tinyproxy\n\
                      1 failed, 3 passed, 2 skipped, 1 warning, 1 error in 5.01s (0:00:05)\n";
        let report = Report::from_pytest_output(false, output.to_owned());
        let totals = report.totals;
        assert_eq!((totals.passed, totals.failed, totals.skipped), (3, 2, 2));
        assert_eq!(
            report.skips,
            ["[2] tests/test_a.py:7: there is no tinyproxy"]
        );
        let crashed = Report::from_pytest_output(false, "2 passed in 0.1s".to_owned());
        assert_eq!(crashed.totals.failed, 1);
        let nothing = Report::from_pytest_output(true, "no tests ran in 0.01s".to_owned());
        assert_eq!(nothing.totals.failed, 1);
    }
}
