//! What a session calls, next to each other in the program.
//!
//! The kernel maps a program 64 KB at a time around what is called. In the linker's own order, code that
//! is never called lies between the rest in nearly every 64 KB; together it stays out of memory. What is
//! called is seen in sessions with the emulator, under valgrind's `callgrind`.

use crate::sandbox::{self, Sandbox};
use crate::shell::{self, LONG};
use crate::tools;
use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Over what, the emulator's options for it, and the keys. Plain http first: over https all of that is
/// called, too, and more, which comes behind it.
const SESSIONS: [(&str, &[&str], &[&str]); 2] = [
    ("http", &[], &["p256", "rsa2048"]),
    ("https", &["--tls"], &["p256"]),
];

/// AWS-LC's files of assembler have one section each. These are called for randomness, P-256, RSA and
/// hashes, some of them by processors with AVX-512, which valgrind has not.
const ASSEMBLER: [&str; 8] = [
    "aesni-x86_64",
    "bignum_montinv_p256",
    "p256-x86_64-asm",
    "rdrand-x86_64",
    "rsaz-",
    "sha256-x86_64",
    "sha512-x86_64",
    "x86_64-mont",
];

/// A script for the linker that puts what `program` calls before the rest. Its name follows from what is
/// in it: cargo links anew where it is another one.
pub(super) fn linker_script(program: &Path, target: &str) -> Result<PathBuf, String> {
    if shell::find("valgrind").is_none() {
        tools::apt_install("valgrind").map_err(|reason| format!("valgrind: {reason}"))?;
    }
    sandbox::build()?;
    let directory = shell::scratch("called").map_err(|error| error.to_string())?;
    let mut order: Vec<String> = Vec::new();
    for (scheme, options, key_types) in SESSIONS {
        let mut called = BTreeSet::new();
        for key_type in key_types {
            called.extend(session(program, &directory, options, key_type)?);
        }
        called.retain(|function| !order.contains(function));
        println!("{target}: {} functions over {scheme}", called.len());
        order.extend(called);
    }
    let script = script(&order);
    let mut hasher = DefaultHasher::new();
    script.hash(&mut hasher);
    let file = directory.join(format!("{target}-{:016x}.ld", hasher.finish()));
    fs::write(&file, script).map_err(|error| error.to_string())?;
    Ok(file)
}

/// The functions that one session calls, by the linker's names.
fn session(
    program: &Path,
    directory: &Path,
    options: &[&str],
    key_type: &str,
) -> Result<BTreeSet<String>, String> {
    let directory = directory.join(key_type);
    Sandbox::init(&directory, key_type)?;
    let sandbox = Sandbox::serve_with(&directory, options)?;
    let profile = directory.join("callgrind");
    let mut valgrind = shell::command("valgrind");
    valgrind
        .args(["--quiet", "--tool=callgrind", "--demangle=no"])
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(program)
        .args(sandbox.credential_process().iter().skip(1))
        .env("AWS_CA_BUNDLE", directory.join("ca.pem"));
    let outcome = shell::run_or_tell(&mut valgrind, LONG);
    if !outcome.success {
        return Err(outcome.output);
    }
    let profile = fs::read_to_string(profile).map_err(|error| error.to_string())?;
    Ok(profile.lines().filter_map(function).collect())
}

/// `fn=(7) name` and `cfn=(7) name` give a function its number; a call within a call of itself has `'2`
/// behind the name.
fn function(line: &str) -> Option<String> {
    let line = line.strip_prefix('c').unwrap_or(line);
    let (_, name) = line.strip_prefix("fn=(")?.split_once(") ")?;
    let name = name.split('\'').next()?;
    let is_symbol =
        |character: char| character.is_ascii_alphanumeric() || "_.$".contains(character);
    name.chars().all(is_symbol).then(|| name.to_owned())
}

/// GNU ld and lld both read it. A name that no longer fits costs memory and nothing else: what it missed
/// stays in `.text`, where it would be anyway.
fn script(functions: &[String]) -> String {
    let sections = functions
        .iter()
        .map(|name| format!("    *(.text.{name} .text.*.{name})\n"));
    let files = ASSEMBLER.map(|name| format!("    *libaws_lc_sys*:*{name}*(.text)\n"));
    let sections: String = sections.chain(files).collect();
    format!("SECTIONS\n{{\n  .text.called :\n  {{\n{sections}  }}\n}}\nINSERT BEFORE .text;\n")
}

#[cfg(test)]
mod tests {
    use super::function;

    #[test]
    fn names_are_read_where_they_are_given() {
        let name = |line| function(line);
        assert_eq!(
            name("fn=(12) _ZN3std2fs4File4open17h0E").unwrap(),
            "_ZN3std2fs4File4open17h0E"
        );
        assert_eq!(name("cfn=(3) drop$LT$T$GT$'2").unwrap(), "drop$LT$T$GT$");
        assert_eq!(name("fn=(12)"), None);
        assert_eq!(name("fn=(1) (below main)"), None);
        assert_eq!(name("calls=1 0x10"), None);
    }
}
