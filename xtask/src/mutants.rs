//! The mutation check: small changes to the core's rules, each of which the vectors must notice.

use crate::report::Report;
use crate::shell::{self, LONG};

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

/// Runs cargo-mutants with the suite of vectors as the test. Mutants that live and why stand in
/// `docs/reliability.md`; the list here is in `target/mutants.out`.
pub(crate) fn check() -> Report {
    let version = shell::run_or_tell(&mut shell::cargo(["mutants", "--version"]), LONG);
    if !version.success {
        let reason =
            "cargo-mutants is not installed; `cargo install --locked cargo-mutants` would do it";
        return Report::skip("soak::mutants", reason);
    }
    let mut command = shell::cargo(["mutants", "--package", "rolesanywhere-core"]);
    for file in MUTATED {
        command.args(["--file", file]);
    }
    command
        .args([
            "--test-package",
            "rolesanywhere-conformance",
            "--output",
            "target",
        ])
        .args(["--timeout", "120", "--no-times", "--colors", "never"])
        .args(["--", "--test", "vectors"]);
    let outcome = shell::run_or_tell(&mut command, 12 * LONG);
    Report::check(outcome.success, outcome.output)
}
