//! Loads a key from its files, signs, drops it, and looks through the process's own memory for what
//! was secret: the key's numbers, the text of its file, the passphrase.
//!
//! Each file is loaded in a process of its own, which knows the secrets only under a mask, so that it
//! finds none that it brought itself. Two controls show that a search finds what is there: one while
//! the key is in use, one while copies of the files are kept.

mod files;
mod memory;
mod secrets;

use memory::Masked;
use rolesanywhere::{IdentitySources, Source, SourceReader};
use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What a process does before it searches.
const DROPPED: &str = "dropped";
const IN_USE: &str = "in use";
const COPIED: &str = "copied";
const PURPOSES: [&str; 3] = [DROPPED, IN_USE, COPIED];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let words: Vec<&str> = arguments.iter().skip(1).map(String::as_str).collect();
    let result = match words.as_slice() {
        ["search", what, key, passphrase] => search(what, key, passphrase).map(|()| true),
        _ => test(),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// One process for each file and purpose, told as the test programs of the standard library do.
fn test() -> Result<bool> {
    if !cfg!(target_os = "linux") {
        println!("SKIP heap::all: it reads /proc/self/mem, which only Linux has");
        println!("test result: ok. 1 passed; 0 failed; 0 ignored");
        return Ok(true);
    }
    let (mut passed, mut failed) = (0, 0);
    for algorithm in ["p256", "rsa"] {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("heap")
            .join(algorithm);
        let files = match files::make(&directory, algorithm)? {
            Ok(files) => files,
            Err(reason) => {
                println!("SKIP heap::all: {reason}");
                println!("test result: ok. 1 passed; 0 failed; 0 ignored");
                return Ok(true);
            }
        };
        for (file, what) in files
            .iter()
            .flat_map(|file| PURPOSES.map(|what| (file, what)))
        {
            let problem = one(&directory, file, what)?;
            let verdict = if problem.is_empty() { "ok" } else { "FAILED" };
            println!(
                "test {algorithm}::{}::{what} ... {verdict}{problem}",
                file.name
            );
            *(if problem.is_empty() {
                &mut passed
            } else {
                &mut failed
            }) += 1;
        }
    }
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    println!("test result: {verdict}. {passed} passed; {failed} failed; 0 ignored");
    Ok(failed == 0)
}

/// What is wrong with what a process found.
fn one(directory: &Path, file: &files::File, what: &str) -> Result<String> {
    let secrets = secrets::of(directory, file)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.current_dir(directory).env_clear();
    command.args([
        "search",
        what,
        &file.name,
        file.passphrase.unwrap_or_default(),
    ]);
    command.env(memory::VARIABLE, memory::masked(&secrets));
    let output = command.output()?;
    let found = String::from_utf8_lossy(&output.stdout).into_owned();
    let has = |name: &str| found.lines().any(|line| line.starts_with(name));
    Ok(match what {
        _ if !output.status.success() => format!("\n{found}"),
        DROPPED if !found.is_empty() => format!("\n{found}"),
        IN_USE if !has("number") => "\nthe key in use was not found".to_owned(),
        COPIED if !has(file.passphrase.unwrap_or("file")) => {
            format!("\nthe copies were not found: {found}")
        }
        _ => String::new(),
    })
}

/// In the process of its own: does it, and prints what it finds.
fn search(what: &str, key: &str, passphrase: &str) -> Result<()> {
    let masked = Masked::from_environment()?;
    let environment = |_: &str| None;
    let mut sources = IdentitySources::new(Source::parse("leaf.pem", "certificate")?)
        .with_private_key(Source::parse(key, "private_key")?);
    if !passphrase.is_empty() {
        sources = sources.with_passphrase(Source::parse(passphrase, "passphrase")?);
    }
    let snapshot = sources.load(&mut SourceReader::new(&environment))?;
    snapshot.key.sign(b"message")?;
    match what {
        IN_USE => {
            masked.search()?;
            drop((snapshot, sources));
        }
        COPIED => {
            drop((snapshot, sources));
            let copies = [
                std::fs::read(key)?,
                std::fs::read(passphrase).unwrap_or_default(),
            ];
            masked.search()?;
            drop(std::hint::black_box(copies));
        }
        _ => {
            drop((snapshot, sources));
            masked.search()?;
        }
    }
    Ok(())
}
