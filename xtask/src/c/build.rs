//! The libraries by the Makefile, installed; what they export.

use super::{scratch, sources};
use crate::report::Report;
use crate::shell::{self, LONG};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What `make install` leaves behind, below its prefix.
const INSTALLED: [&str; 8] = [
    "include/rolesanywhere.h",
    "lib/librolesanywhere.a",
    "lib/librolesanywhere.so",
    "lib/librolesanywhere.so.0",
    concat!("lib/librolesanywhere.so.", env!("CARGO_PKG_VERSION")),
    "lib/pkgconfig/rolesanywhere.pc",
    "lib/cmake/rolesanywhere/rolesanywhereConfig.cmake",
    "lib/cmake/rolesanywhere/rolesanywhereConfigVersion.cmake",
];

/// A built and installed library.
pub(crate) struct Library {
    /// Where the Makefile built it.
    pub(super) out: PathBuf,
    /// The prefix it is installed under.
    pub(super) prefix: PathBuf,
}

impl Library {
    /// `make install`.
    pub(crate) fn make(profile: &str) -> Result<Self, String> {
        let library = Self {
            out: scratch().join("build"),
            prefix: scratch().join("stage/usr"),
        };
        // Of an earlier build there must be nothing left that this one forgot.
        let _removed = fs::remove_dir_all(scratch().join("stage"));
        succeed(library.make_command(profile).arg("install"))?;
        Ok(library)
    }

    pub(super) fn make_command(&self, profile: &str) -> Command {
        let mut make = shell::command("make");
        make.args(["--no-print-directory", "-C"]).arg(sources());
        make.arg(format!("PROFILE={profile}"))
            .arg(format!("OUT={}", self.out.display()))
            .arg(format!("DESTDIR={}", scratch().join("stage").display()))
            .args(["PREFIX=/usr", "LIBDIR=/usr/lib"]);
        if let Some(cargo) = std::env::var_os("CARGO") {
            make.env("CARGO", cargo);
        }
        make
    }

    /// Everything is installed, has its soname, and exports the functions of the header alone.
    pub(super) fn check(&self) -> Report {
        let mut problems = Vec::new();
        for file in INSTALLED {
            if !self.prefix.join(file).exists() {
                problems.push(format!("`make install` left no {file}"));
            }
        }
        let archive = self.prefix.join("lib/librolesanywhere.a");
        let shared = self.prefix.join("lib/librolesanywhere.so");
        problems.extend(exports(&["--extern-only"], &archive));
        problems.extend(exports(&["--dynamic"], &shared));
        let soname = output("readelf", [OsStr::new("-dW"), shared.as_os_str()]);
        if !soname.contains("[librolesanywhere.so.0]") {
            problems.push(format!("the soname is not librolesanywhere.so.0: {soname}"));
        }
        for (path, what) in [(archive, "archive"), (shared, "shared library")] {
            let bytes = fs::metadata(path).map_or(0, |file| file.len());
            println!("   {what} (profile dev, with debugging information): {bytes} bytes");
        }
        Report::problems(&problems)
    }
}

/// What is exported and not declared, or declared and not exported.
fn exports(flags: &[&str], library: &Path) -> Vec<String> {
    let mut arguments: Vec<&OsStr> = flags.iter().map(OsStr::new).collect();
    arguments.extend([
        OsStr::new("--defined-only"),
        OsStr::new("--format=posix"),
        library.as_os_str(),
    ]);
    let listing = output("nm", arguments);
    let found: BTreeSet<&str> = listing
        .lines()
        .filter(|line| !line.ends_with(':'))
        .filter_map(|line| line.split(' ').next())
        .filter(|name| !name.is_empty())
        .collect();
    let symbols = fs::read_to_string(sources().join("symbols.txt")).unwrap_or_default();
    let wanted: BTreeSet<&str> = symbols.lines().collect();
    let library = library.display();
    let stray = found.difference(&wanted);
    let missing = wanted.difference(&found);
    stray
        .map(|name| format!("{library} exports {name}"))
        .chain(missing.map(|name| format!("{library} does not export {name}")))
        .collect()
}

/// Runs a command that must succeed.
pub(crate) fn succeed(command: &mut Command) -> Result<String, String> {
    let outcome = shell::run_or_tell(command, LONG);
    if outcome.success {
        Ok(outcome.output)
    } else {
        Err(format!("{command:?}\n{}", outcome.output))
    }
}

fn output<'a>(program: &str, arguments: impl IntoIterator<Item = &'a OsStr>) -> String {
    let mut command = shell::command(program);
    command.args(arguments);
    shell::run_or_tell(&mut command, LONG).output
}
