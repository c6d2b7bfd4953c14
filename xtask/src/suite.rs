//! Every suite of `cargo xtask test`, in the order they run: what is quick to fail comes first.

pub(crate) mod cargo;
mod clients;
pub(crate) mod conformance;
mod deny;
mod directions;
pub(crate) mod node;
mod nostd;
pub(crate) mod python;
mod readme;
mod sizes;
pub(crate) mod wasm;

use crate::c;
use crate::errors;
use crate::fuzz;
use crate::report::Report;

/// One group of checks.
pub(crate) struct Suite {
    /// What `cargo xtask test AREA` calls it.
    pub(crate) area: &'static str,
    pub(crate) name: &'static str,
    pub(crate) run: fn() -> Report,
}

/// All suites, in their order.
pub(crate) const ALL: &[Suite] = &[
    suite("house", "rustfmt", cargo::fmt),
    suite("house", "file and function sizes", sizes::check),
    suite(
        "house",
        "crate directions, no rsa crate in what ships",
        directions::check,
    ),
    suite("house", "clippy", cargo::clippy),
    suite("house", "rustdoc", cargo::rustdoc),
    suite("house", "docs/errors.md", errors::suite),
    suite("house", "cargo-deny", deny::check),
    suite("house", "xtask", || cargo::test("xtask", &[])),
    suite("core", "all features", || {
        cargo::test("rolesanywhere-core", &["--all-features"])
    }),
    suite("core", "only rustcrypto", || {
        cargo::test("rolesanywhere-core", &["--features", "rustcrypto"])
    }),
    suite("core", "no features", || {
        cargo::test("rolesanywhere-core", &[])
    }),
    suite("client", "client", || {
        cargo::test("rolesanywhere", &["--all-features"])
    }),
    // The examples in its documentation use the transport, and run in the suite before.
    suite("client", "no features", || {
        cargo::test(
            "rolesanywhere",
            &["--no-default-features", "--lib", "--tests"],
        )
    }),
    suite("client", "AWS SDK for Rust", || {
        cargo::test("rolesanywhere-aws-sdk-tests", &["--features", "sdk"])
    }),
    suite("cli", "cli", || cargo::test("rolesanywhere-cli", &[])),
    suite("emulator", "emulator", || {
        cargo::test("rolesanywhere-emulator", &[])
    }),
    suite("conformance", "conformance", conformance::check),
    suite("node", "types, tests", node::check),
    suite("python", "types, tests", python::check),
    suite("c", "library, programs, examples", c::check),
    suite("wasm", "operations, package, raw module", wasm::check),
    suite("clients", "AWS CLI v1, AWS CLI v2, boto3", clients::check),
    suite("fuzz", "fuzz corpora", fuzz::corpora),
    suite("fuzz", "fuzz targets, 5 s each", fuzz::short),
    suite("nostd", "no_std builds", nostd::check),
    suite(
        "house",
        "commands of the README and the guides",
        readme::check,
    ),
    // Behind every suite whose runner writes results.
    suite(
        "conformance",
        "report over every runner",
        conformance::report,
    ),
];

const fn suite(area: &'static str, name: &'static str, run: fn() -> Report) -> Suite {
    Suite { area, name, run }
}
