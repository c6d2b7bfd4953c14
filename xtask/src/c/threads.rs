//! The thread sanitizer, for `cargo xtask soak`: library, standard library and test programs all built with
//! it, by the nightly compiler. There is no short form: what is built without it (the standard library's
//! locks above all, which ask the kernel themselves) hides from the sanitizer, and from valgrind's helgrind
//! and drd, who waits for whom, and each hand-over between threads would be reported as a race.

use super::build::succeed;
use super::programs::{both, identity};
use super::{scratch, sources};
use crate::report::Report;
use crate::shell::{self, LONG};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const TARGET: &str = "x86_64-unknown-linux-gnu";
/// How long rustup may take to bring the standard library's source.
const BOUND: Duration = Duration::from_secs(120);

pub(super) fn soak() -> Report {
    let runtime = match runtime() {
        Ok(runtime) => runtime,
        Err(reason) => return Report::skip("c::threads", &reason),
    };
    let archive = match archive() {
        Ok(archive) => archive,
        Err(problem) => return Report::check(false, problem),
    };
    let link = |name: &str, flags: &[&str]| program(name, flags, &archive, &runtime);
    let mut report = Report::default();
    let threads = link("threads", &[]);
    report.merge(run(threads, |command| command.arg("20").arg(both())));
    let provider = link("provider", &[]);
    report.merge(run(provider, |command| command.args(identity())));
    let misused = link("threads", &["-DMISUSED"]);
    report.merge(race_is_found(misused));
    report
}

/// The sanitizer's runtime library, once everything that the build needs is there.
fn runtime() -> Result<PathBuf, String> {
    let mut sysroot = shell::command("rustup");
    sysroot.args(["run", "nightly", "rustc", "--print", "sysroot"]);
    let sysroot = shell::run_or_tell(&mut sysroot, BOUND);
    if !sysroot.success {
        return Err("there is no nightly toolchain".to_owned());
    }
    let mut add = shell::command("rustup");
    add.args(["component", "add", "rust-src", "--toolchain", "nightly"]);
    let added = shell::run_or_tell(&mut add, BOUND);
    if !added.success {
        let last = added.output.lines().last().unwrap_or_default();
        return Err(format!("no source of the standard library: {last}"));
    }
    let directory = Path::new(sysroot.output.trim()).join("lib/rustlib");
    let runtime = directory
        .join(TARGET)
        .join("lib/librustc-nightly_rt.tsan.a");
    if runtime.exists() {
        Ok(runtime)
    } else {
        Err(format!(
            "the nightly toolchain has no {}",
            runtime.display()
        ))
    }
}

/// The library and all below it, C too.
fn archive() -> Result<PathBuf, String> {
    let target_directory = scratch().join("tsan");
    let mut build = shell::command("cargo");
    build.args(["+nightly", "rustc", "-Zbuild-std", "--lib", "--quiet"]);
    build.args(["--crate-type", "staticlib", "--target", TARGET]);
    build.arg("--target-dir").arg(&target_directory);
    build.current_dir(sources());
    build.env("RUSTFLAGS", "-Zsanitizer=thread");
    build.env("CFLAGS", "-fsanitize=thread -g");
    // Cargo's own idea of the toolchain, when it runs this program.
    for variable in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTC", "RUSTDOC"] {
        build.env_remove(variable);
    }
    succeed(&mut build)?;
    let directory = target_directory.join(TARGET).join("debug");
    Ok(directory.join("librolesanywhere_ffi.a"))
}

/// `tests/NAME.c`, with the runtime of Rust's compiler in place of the C compiler's: there can be one only.
fn program(name: &str, flags: &[&str], archive: &Path, runtime: &Path) -> Result<PathBuf, String> {
    let object = scratch().join(format!("{name}{}-tsan.o", flags.concat()));
    let mut compile = shell::command("cc");
    compile.args(["-std=c11", "-g", "-O1", "-fsanitize=thread", "-c"]);
    compile.args(flags).arg("-I").arg(sources().join("include"));
    compile.arg(sources().join("tests").join(format!("{name}.c")));
    succeed(compile.arg("-o").arg(&object))?;
    let file = object.with_extension("");
    let mut link = shell::command("cc");
    link.arg(&object).arg(archive);
    link.arg("-Wl,--whole-archive").arg(runtime);
    link.args(["-Wl,--no-whole-archive", "-Wl,--export-dynamic"]);
    link.args(["-lgcc_s", "-lpthread", "-lm", "-ldl", "-lrt", "-o"]);
    succeed(link.arg(&file))?;
    Ok(file)
}

fn run(
    program: Result<PathBuf, String>,
    with: impl FnOnce(&mut Command) -> &mut Command,
) -> Report {
    match program {
        Ok(program) => {
            let mut command = watched(&program);
            let outcome = shell::run_or_tell(with(&mut command), LONG);
            Report::from_test_output(outcome.success, outcome.output)
        }
        Err(problem) => Report::check(false, problem),
    }
}

/// Two threads that change one handle at a time break the header's rule, and the sanitizer sees it inside
/// the library.
fn race_is_found(program: Result<PathBuf, String>) -> Report {
    let outcome = match program {
        Ok(program) => {
            let mut command = watched(&program);
            shell::run_or_tell(command.arg("1").arg(both()), LONG)
        }
        Err(problem) => return Report::check(false, problem),
    };
    let is_found = outcome
        .output
        .contains("WARNING: ThreadSanitizer: data race")
        && outcome.output.contains("rolesanywhere_http_response");
    Report::check(!outcome.success && is_found, outcome.output)
}

fn watched(program: &Path) -> Command {
    let mut command = shell::command(program);
    // A race whose first half is no longer in the history is not reported.
    command.env("TSAN_OPTIONS", "halt_on_error=1 history_size=7");
    command
}
