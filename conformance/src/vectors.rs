//! The project's own vectors: one file for each operation under `vectors/protocol/`.
//!
//! A file has groups of tests that share a source and inputs; a test has an id, which is never
//! reused, inputs, and what must come out.

pub mod signature;

use crate::{Result, foreign};
use serde::Deserialize;

/// Where expected values come from: never from the core itself without saying so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Source {
    /// A standard, an implementation, or `project`.
    pub name: String,
    /// Its section or version.
    pub version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<Group> {
    schema: u32,
    operation: String,
    groups: Vec<Group>,
}

/// The groups of `signature.json`.
///
/// # Errors
/// Where the file cannot be read or is not of the form that this version knows.
pub fn signatures() -> Result<Vec<signature::Group>> {
    load("signature")
}

fn load<Group: for<'de> Deserialize<'de>>(operation: &str) -> Result<Vec<Group>> {
    let directory = foreign::workspace().join("conformance/vectors/protocol");
    let text = foreign::read(&directory, &format!("{operation}.json"))?;
    let file: File<Group> = serde_json::from_slice(&text)?;
    if file.schema != 1 || file.operation != operation {
        return Err(format!("{operation}.json is not of schema 1 and its own name").into());
    }
    Ok(file.groups)
}
