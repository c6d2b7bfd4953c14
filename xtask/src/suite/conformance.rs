//! The vectors: the suite of their package, and what the suite of a binding needs to join the report.

use super::cargo;
use crate::dist;
use crate::report::Report;
use crate::shell::{self, LONG};
use crate::tools;
use std::fs;
use std::path::{Path, PathBuf};

/// What the oracles need, as found in `PATH` or at its place, and the Debian packages.
const ORACLES: [(&str, &str); 4] = [
    ("certtool", "gnutls-bin"),
    ("pk12util", "libnss3-tools"),
    ("puttygen", "putty-tools"),
    ("/usr/include/openssl/x509.h", "libssl-dev"),
];

/// Its oracles run in the Python environment; a test that misses one says so and is skipped.
pub(crate) fn check() -> Report {
    if let Err(reason) = tools::venv() {
        println!("   no Python environment: {reason}");
    }
    for (needed, package) in ORACLES {
        if shell::find(needed).is_none()
            && let Err(reason) = tools::apt_install(package)
        {
            println!("   no {needed}: {reason}");
        }
    }
    let mut report = cargo::test("rolesanywhere-conformance", &[]);
    for runner in ["rust-aws-lc", "rust-rustcrypto"] {
        report.merge(judge(runner));
    }
    for second in ["oracle", "model"] {
        report.merge(match tools::python() {
            Ok(python) => outsider(second, &python),
            Err(reason) => Report::skip(&format!("archive::{second}"), &reason),
        });
    }
    report
}

/// One check: somebody with the archive in an empty directory and Python's `cryptography` runs a
/// second opinion as the README says, and gets the results that the tests get here.
fn outsider(second: &str, python: &Path) -> Report {
    let unpacked = || -> Result<PathBuf, String> {
        let archive = dist::conformance()?;
        let directory = shell::scratch("archive").map_err(|error| error.to_string())?;
        fs::remove_dir_all(&directory).map_err(|error| error.to_string())?;
        fs::create_dir_all(&directory).map_err(|error| error.to_string())?;
        let mut tar = shell::command("tar");
        tar.arg("-xzf").arg(archive).arg("--strip-components=1");
        let outcome = shell::run_or_tell(tar.arg("-C").arg(&directory), LONG);
        outcome.success.then_some(directory).ok_or(outcome.output)
    };
    let directory = match unpacked() {
        Ok(directory) => directory,
        Err(problem) => return Report::check(false, problem),
    };
    let name = format!("results-{second}.json");
    let mut command = shell::command(python);
    command.current_dir(&directory).args([second, &name]);
    let outcome = shell::run_or_tell(&mut command, LONG);
    let theirs = fs::read(directory.join(&name)).ok();
    let is_same = theirs.is_some() && theirs == fs::read(results(second)).ok();
    let told = format!("{second} in the archive: {}", outcome.output);
    Report::check(outcome.success && is_same, told)
}

/// Removes every runner's results, so that no report is about an earlier run.
pub(crate) fn forget() {
    // What is not there needs no removing.
    let _removed = fs::remove_dir_all(directory());
}

/// The file that the runner of this name writes its results to. Its directory is there.
pub(crate) fn results(runner: &str) -> PathBuf {
    // The runner says so if it cannot write.
    let _made = fs::create_dir_all(directory());
    directory().join(format!("results-{runner}.json"))
}

/// One check: whether a runner that has run reported every case, all of them right but for those of
/// `exceptions/RUNNER.json`. A runner that wrote nothing fails.
pub(crate) fn judge(runner: &str) -> Report {
    let report = compare(&results(runner));
    Report::check(report.totals.failed == 0, report.output)
}

/// One check: the report over every runner that ran before. Who did not is a skip.
pub(crate) fn report() -> Report {
    compare(&directory())
}

fn compare(results: &Path) -> Report {
    let mut command = shell::cargo(["run", "--quiet", "-p", "rolesanywhere-conformance"]);
    command
        .args(["--bin", "conformance", "--", "report", "--partial"])
        .arg(results);
    let outcome = shell::run_or_tell(&mut command, LONG);
    let mut report = Report::default();
    for line in outcome.output.lines() {
        if let Some((name, reason)) = line
            .strip_prefix("SKIP ")
            .and_then(|it| it.split_once(": "))
        {
            report.merge(Report::skip(name, reason));
        }
    }
    report.merge(Report::check(outcome.success, outcome.output));
    report
}

fn directory() -> PathBuf {
    shell::root().join("target/conformance")
}
