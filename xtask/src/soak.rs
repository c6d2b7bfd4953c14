//! `cargo xtask soak [ROUNDS|PART]`: what takes too long for every change.

use crate::c;
use crate::mutants;
use crate::report::{Report, Totals};
use crate::sandbox::{self, Sandbox};
use crate::shell;
use crate::suite::{cargo, node, python, wasm};
use std::process::ExitCode;

const PACKAGES: &[&str] = &[
    "rolesanywhere-core",
    "rolesanywhere",
    "rolesanywhere-cli",
    "rolesanywhere-emulator",
    "rolesanywhere-conformance",
];

const KEY_TYPES: &[&str] = &[
    "rsa2048",
    "rsa3072",
    "p256",
    "p384",
    "p521",
    "ml-dsa-44",
    "ml-dsa-65",
    "ml-dsa-87",
];

/// A part by its name, what it is, and how it runs.
type Part = (&'static str, &'static str, fn() -> Report);

/// What can be asked for by itself; without a name all of it runs after the rounds.
const PARTS: &[Part] = &[
    (
        "python",
        "whatever goes into the Python package's native functions, for minutes",
        python::fuzz,
    ),
    (
        "node",
        "whatever goes into the npm package's functions, for minutes",
        node::fuzz,
    ),
    (
        "wasm",
        "the vectors in Deno, Bun and workerd",
        wasm::runtimes,
    ),
    (
        "mutants",
        "mutants of the core, with the vectors as their test",
        mutants::check,
    ),
    (
        "c",
        "the C library: random calls, heap, vectors under valgrind, threads, musl, archive",
        c::soak,
    ),
];

pub(crate) fn run(arguments: &[&str]) -> ExitCode {
    let named = |name: &&Part| arguments == [name.0];
    let rounds = match arguments {
        [] => Some(50),
        [rounds] => rounds.parse().ok(),
        _ => None,
    };
    let sum = match (PARTS.iter().find(named), rounds) {
        (Some(part), _) => one(part),
        (None, Some(rounds)) => all(rounds),
        (None, None) => {
            let names: Vec<&str> = PARTS.iter().map(|part| part.0).collect();
            eprintln!("usage: cargo xtask soak [ROUNDS|{}]", names.join("|"));
            return ExitCode::from(2);
        }
    };
    println!("\n{sum}");
    if sum.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn all(rounds: u32) -> Totals {
    let mut sum = Totals::default();
    for package in PACKAGES {
        println!("== {package}: every test, ignored ones too, properties with 20000 cases");
        let report = cargo::long_test(package);
        sum += told(&report);
        println!("   {}", report.totals);
    }
    println!("== {rounds} rounds of a new CA, a new leaf of each key type, credentials, STS");
    if let Err(problem) = sandbox::build() {
        sum += told(&Report::check(false, problem));
    }
    for round in 1..=rounds {
        sum += told(&one_round(round));
    }
    for part in PARTS {
        sum += one(part);
    }
    sum
}

fn one((_, title, run): &Part) -> Totals {
    println!("== {title}");
    let report = run();
    for skip in &report.skips {
        println!("   skipped {skip}");
    }
    told(&report)
}

/// New keys and serial numbers each time: their odd lengths are what this looks for.
fn one_round(round: u32) -> Report {
    let mut report = Report::default();
    for key_type in KEY_TYPES {
        report.merge(match round_trip(key_type) {
            Ok(()) => Report::check(true, ""),
            Err(problem) => Report::check(false, format!("round {round}, {key_type}: {problem}")),
        });
    }
    report
}

fn round_trip(key_type: &str) -> Result<(), String> {
    let directory = shell::root().join("target/soak").join(key_type);
    Sandbox::init(&directory, key_type)?;
    let sandbox = Sandbox::serve(&directory)?;
    sandbox.caller_identity(&sandbox.credentials()?).map(drop)
}

fn told(report: &Report) -> Totals {
    if report.totals.failed > 0 {
        println!("{}", report.output);
    }
    report.totals
}
