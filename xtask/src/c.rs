//! `librolesanywhere`: its header, its build, and the C programs that test it.

mod agent;
pub(crate) mod build;
mod consumers;
pub(crate) mod dist;
mod examples;
pub(crate) mod header;
mod moto;
mod programs;
mod threads;

use crate::report::Report;
use crate::shell;
use crate::suite::cargo;
use crate::tools;
use build::Library;
use std::path::PathBuf;

/// What a fresh machine may lack, and its Debian packages.
const PROGRAMS: [(&str, &str); 6] = [
    ("make", "make"),
    ("c++", "g++"),
    ("cmake", "cmake"),
    ("pkg-config", "pkg-config"),
    ("valgrind", "valgrind"),
    ("curl", "curl"),
];

/// The area `c` of `cargo xtask test`.
pub(crate) fn check() -> Report {
    for (program, package) in PROGRAMS {
        if shell::find(program).is_none()
            && let Err(reason) = tools::apt_install(package)
        {
            return Report::skip("c", &format!("no {program}: {reason}"));
        }
    }
    let mut report = header::suite();
    report.merge(cargo::test("rolesanywhere-ffi", &[]));
    match Library::make("dev") {
        Ok(library) => {
            report.merge(library.check());
            report.merge(consumers::check(&library));
            report.merge(programs::check(&library));
            report.merge(examples::check(&library));
        }
        Err(problem) => report.merge(Report::check(false, problem)),
    }
    report
}

/// What takes minutes, for `cargo xtask soak`.
pub(crate) fn soak() -> Report {
    match Library::make("dev") {
        Ok(library) => {
            let mut report = programs::soak(&library);
            report.merge(threads::soak());
            report.merge(consumers::musl());
            report.merge(consumers::unpacked("release"));
            report
        }
        Err(problem) => Report::check(false, problem),
    }
}

/// Where all of it is made.
fn scratch() -> PathBuf {
    shell::root().join("target/c")
}

fn sources() -> PathBuf {
    shell::root().join("bindings-c")
}
