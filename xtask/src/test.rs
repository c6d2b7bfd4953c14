//! `cargo xtask test [AREA…]`: runs the suites, prints each one's totals, ends with the sum.

use crate::report::{Report, Totals};
use crate::suite::{self, Suite};
use std::process::ExitCode;
use std::time::Instant;

/// How much of a failed suite's output is shown, from its end.
const SHOWN_LINES: usize = 400;

pub(crate) fn run(areas: &[&str]) -> ExitCode {
    if let Some(unknown) = areas
        .iter()
        .find(|area| !suite::ALL.iter().any(|suite| suite.area == **area))
    {
        eprintln!("xtask: there is no area `{unknown}`; see `cargo xtask help`");
        return ExitCode::from(2);
    }
    suite::conformance::forget();
    let mut sum = Totals::default();
    let mut failed = Vec::new();
    for suite in suite::ALL {
        if areas.is_empty() || areas.contains(&suite.area) {
            let totals = run_one(suite);
            if totals.failed > 0 {
                failed.push(format!("{}: {}", suite.area, suite.name));
            }
            sum += totals;
        }
    }
    println!();
    for name in &failed {
        println!("FAILED {name}");
    }
    println!("{sum}");
    if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn run_one(suite: &Suite) -> Totals {
    println!("== {}: {}", suite.area, suite.name);
    let started = Instant::now();
    let report = (suite.run)();
    show(&report);
    println!(
        "   {} in {:.1} s",
        report.totals,
        started.elapsed().as_secs_f64()
    );
    report.totals
}

fn show(report: &Report) {
    for skip in &report.skips {
        println!("   skipped {skip}");
    }
    if report.totals.failed > 0 {
        let lines: Vec<&str> = report.output.lines().collect();
        let hidden = lines.len().saturating_sub(SHOWN_LINES);
        if hidden > 0 {
            println!("   | ({hidden} lines before)");
        }
        for line in lines.iter().skip(hidden) {
            println!("   | {line}");
        }
    }
}
