//! What a vector must be, beyond its form: each problem with file, id and rule.

use crate::json_text;
use crate::model::{Case, File, Group, Outcome, SCHEMA, Source};
use crate::runner::Entry;
use core::fmt;
use rolesanywhere_core::ErrorCode;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Something wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The file, below `vectors/`.
    pub file: String,
    /// The case, where it is about one.
    pub id: Option<String>,
    /// The rule that is broken, such as `duplicate-id`.
    pub rule: &'static str,
    /// What breaks it.
    pub detail: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id.as_deref().unwrap_or("(file)");
        write!(
            formatter,
            "{}: {id}: {}: {}",
            self.file, self.rule, self.detail
        )
    }
}

/// Checks files, which are pairs of path below `vectors/` and text, and what they share. `retired`
/// are ids that were once used.
#[must_use]
pub fn lint(files: &[(String, String)], retired: &BTreeMap<String, String>) -> Vec<Problem> {
    let mut linter = Linter {
        retired,
        seen: BTreeSet::new(),
        problems: Vec::new(),
        file: String::new(),
    };
    for (path, text) in files {
        path.clone_into(&mut linter.file);
        linter.file(text);
    }
    linter.problems
}

struct Linter<'a> {
    retired: &'a BTreeMap<String, String>,
    seen: BTreeSet<String>,
    problems: Vec<Problem>,
    file: String,
}

impl Linter<'_> {
    fn report(&mut self, id: Option<&str>, rule: &'static str, detail: impl Into<String>) {
        self.problems.push(Problem {
            file: self.file.clone(),
            id: id.map(str::to_owned),
            rule,
            detail: detail.into(),
        });
    }

    fn file(&mut self, text: &str) {
        let value: Value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) => return self.report(None, "json", error.to_string()),
        };
        if json_text::to_text(&value) != text {
            self.report(None, "format", "run `conformance fmt`");
        }
        let file: File = match serde_json::from_value(value.clone()) {
            Ok(file) => file,
            Err(error) => return self.form(&value, &error.to_string()),
        };
        let Some(entry) = Entry::find(&file.operation) else {
            return self.report(
                None,
                "operation",
                format!("there is no `{}`", file.operation),
            );
        };
        if file.schema != SCHEMA {
            self.report(
                None,
                "schema",
                format!("it is {} and not {SCHEMA}", file.schema),
            );
        }
        if entry.path() != self.file {
            self.report(
                None,
                "path",
                format!("its operation belongs into {}", entry.path()),
            );
        }
        for group in &file.groups {
            self.group(entry, &file, group);
        }
        self.notes(&file);
    }

    /// The cases and groups that are not of the form; the file, where it is none of them.
    fn form(&mut self, file: &Value, error: &str) {
        let before = self.problems.len();
        for group in file
            .get("groups")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let tests = group.get("tests").and_then(Value::as_array);
            let id = |test: &Value| Some(test.get("id")?.as_str()?.to_owned());
            for test in tests.into_iter().flatten() {
                if let Err(error) = Case::<Value, Value>::deserialize(test) {
                    self.report(id(test).as_deref(), "form", error.to_string());
                }
            }
            let first = tests.and_then(|tests| id(tests.first()?));
            if let Some(Err(error)) = group.get("source").map(Source::deserialize) {
                self.report(first.as_deref(), "source", error.to_string());
            } else if group.get("source").is_none() {
                self.report(
                    first.as_deref(),
                    "source",
                    "the group of this case has none",
                );
            }
        }
        if self.problems.len() == before {
            self.report(None, "form", error);
        }
    }

    fn notes(&mut self, file: &File) {
        let cases = file.groups.iter().flat_map(|group| &group.tests);
        let used: BTreeSet<&String> = cases.flat_map(|case| &case.flags).collect();
        for flag in file.notes.keys().filter(|flag| !used.contains(flag)) {
            self.report(
                None,
                "note-unused",
                format!("no case has the flag `{flag}`"),
            );
        }
    }

    fn group(&mut self, entry: &Entry, file: &File, group: &Group) {
        let Source { name, version, .. } = &group.source;
        if name.trim().is_empty() || version.trim().is_empty() {
            self.report(
                None,
                "source",
                "a group lacks the name or the version of its source",
            );
        }
        for case in &group.tests {
            self.case(entry, file, case);
        }
    }

    fn case(&mut self, entry: &Entry, file: &File, case: &Case) {
        let id = Some(case.id.as_str());
        if !is_id(entry.name(), &case.id) {
            let form = format!("it is not `{}::topic::case`", entry.name());
            self.report(id, "id", form);
        }
        if !self.seen.insert(case.id.clone()) {
            self.report(id, "duplicate-id", "another case has the same id");
        }
        if let Some(reason) = self.retired.get(&case.id) {
            self.report(id, "retired-id", format!("it was retired: {reason}"));
        }
        if case.description.trim().is_empty() || !case.description.ends_with('.') {
            self.report(id, "description", "it is not a sentence");
        }
        for flag in case
            .flags
            .iter()
            .filter(|flag| !file.notes.contains_key(*flag))
        {
            self.report(id, "flag", format!("there is no note `{flag}`"));
        }
        if let Err(detail) = outcome(case) {
            self.report(id, "outcome", detail);
        }
        if let Err(detail) = entry.check(case) {
            self.report(id, "form", detail);
        }
        let members = [Some(&case.input), case.expected.as_ref()];
        for problem in members.into_iter().flatten().flat_map(hex_problems) {
            self.report(id, "hex", problem);
        }
        for problem in fixture_problems(&case.input) {
            self.report(id, "fixture", problem);
        }
    }
}

fn is_id(operation: &str, id: &str) -> bool {
    let fits = |part: &str| {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c);
        !part.is_empty() && part.chars().all(is_plain)
    };
    match id.split("::").collect::<Vec<_>>().as_slice() {
        [first, topic, case] => *first == operation && fits(topic) && fits(case),
        _ => false,
    }
}

fn outcome(case: &Case) -> Result<(), String> {
    match (case.result, &case.expected, &case.error) {
        (Outcome::Valid, Some(_), None) => Ok(()),
        (Outcome::Valid, ..) => Err("a valid case has expected values and no error".into()),
        (Outcome::Invalid, None, Some(error)) => {
            let mut codes = ErrorCode::ALL.iter();
            match codes.find(|code| code.as_str() == error.code) {
                None => Err(format!("there is no code `{}`", error.code)),
                Some(code) if code.kind().as_str() != error.kind => Err(format!(
                    "`{}` is of kind {}",
                    error.code,
                    code.kind().as_str()
                )),
                Some(_) => Ok(()),
            }
        }
        (Outcome::Invalid, ..) => Err("an invalid case has an error and no expected values".into()),
    }
}

/// Members whose name says that they are hex, and inputs given as hex.
fn hex_problems(value: &Value) -> Vec<String> {
    strings(value)
        .into_iter()
        .filter(|(name, _)| name == "hex" || name.ends_with("_hex"))
        .filter_map(|(name, text)| {
            let problem = crate::hex::lower(&text).err()?;
            Some(format!("`{name}`: {problem}"))
        })
        .collect()
}

fn fixture_problems(value: &Value) -> Vec<String> {
    strings(value)
        .into_iter()
        .filter(|(name, _)| name == "fixture" || name == "fixtures")
        .filter_map(|(_, path)| crate::model::Data::Fixture(path).bytes().err())
        .collect()
}

/// Every string with the name of the member that it is in.
fn strings(value: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect("", value, &mut found);
    found
}

fn collect(name: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((name.to_owned(), text.clone())),
        Value::Array(items) => items.iter().for_each(|item| collect(name, item, found)),
        Value::Object(members) => {
            for (name, member) in members {
                collect(name, member, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
