//! Prints the error codes as Markdown: this is how `docs/errors.md` is made.

use rolesanywhere_core::ErrorCode;
use std::process::ExitCode;

/// What most likely lies behind each code, the likeliest first: the code, then a line for each.
const CAUSES: &str = include_str!("error_table/causes.txt");

const INTRODUCTION: &str = "\
# Error codes

Every failure carries one of these codes: the same string in every language and in the command
line's `[code]`, the same number in C. A code never changes its meaning, and its number is never
used again. What to do is the usual hint; an error may carry a better one. \"Retry\" says whether the
same call may succeed later without anyone changing anything; an error can say otherwise of itself.
`rolesanywhere doctor` looks for most of this by itself ([doctor.md](doctor.md)).

Generated from `core/src/error/code.rs` by `cargo xtask errors`; do not edit.

| code | number | kind | retry |
|---|---|---|---|
";

fn main() -> ExitCode {
    print!("{INTRODUCTION}");
    for code in ErrorCode::ALL {
        let retry = if code.usually_retryable() {
            "yes"
        } else {
            "no"
        };
        let (number, kind) = (code.number(), code.kind().as_str());
        println!("| [`{code}`](#{code}) | {number} | {kind} | {retry} |");
    }
    let mut status = ExitCode::SUCCESS;
    for code in ErrorCode::ALL {
        print!("\n## {code}\n\n{}\n\nLikely causes:\n\n", code.meaning());
        match causes(*code) {
            Some(causes) if causes.lines().all(is_sentence) => println!("{causes}"),
            Some(_) => {
                eprintln!("a cause of {code} is no line `- Sentence.`");
                status = ExitCode::FAILURE;
            }
            None => {
                eprintln!("{code} has no causes: write them in error_table/causes.txt");
                status = ExitCode::FAILURE;
            }
        }
        println!("\nWhat to do: {}.", code.hint());
    }
    status
}

fn causes(code: ErrorCode) -> Option<&'static str> {
    let paragraphs = CAUSES.split("\n\n").map(str::trim);
    let mut pairs = paragraphs.filter_map(|paragraph| paragraph.split_once('\n'));
    pairs
        .find(|(name, _)| *name == code.as_str())
        .map(|(_, causes)| causes)
}

fn is_sentence(line: &str) -> bool {
    line.starts_with("- ") && line.ends_with('.')
}
