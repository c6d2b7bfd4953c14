//! The house rule on sizes: no file over 500 lines, a median of at most 200, no function over 60.

use crate::report::Report;
use crate::shell;
use std::fs;

const LONGEST_FILE: usize = 500;
const MEDIAN_FILE: usize = 200;
const LONGEST_FUNCTION: usize = 60;

pub(crate) fn check() -> Report {
    let listing = shell::run_or_tell(
        shell::command("git").args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "*.rs",
        ]),
        shell::LONG,
    );
    if !listing.success {
        return Report::check(false, listing.output);
    }
    let mut problems = Vec::new();
    let mut lengths = Vec::new();
    for path in listing.output.lines() {
        let Ok(text) = fs::read_to_string(shell::root().join(path)) else {
            continue; // deleted, and not committed yet
        };
        let code = without_tests(path, &text);
        let length = code.lines().count();
        if length > LONGEST_FILE {
            problems.push(format!("{path}: {length} lines, over {LONGEST_FILE}"));
        }
        problems.extend(long_functions(code).map(|(name, lines)| {
            format!("{path}: fn {name} has {lines} lines, over {LONGEST_FUNCTION}")
        }));
        lengths.push(length);
    }
    lengths.sort_unstable();
    match lengths.get(lengths.len() / 2) {
        None => problems.push("no Rust file was found".to_owned()),
        Some(median) if *median > MEDIAN_FILE => {
            problems.push(format!(
                "the median file has {median} lines, over {MEDIAN_FILE}"
            ));
        }
        Some(_) => {}
    }
    Report::problems(&problems)
}

/// A file's lines up to its tests; nothing of a file that holds only tests.
fn without_tests<'a>(path: &str, text: &'a str) -> &'a str {
    if path.contains("/tests/") || path.ends_with("tests.rs") {
        return "";
    }
    text.split_once("\n#[cfg(test)]\nmod ")
        .map_or(text, |(code, _)| code)
}

/// The functions that are too long. rustfmt closes each in the column where it opened.
fn long_functions(code: &str) -> impl Iterator<Item = (&str, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let starts: Vec<_> = lines
        .iter()
        .copied()
        .enumerate()
        .filter_map(function_start)
        .collect();
    starts.into_iter().filter_map(move |(start, indent, name)| {
        let end = lines
            .iter()
            .skip(start)
            .position(|line| line.trim_start().starts_with('}') && indent_of(line) == indent)?;
        (end + 1 > LONGEST_FUNCTION).then_some((name, end + 1))
    })
}

fn function_start((number, line): (usize, &str)) -> Option<(usize, usize, &str)> {
    let (before, after) = line.split_once("fn ")?;
    let modifiers = ["", "pub", "const", "async", "unsafe", "extern"];
    let is_item = before
        .split_whitespace()
        .all(|word| modifiers.contains(&word) || word.starts_with("pub(") || word.starts_with('"'));
    let name = after.split(['(', '<']).next()?;
    let has_body = !line.trim_end().ends_with([';', '}']);
    (is_item && has_body).then_some((number, indent_of(line), name))
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_over_the_limit_is_found_and_one_at_the_limit_is_not() {
        let body = |lines| "        let _ = 1;\n".repeat(lines);
        let code = format!(
            "impl A {{\n    pub(crate) fn long(\n        &self,\n    ) {{\n{}    }}\n    fn fits() {{\n{}    }}\n}}\n",
            body(57),
            body(58),
        );
        assert_eq!(long_functions(&code).collect::<Vec<_>>(), [("long", 61)]);
    }

    #[test]
    fn tests_are_not_counted() {
        assert_eq!(
            without_tests("a/src/b.rs", "code\n#[cfg(test)]\nmod tests {}\n"),
            "code"
        );
        assert_eq!(without_tests("a/tests/b.rs", "code\n"), "");
    }
}
