//! Adds a case to its operation's file.

use crate::model::{Case, File, Group, Outcome, Source};
use crate::runner::{BACKENDS, Entry};
use crate::{json_text, lint, paths, suite_files};
use std::fs;

/// Where the expected values come from.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "there is no third way")]
pub enum Expected {
    /// They stand in the case, and this is their source.
    Given(Source),
    /// Our own core gives them. Somebody must then confirm them by other means.
    SelfGenerated,
}

/// Adds `case`, which is JSON, to the file of `operation`.
///
/// # Errors
/// Where the case is not of the form, its id was used before, or expected values are missing.
pub fn add(operation: &str, case: &str, expected: Expected) -> Result<String, String> {
    let entry = Entry::find(operation).ok_or(format!("there is no operation `{operation}`"))?;
    let mut case: Case = serde_json::from_str(case).map_err(|error| error.to_string())?;
    let source = match expected {
        Expected::Given(source) => source,
        Expected::SelfGenerated => {
            fill(entry, &mut case)?;
            Source::new(Source::PROJECT, env!("CARGO_PKG_VERSION"))
        }
    };
    if case.result == Outcome::Valid && case.expected.is_none() {
        return Err(
            "the case has no expected values; compute them by other means than our core, \
                    or say --self-generated"
                .to_owned(),
        );
    }
    let id = case.id.clone();
    let path = paths::vectors().join(entry.path());
    let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let mut file: File = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    match file.groups.iter_mut().find(|group| group.source == source) {
        Some(group) => group.tests.push(case),
        None => file.groups.push(Group {
            source,
            tests: vec![case],
        }),
    }
    let value = serde_json::to_value(&file).map_err(|error| error.to_string())?;
    let text = json_text::to_text(&value);
    let files = [(entry.path(), text.clone())];
    if let Some(problem) = lint::lint(&files, &suite_files::retired()?).first() {
        return Err(problem.to_string());
    }
    fs::write(path, text).map_err(|error| error.to_string())?;
    Ok(id)
}

/// With the backend whose signatures are the same each time.
fn fill(entry: &Entry, case: &mut Case) -> Result<(), String> {
    let [_, deterministic] = &BACKENDS;
    if case.result == Outcome::Valid && case.expected.is_none() {
        case.expected = Some(entry.answer(&case.input, deterministic)?);
    }
    Ok(())
}
