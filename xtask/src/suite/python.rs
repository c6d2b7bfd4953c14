//! `bindings-python`: stubs and types, pytest on the newest and the oldest Python, the vectors, and
//! the AWS CLI's plugin.

use super::conformance;
use crate::python::{self, OLDEST, package};
use crate::report::Report;
use crate::shell::{self, LONG};
use crate::tools;
use std::path::Path;
use std::process::Command;

/// What the oldest Python runs besides: everything that depends on the interpreter or on botocore.
const OLDEST_TESTS: &[&str] = &[
    "tests/test_errors.py",
    "tests/test_provider.py",
    "tests/test_botocore.py",
];

pub(crate) fn check() -> Report {
    let environment = match python::main_environment() {
        Ok(environment) => environment,
        Err(reason) => return Report::skip("python", &reason),
    };
    let wheel = python::wheel(&environment, &[]);
    let built = wheel.and_then(|wheel| {
        python::install(&environment, &wheel)?;
        python::succeed(&mut emulator())?;
        Ok(wheel)
    });
    let wheel = match built {
        Ok(wheel) => wheel,
        Err(problem) => return Report::check(false, problem),
    };
    let mut report = types(&environment);
    report.merge(tests(&environment, &wheel));
    report.merge(conformance::judge("python"));
    report.merge(oldest(&wheel));
    report
}

/// The property tests of the native functions with a hundred times as many cases.
pub(crate) fn fuzz() -> Report {
    let prepared = python::main_environment().and_then(|environment| {
        let wheel = python::wheel(&environment, &[])?;
        python::install(&environment, &wheel)?;
        Ok(environment)
    });
    match prepared {
        Err(problem) => Report::check(false, problem),
        Ok(environment) => {
            let mut fuzz = pytest(&environment, &["tests/test_fuzz.py"]);
            run(fuzz.env("PYTEST_ROLESANYWHERE_EXAMPLES", "6000"))
        }
    }
}

fn emulator() -> Command {
    shell::cargo(["build", "-p", "rolesanywhere-emulator", "--bins"])
}

/// The stubs against what is there, and everything against its own annotations.
fn types(environment: &Path) -> Report {
    let mut mypy = shell::command(environment.join("bin/mypy"));
    mypy.current_dir(package())
        .args(["--strict", "--no-incremental"]);
    mypy.args(["python/rolesanywhere", "tests"]);
    let mut stubtest = shell::command(environment.join("bin/stubtest"));
    stubtest.current_dir(package()).args([
        "--mypy-config-file",
        "pyproject.toml",
        "--allowlist",
        "tests/stubtest.txt",
    ]);
    stubtest.arg("rolesanywhere");
    let mut report = one(&mut mypy);
    report.merge(one(&mut stubtest));
    report
}

fn tests(environment: &Path, wheel: &Path) -> Report {
    // Its directory is made there.
    let results = conformance::results("python");
    let mut tests = pytest(environment, &["tests"]);
    if let Some(directory) = results.parent() {
        tests.env("PYTEST_ROLESANYWHERE_RESULTS", directory);
    }
    let clients = tools::venv().and_then(|venv| python::install(&venv, wheel).map(|()| venv));
    if let Ok(venv) = clients {
        tests.env("PYTEST_AWS_CLI_V1", venv.join("bin/aws"));
    }
    if let Ok(aws) = tools::aws_cli_v2() {
        tests.env("PYTEST_AWS_CLI_V2", aws);
    }
    let proxy = shell::find("tinyproxy")
        .is_some()
        .then_some(())
        .ok_or(())
        .or_else(|()| tools::apt_install("tinyproxy"));
    if let Err(reason) = proxy {
        println!("   no tinyproxy: {reason}");
    }
    run(&mut tests)
}

fn oldest(wheel: &Path) -> Report {
    let name = format!("python::{OLDEST}");
    match python::oldest_environment() {
        Err(reason) => Report::skip(&name, &reason),
        Ok(environment) => match python::install(&environment, wheel) {
            Err(problem) => Report::check(false, problem),
            Ok(()) => run(&mut pytest(&environment, OLDEST_TESTS)),
        },
    }
}

fn pytest(environment: &Path, arguments: &[&str]) -> Command {
    let mut pytest = shell::command(environment.join("bin/python"));
    pytest.current_dir(package());
    pytest.args(["-m", "pytest", "-q", "-rs", "--tb=short"]);
    pytest
        .args(["-o", "faulthandler_timeout=600"])
        .args(arguments);
    let program = shell::root().join("target/debug/rolesanywhere-emulator");
    pytest.env("PYTEST_ROLESANYWHERE_EMULATOR", program);
    pytest
}

fn run(pytest: &mut Command) -> Report {
    let outcome = shell::run_or_tell(pytest, LONG);
    Report::from_pytest_output(outcome.success, outcome.output)
}

fn one(command: &mut Command) -> Report {
    let outcome = shell::run_or_tell(command, LONG);
    Report::check(outcome.success, outcome.output)
}
