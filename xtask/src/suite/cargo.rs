//! The suites that are one cargo command each: rustfmt, clippy, rustdoc, `cargo test`.

use crate::report::Report;
use crate::shell::{self, LONG};

/// Core's feature sets, each of which must compile and lint by itself.
const CORE_FEATURES: &[&str] = &[
    "",
    "rustcrypto",
    "rustcrypto-tables",
    "rustcrypto-rsa",
    "aws-lc-rs",
    "encrypted-keys",
    "pkcs12",
];

/// The client's besides its default one.
const CLIENT_FEATURES: &[&[&str]] = &[&["--no-default-features"], &["--all-features"]];

pub(crate) fn fmt() -> Report {
    one(&["fmt", "--all", "--check"])
}

pub(crate) fn clippy() -> Report {
    let deny = ["--", "-D", "warnings"];
    let mut report = one(&[&["clippy", "--workspace", "--all-targets"][..], &deny].concat());
    for features in CORE_FEATURES {
        let core = [
            "clippy",
            "-p",
            "rolesanywhere-core",
            "--all-targets",
            "--features",
            features,
        ];
        report.merge(one(&[&core[..], &deny].concat()));
    }
    for features in CLIENT_FEATURES {
        let client = [
            &["clippy", "-p", "rolesanywhere", "--all-targets"][..],
            features,
        ];
        report.merge(one(&[&client.concat()[..], &deny].concat()));
    }
    report
}

/// Libraries only: the client's library and the CLI's binary share the name `rolesanywhere`.
pub(crate) fn rustdoc() -> Report {
    let mut command = shell::cargo(["doc", "--workspace", "--no-deps", "--lib", "--all-features"]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    let outcome = shell::run_or_tell(&mut command, LONG);
    Report::check(outcome.success, outcome.output)
}

/// `cargo test` of one package, doc tests included.
pub(crate) fn test(package: &str, arguments: &[&str]) -> Report {
    let mut command = shell::cargo(["test", "-p", package, "--no-fail-fast"]);
    command.args(arguments).args(["--", "--show-output"]);
    let outcome = shell::run_or_tell(&mut command, LONG);
    Report::from_test_output(outcome.success, outcome.output)
}

/// All tests of one package, those marked `#[ignore]` too, with many cases for each property.
pub(crate) fn long_test(package: &str) -> Report {
    let mut command = shell::cargo(["test", "-p", package, "--all-features", "--no-fail-fast"]);
    command.env("PROPTEST_CASES", "20000");
    command.args(["--", "--show-output", "--include-ignored"]);
    let outcome = shell::run_or_tell(&mut command, LONG);
    Report::from_test_output(outcome.success, outcome.output)
}

fn one(arguments: &[&str]) -> Report {
    let outcome = shell::run_or_tell(&mut shell::cargo(arguments), LONG);
    Report::check(outcome.success, outcome.output)
}
