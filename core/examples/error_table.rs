//! Prints the table of error codes as Markdown: this is how `docs/errors.md` is made.

use rolesanywhere_core::ErrorCode;

const INTRODUCTION: &str = "\
# Error codes

Every failure carries one of these codes: the same string in every language and in the command
line's `[code]`, the same number in C. A code never changes its meaning, and its number is never
used again. The hint is the usual one; an error may carry a better one. \"Retry\" says whether the
same call may succeed later without anyone changing anything; an error can say otherwise of itself.

Generated from `core/src/error/code.rs` by `cargo xtask errors`; do not edit.

| code | number | kind | retry | meaning | hint |
|---|---|---|---|---|---|
";

fn main() {
    print!("{INTRODUCTION}");
    for code in ErrorCode::ALL {
        println!(
            "| `{}` | {} | {} | {} | {} | {} |",
            code.as_str(),
            code.number(),
            code.kind().as_str(),
            if code.usually_retryable() {
                "yes"
            } else {
                "no"
            },
            cell(code.meaning()),
            cell(code.hint()),
        );
    }
}

/// A vertical bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
