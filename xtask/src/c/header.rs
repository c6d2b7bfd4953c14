//! `cargo xtask header [--check]`: include/rolesanywhere.h by cbindgen, with the error codes of
//! docs/errors.md; and symbols.txt, the names that the libraries export.

use crate::report::Report;
use crate::shell;
use crate::tools;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

/// Where the error codes stand in the header: from behind this line to the next empty one.
const CODES: &str = "#define ROLESANYWHERE_RESULT_OK 0\n";

pub(crate) fn run(arguments: &[&str]) -> ExitCode {
    let result = match arguments {
        [] => generate().and_then(|files| files.write()),
        ["--check"] => compare(),
        _ => Err("usage: cargo xtask header [--check]".to_owned()),
    };
    shell::exit(result)
}

/// The committed header and list of symbols are what the source makes of them.
pub(crate) fn suite() -> Report {
    if let Err(reason) = tools::cbindgen() {
        return Report::skip("c::header", &reason);
    }
    let mut report = match compare() {
        Ok(()) => Report::check(true, ""),
        Err(problem) => Report::check(false, problem),
    };
    report.merge(match fs::read_to_string(header_file()) {
        Ok(header) => Report::problems(&undocumented(&header)),
        Err(error) => Report::check(false, error.to_string()),
    });
    report
}

/// Puts the codes of docs/errors.md into the header; needs no cbindgen.
pub(crate) fn renew_error_codes() -> Result<(), String> {
    let header = read(header_file())?;
    let (before, rest) = header
        .split_once(CODES)
        .ok_or("rolesanywhere.h has no place for error codes")?;
    let (_, after) = rest
        .split_once("\n\n")
        .ok_or("rolesanywhere.h ends within the error codes")?;
    let header = format!("{before}{CODES}{}\n\n{after}", error_codes()?);
    fs::write(header_file(), header).map_err(|error| error.to_string())
}

struct Files {
    header: String,
    symbols: String,
}

impl Files {
    fn write(&self) -> Result<(), String> {
        fs::write(header_file(), &self.header)
            .and_then(|()| fs::write(symbols_file(), &self.symbols))
            .map_err(|error| error.to_string())
    }
}

fn compare() -> Result<(), String> {
    let files = generate()?;
    for (path, expected) in [
        (header_file(), files.header),
        (symbols_file(), files.symbols),
    ] {
        if read(path.clone())? != expected {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            return Err(format!(
                "bindings-c's {name} is stale; run `cargo xtask header` and commit it"
            ));
        }
    }
    Ok(())
}

fn generate() -> Result<Files, String> {
    let crate_directory = shell::root().join("bindings-c");
    let config = read(crate_directory.join("cbindgen.toml"))?;
    let scratch = shell::scratch("c").map_err(|error| error.to_string())?;
    let filled = scratch.join("cbindgen.toml");
    fs::write(&filled, fill(&config)?).map_err(|error| error.to_string())?;
    let made = scratch.join("rolesanywhere.h");
    let mut cbindgen = shell::command(tools::cbindgen()?);
    cbindgen.arg("--quiet").arg("--config").arg(&filled);
    cbindgen.args(["--crate", "rolesanywhere-ffi", "--output"]);
    cbindgen.arg(&made).arg(&crate_directory);
    let outcome = shell::run_or_tell(&mut cbindgen, shell::LONG);
    if !outcome.success {
        return Err(format!("cbindgen: {}", outcome.output));
    }
    let header = read(made)?.replace(" * # Safety\n", " * Safety:\n");
    let symbols = symbols(&header);
    Ok(Files { header, symbols })
}

/// The version and the codes, in cbindgen's configuration.
fn fill(config: &str) -> Result<String, String> {
    let version = env!("CARGO_PKG_VERSION");
    let mut parts = version.split('.');
    let mut part = || parts.next().unwrap_or("0");
    let (major, minor, patch) = (part(), part(), part());
    Ok(config
        .replace("@MAJOR@", major)
        .replace("@MINOR@", minor)
        .replace("@PATCH@", patch)
        .replace("@VERSION@", version)
        .replace("@ERROR_CODES@", &error_codes()?.replace('"', "\\\"")))
}

fn error_codes() -> Result<String, String> {
    let table = read(shell::root().join("docs/errors.md"))?;
    let lines: Vec<String> = table
        .lines()
        .filter_map(|row| error_code(row, &table))
        .collect();
    if lines.is_empty() {
        return Err("docs/errors.md has no codes".to_owned());
    }
    Ok(lines.join("\n"))
}

/// From a row of the table to a line of the header; the meaning is the first line of the code's section.
fn error_code(row: &str, table: &str) -> Option<String> {
    let (name, rest) = row.strip_prefix("| [`")?.split_once('`')?;
    let number = rest.split(" | ").nth(1)?;
    let (_, section) = table.split_once(&format!("\n## {name}\n\n"))?;
    let meaning = section.lines().next()?;
    let name = name.to_uppercase();
    Some(format!(
        "/** {meaning} */\n#define ROLESANYWHERE_RESULT_{name} {number}"
    ))
}

/// Every function that the header declares, one on a line.
fn symbols(header: &str) -> String {
    let declared = header.lines().filter_map(|line| {
        let (before, _) = line.split_once('(')?;
        let is_declaration = !line.starts_with([' ', '/', '#']) && !before.contains("typedef");
        let name = before.rsplit([' ', '*']).next()?;
        (is_declaration && name.starts_with("rolesanywhere_")).then_some(name)
    });
    let names: BTreeSet<&str> = declared.collect();
    names.into_iter().map(|name| format!("{name}\n")).collect()
}

/// The functions without a comment above them.
fn undocumented(header: &str) -> Vec<String> {
    let mut previous = "";
    let mut problems = Vec::new();
    for line in header.lines() {
        let declares = !symbols(line).is_empty();
        if declares && previous != " */" {
            problems.push(format!("rolesanywhere.h: no comment above `{line}`"));
        }
        previous = line;
    }
    problems
}

fn read(path: PathBuf) -> Result<String, String> {
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

fn header_file() -> PathBuf {
    shell::root().join("bindings-c/include/rolesanywhere.h")
}

fn symbols_file() -> PathBuf {
    shell::root().join("bindings-c/symbols.txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_found_and_callbacks_are_not() {
        let header = "/**\n * It.\n */\nvoid rolesanywhere_b(int *a);\n\
            rolesanywhere_text rolesanywhere_a(const x *a,\n    int b);\n\
            typedef void (*rolesanywhere_c)(void *a);\n * rolesanywhere_d(\n\
            const x *rolesanywhere_e(void);\n";
        assert_eq!(
            symbols(header),
            "rolesanywhere_a\nrolesanywhere_b\nrolesanywhere_e\n"
        );
        assert_eq!(undocumented(header).len(), 2);
    }

    #[test]
    fn a_row_becomes_a_constant() {
        let table =
            "| [`timeout`](#timeout) | 502 | transport | yes |\n\n## timeout\n\nToo late.\n";
        let row = table.lines().next().unwrap();
        assert_eq!(
            error_code(row, table).as_deref(),
            Some("/** Too late. */\n#define ROLESANYWHERE_RESULT_TIMEOUT 502")
        );
        assert_eq!(error_code("| code | number |", table), None);
    }
}
