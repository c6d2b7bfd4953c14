//! cargo-deny, where it is installed: licences, bans and sources by deny.toml; advisories where the
//! database can be fetched.

use crate::report::Report;
use crate::shell::{self, LONG};

const CHECKS: &[&str] = &["licenses", "bans", "sources", "advisories"];

pub(crate) fn check() -> Report {
    if !shell::run_or_tell(&mut shell::cargo(["deny", "--version"]), LONG).success {
        return Report::skip(
            "deny",
            "`cargo install cargo-deny` takes minutes and was not done here",
        );
    }
    let mut report = Report::default();
    for check in CHECKS {
        let outcome = shell::run_or_tell(
            &mut shell::cargo(["deny", "--all-features", "check", check]),
            LONG,
        );
        report.merge(
            if !outcome.success && outcome.output.contains("failed to fetch advisory database") {
                Report::skip(
                    "deny::advisories",
                    "the advisory database cannot be fetched",
                )
            } else {
                Report::check(outcome.success, outcome.output)
            },
        );
    }
    report
}
