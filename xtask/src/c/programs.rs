//! The test programs in C: as they are, under the address and the undefined-behaviour sanitizer, and
//! under valgrind.

use super::build::{Library, succeed};
use super::{scratch, sources};
use crate::report::Report;
use crate::shell::{self, LONG};
use crate::suite::conformance;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Strict, and C99 but for what a program itself needs more.
const FLAGS: [&str; 7] = [
    "-Wall",
    "-Wextra",
    "-Werror",
    "-pedantic",
    "-Wno-overlength-strings",
    "-g",
    "-O1",
];

/// What runs in every form: the standard each is written in.
const PROGRAMS: [(&str, &str); 4] = [
    ("bad_input", "c99"),
    ("null_arguments", "c99"),
    ("provider", "c11"),
    ("threads", "c11"),
];

/// How a program is built.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// Against the shared library.
    Plain,
    /// Against the archive, with both sanitizers.
    Sanitized,
}

pub(super) fn check(library: &Library) -> Report {
    let mut report = Report::problems(&unvisited());
    for form in [Form::Plain, Form::Sanitized] {
        report.merge(in_form(library, form));
    }
    report.merge(under_valgrind(library));
    let heap = program(library, "heap", "gnu99", Form::Plain);
    report.merge(heap.map_or_else(failed, |heap| heap_is_flat(&heap, "1000")));
    report
}

/// The functions that the table tests of bad arguments leave out.
fn unvisited() -> Vec<String> {
    let read = |file: &str| fs::read_to_string(sources().join(file)).unwrap_or_default();
    let tests = ["bad_input", "null_arguments"].map(|name| read(&format!("tests/{name}.c")));
    let calls = |name: &&str| tests.iter().any(|test| test.contains(&format!("{name}(")));
    let symbols = read("symbols.txt");
    let missing = symbols.lines().filter(|name| !calls(name));
    missing
        .map(|name| format!("no table test calls {name}"))
        .collect()
}

/// Minutes of random calls, a hundred thousand cycles, every case under valgrind.
pub(super) fn soak(library: &Library) -> Report {
    let mut report = Report::default();
    match program(library, "fuzz_calls", "c99", Form::Sanitized) {
        Ok(fuzz) => {
            for seed in 1..=10 {
                report.merge(shown(run(&mut fuzz_command(&fuzz, "60", seed)), " calls"));
            }
        }
        Err(problem) => report.merge(Report::check(false, problem)),
    }
    let heap = program(library, "heap", "gnu99", Form::Plain);
    let heap = heap.map_or_else(failed, |heap| heap_is_flat(&heap, "100000"));
    report.merge(shown(heap, " bytes in use"));
    report.merge(vectors(library, Form::Plain, true).unwrap_or_else(failed));
    report
}

/// Prints the figure of a long run.
fn shown(report: Report, figure: &str) -> Report {
    for line in report.output.lines().filter(|line| line.contains(figure)) {
        println!("   {line}");
    }
    report
}

fn in_form(library: &Library, form: Form) -> Report {
    let mut report = Report::default();
    for (name, standard) in PROGRAMS {
        let built = program(library, name, standard, form);
        report.merge(built.map_or_else(failed, |file| run(&mut with_identity(name, &file))));
    }
    report.merge(vectors(library, form, false).unwrap_or_else(failed));
    if matches!(form, Form::Sanitized) {
        let fuzz = program(library, "fuzz_calls", "c99", form);
        report.merge(fuzz.map_or_else(failed, |fuzz| run(&mut fuzz_command(&fuzz, "5", 1))));
    }
    report
}

/// The short form: what makes and frees every type of handle, and what has threads.
fn under_valgrind(library: &Library) -> Report {
    let mut report = Report::default();
    for (name, standard) in PROGRAMS {
        let built = program(library, name, standard, Form::Plain);
        report.merge(built.map_or_else(failed, |file| {
            let mut valgrind = valgrind();
            let inner = with_identity(name, &file);
            valgrind.arg(inner.get_program()).args(inner.get_args());
            run(&mut valgrind)
        }));
    }
    report
}

fn valgrind() -> Command {
    let mut command = shell::command("valgrind");
    command.args([
        "--quiet",
        "--leak-check=full",
        "--error-exitcode=9",
        "--child-silent-after-fork=yes",
    ]);
    command
}

/// Every case of the vectors.
fn vectors(library: &Library, form: Form, valgrinded: bool) -> Result<Report, String> {
    let cases = scratch().join("cases.h");
    let mut export = shell::cargo(["run", "--quiet", "-p", "rolesanywhere-conformance"]);
    export.args(["--bin", "conformance", "--", "export-c"]);
    succeed(export.arg(&cases))?;
    let file = program(library, "conformance", "c99", form)?;
    let mut command = if valgrinded {
        let mut command = valgrind();
        command.arg(&file);
        command
    } else {
        shell::command(&file)
    };
    command.arg(conformance::results("c"));
    succeed(&mut command)?;
    Ok(conformance::judge("c"))
}

/// Compiles `tests/NAME.c`, or all of `tests/NAME/`.
pub(super) fn program(
    library: &Library,
    name: &str,
    standard: &str,
    form: Form,
) -> Result<PathBuf, String> {
    let tests = sources().join("tests");
    let file = scratch().join(match form {
        Form::Plain => name.to_owned(),
        Form::Sanitized => format!("{name}-sanitized"),
    });
    let mut compile = shell::command("cc");
    compile.arg(format!("-std={standard}")).args(FLAGS);
    for directory in [library.prefix.join("include"), tests.clone(), scratch()] {
        compile.arg("-I").arg(directory);
    }
    match fs::read_dir(tests.join(name)) {
        Ok(entries) => {
            let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
            compile.args(paths.filter(|path| path.extension().is_some_and(|it| it == "c")));
        }
        Err(_) => {
            compile.arg(tests.join(format!("{name}.c")));
        }
    }
    let lib = library.prefix.join("lib");
    match form {
        Form::Plain => compile
            .arg(format!("-L{}", lib.display()))
            .arg(format!("-Wl,-rpath,{}", lib.display()))
            .args(["-lrolesanywhere", "-lpthread"]),
        Form::Sanitized => compile
            .args(["-fsanitize=address,undefined", "-fno-sanitize-recover=all"])
            .arg(lib.join("librolesanywhere.a"))
            .args(["-lgcc_s", "-lpthread", "-lm", "-ldl"]),
    };
    succeed(compile.arg("-o").arg(&file))?;
    Ok(file)
}

/// A published test identity, and the key that belongs to it.
pub(super) fn identity() -> [PathBuf; 2] {
    let directory = shell::root().join("conformance/fixtures/pki/p256");
    ["leaf.pem", "key.pem"].map(|name| directory.join(name))
}

fn with_identity(name: &str, file: &PathBuf) -> Command {
    let mut command = shell::command(file);
    match name {
        "null_arguments" | "provider" => command.args(identity()),
        "threads" => command.arg("1").arg(both()),
        _ => &mut command,
    };
    command
}

fn fuzz_command(fuzz: &PathBuf, seconds: &str, seed: u32) -> Command {
    let mut command = shell::command(fuzz);
    command.args([seconds, &seed.to_string()]).arg(both());
    command
}

/// Certificate and key in one file.
pub(super) fn both() -> PathBuf {
    let file = scratch().join("both.pem");
    let text: String = identity()
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect();
    // A program that finds it empty fails.
    let _written = fs::write(&file, text);
    file
}

fn heap_is_flat(heap: &PathBuf, cycles: &str) -> Report {
    let mut command = shell::command(heap);
    // Chunks that are kept for the next one would count as in use.
    command.env("GLIBC_TUNABLES", "glibc.malloc.tcache_count=0");
    run(command.arg(cycles).arg(both()))
}

pub(super) fn run(command: &mut Command) -> Report {
    let outcome = shell::run_or_tell(command, LONG);
    Report::from_test_output(outcome.success, outcome.output)
}

fn failed(problem: String) -> Report {
    Report::check(false, problem)
}
