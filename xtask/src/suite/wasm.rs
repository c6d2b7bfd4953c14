//! `bindings-wasm`: the operations natively, the package under Node, the raw module under wasmtime, the
//! vectors through both, sizes.

use super::{cargo, conformance};
use crate::node::{self, succeed};
use crate::report::Report;
use crate::shell::{self, LONG};
use crate::{tools, wasm};
use std::fs;
use std::path::Path;

/// Committed sizes, and how far a build may be from them.
const SIZES: &str = "bindings-wasm/sizes.txt";
/// The slow ones first.
const TESTS: [&str; 7] = [
    "browser",
    "conformance",
    "example",
    "bad-input",
    "provider",
    "crypto-key",
    "readme",
];

/// Whose results the tests under Node write.
const RUNNERS: [&str; 3] = ["wasm-node", "wasm-chromium", "wasm-chromium-worker"];
const CHROMIUM: &str = "/usr/bin/chromium";

const TOLERANCE_PERCENT: u64 = 3;

pub(crate) fn check() -> Report {
    let mut report = cargo::test("rolesanywhere-wasm", &[]);
    report.merge(cargo::test("rolesanywhere-wasm", &["--features", "rsa"]));
    let compiler = match wasm::Compiler::find() {
        Ok(compiler) => compiler,
        Err(reason) => {
            report.merge(Report::skip("wasm::modules", &reason));
            return report;
        }
    };
    if let Err(problem) = wasm::build() {
        report.merge(Report::check(false, problem));
        return report;
    }
    report.merge(match compiler {
        wasm::Compiler::Rustup => sizes(),
        wasm::Compiler::Debian => Report::skip(
            "wasm::sizes",
            "they are those of rustup's compiler, and this is Debian's",
        ),
    });
    report.merge(under_node());
    report.merge(raw());
    report
}

fn under_node() -> Report {
    // A test that needs it says so where it cannot be had.
    if !Path::new(CHROMIUM).is_file()
        && let Err(reason) = tools::apt_install("chromium")
    {
        println!("   no chromium: {reason}");
    }
    // Their directory is made there.
    for runner in RUNNERS {
        let _results = conformance::results(runner);
    }
    let mut types = shell::command("node");
    types
        .current_dir(wasm::package())
        .args(["node_modules/typescript/bin/tsc", "-p", "."]);
    let mut report = match succeed(&mut types) {
        Ok(()) => Report::check(true, ""),
        Err(problem) => Report::check(false, problem),
    };
    let mut tests = shell::command("node");
    // By name: a directory would run what the tests share as tests, too.
    tests
        .current_dir(wasm::package())
        .args(["--test", "--test-reporter=tap"])
        .args(TESTS.map(|name| format!("test/{name}.test.mjs")));
    let outcome = shell::run_or_tell(&mut tests, LONG);
    report.merge(Report::from_node_output(outcome.success, outcome.output));
    for runner in RUNNERS {
        let is_skipped = runner.contains("chromium") && !Path::new(CHROMIUM).is_file();
        if !is_skipped {
            report.merge(conformance::judge(runner));
        }
    }
    report
}

/// Deno, Bun and Cloudflare's runtime, each 100 MB from npm: too much for every change.
pub(crate) fn runtimes() -> Report {
    let package = wasm::package().join("runtimes");
    if let Err(problem) = wasm::build().and_then(|()| node::install(&package)) {
        return Report::check(false, problem);
    }
    let mut tests = shell::command("node");
    tests
        .current_dir(package)
        .args(["--test", "--test-reporter=tap", "runtimes.test.mjs"]);
    let outcome = shell::run_or_tell(&mut tests, LONG);
    Report::from_node_output(outcome.success, outcome.output)
}

/// A host that is not JavaScript.
fn raw() -> Report {
    let results = conformance::results("wasm-raw");
    let python = match tools::python() {
        Ok(python) => python,
        Err(reason) => return Report::skip("wasm::raw", &reason),
    };
    let mut runner = shell::command(python);
    runner
        .arg("bindings-wasm/raw/tests/conformance.py")
        .arg(wasm::module("rolesanywhere_core_rsa"))
        .arg(results);
    let outcome = shell::run_or_tell(&mut runner, LONG);
    let mut report = Report::check(outcome.success, outcome.output);
    report.merge(conformance::judge("wasm-raw"));
    report
}

/// Bytes of each module and of its `gzip -9`, against the committed ones.
fn sizes() -> Report {
    let committed = match fs::read_to_string(shell::root().join(SIZES)) {
        Ok(committed) => committed,
        Err(error) => return Report::check(false, format!("{SIZES}: {error}")),
    };
    let mut problems = Vec::new();
    for (name, _) in wasm::MODULES {
        match measured(name) {
            Ok(sizes) => problems.extend(differences(name, sizes, &committed)),
            Err(problem) => problems.push(problem),
        }
    }
    Report::problems(&problems)
}

/// Raw and compressed.
pub(crate) fn measured(name: &str) -> Result<[u64; 2], String> {
    let module = wasm::module(name);
    let compressed = module.with_extension("wasm.gz");
    let mut gzip = shell::command("gzip");
    gzip.args(["-9", "-n", "-k", "-f"]).arg(&module);
    succeed(&mut gzip)?;
    let size = |path| {
        fs::metadata(path)
            .map(|it| it.len())
            .map_err(|error| error.to_string())
    };
    Ok([size(module)?, size(compressed)?])
}

fn differences(name: &str, sizes: [u64; 2], committed: &str) -> Option<String> {
    let line = committed
        .lines()
        .find(|line| line.split(' ').next() == Some(name));
    let numbers = line.into_iter().flat_map(|line| line.split(' ').skip(1));
    let wanted: Vec<u64> = numbers.filter_map(|number| number.parse().ok()).collect();
    let fits =
        |(size, wanted): (&u64, &u64)| size.abs_diff(*wanted) * 100 <= wanted * TOLERANCE_PERCENT;
    if wanted.len() == 2 && sizes.iter().zip(&wanted).all(fits) {
        return None;
    }
    let [raw, compressed] = sizes;
    Some(format!(
        "{SIZES}: {name} has {raw} bytes, {compressed} with gzip -9, and not {wanted:?}, \
         by more than {TOLERANCE_PERCENT} %"
    ))
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn a_size_may_be_three_percent_off() {
        let committed = "# comment\nother 1 1\ncore 1000 500\n";
        assert_eq!(differences("core", [1030, 485], committed), None);
        assert!(differences("core", [1031, 500], committed).is_some());
        assert!(differences("missing", [1, 1], committed).is_some());
    }
}
