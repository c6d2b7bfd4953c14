//! `conformance …`: everything that is done to the vectors.
#![forbid(unsafe_code)]

use rolesanywhere_conformance::add::{Expected, add};
use rolesanywhere_conformance::model::Source;
use rolesanywhere_conformance::report::{Report, Scope, exceptions, results};
use rolesanywhere_conformance::runner::{self, BACKENDS, ENTRIES};
use rolesanywhere_conformance::suite_files::{self, Vectors};
use rolesanywhere_conformance::{error_codes, export_c, json_text, paths, pki, schema};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

const HELP: &str = "\
conformance fmt                     write every file of vectors in its one form
conformance lint                    check every file; names file, id and rule
conformance add --operation OPERATION (--source NAME VERSION | --self-generated) FILE
                                    add the case in FILE to its operation's vectors
conformance gen                     write schema/ and vectors/project/error_codes.json from the code
conformance gen-pki                 write fixtures/ from their fixed seeds
conformance run DIRECTORY           run the core, once with each backend: results-NAME.json
conformance report [--partial] [--json | --write] [RESULTS…]
                                    compare runners; RESULTS are files, or directories of results-*.json.
                                    --partial: who has no results is told, and is no problem
                                    --write: also writes conformance/REPORT.md, from the vectors and
                                    exceptions, which every runner's results are held to
conformance export-c FILE           write the cases as a C header
";

type Done = Result<(), String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["fmt"] => format(),
        ["lint"] => lint(),
        [
            "add",
            "--operation",
            operation,
            "--source",
            name,
            version,
            file,
        ] => {
            let source = Source::new(name, version);
            added(operation, file, Expected::Given(source))
        }
        ["add", "--operation", operation, "--self-generated", file] => {
            added(operation, file, Expected::SelfGenerated)
        }
        ["gen"] => generate(),
        ["gen-pki"] => generate_pki(),
        ["run", directory] => run(Path::new(directory)),
        ["report", rest @ ..] => report(rest),
        ["export-c", file] => export(file),
        ["help" | "--help"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("conformance: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn format() -> Done {
    for entry in ENTRIES {
        let path = paths::vectors().join(entry.path());
        let told = |error: &dyn std::error::Error| format!("{}: {error}", entry.path());
        let text = fs::read_to_string(&path).map_err(|error| told(&error))?;
        let value = serde_json::from_str(&text).map_err(|error| told(&error))?;
        fs::write(&path, json_text::to_text(&value)).map_err(|error| told(&error))?;
    }
    Ok(())
}

fn lint() -> Done {
    let problems = suite_files::problems()?;
    for problem in &problems {
        println!("{problem}");
    }
    match problems.len() {
        0 => Ok(()),
        count => Err(format!("{count} problems")),
    }
}

fn added(operation: &str, file: &str, expected: Expected) -> Done {
    let id = add(operation, &read(file)?, expected)?;
    println!("added {id}");
    Ok(())
}

fn generate() -> Done {
    let (path, text) = error_codes::file()?;
    schema::write().map_err(said)?;
    fs::write(paths::vectors().join(path), text).map_err(|error| error.to_string())
}

fn generate_pki() -> Done {
    let count = pki::write().map_err(said)?;
    println!("{count} fixtures");
    Ok(())
}

fn run(directory: &Path) -> Done {
    let vectors = Vectors::load()?;
    for subject in &BACKENDS {
        let results = runner::run(&vectors, subject);
        let text = serde_json::to_string_pretty(&results).map_err(|error| error.to_string())?;
        let path = directory.join(format!("results-{}.json", subject.name()));
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        println!("{}", path.display());
    }
    Ok(())
}

/// The matrix as it is to be needs no results; any other form without them compares nothing.
fn report(arguments: &[&str]) -> Done {
    let (flags, files): (Vec<&str>, Vec<&str>) = arguments
        .iter()
        .partition(|argument| argument.starts_with("--"));
    let known = ["--partial", "--json", "--write"];
    if let Some(unknown) = flags.iter().find(|flag| !known.contains(flag)) {
        return Err(format!("`report` has no flag `{unknown}`"));
    }
    let has = |flag| flags.contains(&flag);
    if files.is_empty() && !has("--write") {
        return Err("there are no results to compare".to_owned());
    }
    let scope = match has("--partial") || files.is_empty() {
        true => Scope::WhoRan,
        false => Scope::Everyone,
    };
    let read: Result<Vec<_>, _> = files.iter().map(|it| results(Path::new(it))).collect();
    let report = Report::new(&Vectors::load()?, exceptions()?, &read?.concat(), scope);
    if has("--json") {
        println!("{}", report.json());
    } else {
        print!("{}", report.text());
    }
    if has("--write") {
        let path = paths::root().join("REPORT.md");
        fs::write(path, report.markdown()).map_err(|error| error.to_string())?;
    }
    match report.problems().len() {
        0 => Ok(()),
        count => Err(format!("{count} problems")),
    }
}

fn export(file: &str) -> Done {
    let header = export_c::header(&Vectors::load()?)?;
    fs::write(file, header).map_err(|error| format!("{file}: {error}"))
}

fn read(file: &str) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))
}

fn said(failed: libtest_mimic::Failed) -> String {
    failed.message().unwrap_or("it failed").to_owned()
}
