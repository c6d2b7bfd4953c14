//! Bytes that go in, in the most readable form there is.

use crate::{hex, paths};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fs;

/// Bytes that go in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Data {
    /// UTF-8 text, exactly as it stands.
    Text(String),
    /// Lower-case hex.
    Hex(#[schemars(regex(pattern = "^([0-9a-f]{2})*$"))] String),
    /// A file under `fixtures/`.
    Fixture(String),
    /// Several files under `fixtures/`, one behind the other.
    Fixtures(Vec<String>),
}

impl Data {
    /// The bytes.
    ///
    /// # Errors
    /// Where a fixture cannot be read or hex is none: one sentence.
    pub fn bytes(&self) -> Result<Vec<u8>, String> {
        match self {
            Self::Text(text) => Ok(text.as_bytes().to_vec()),
            Self::Hex(text) => hex::lower(text),
            Self::Fixture(path) => fixture(path),
            Self::Fixtures(paths) => {
                let files: Result<Vec<_>, _> = paths.iter().map(|path| fixture(path)).collect();
                Ok(files?.concat())
            }
        }
    }
}

fn fixture(path: &str) -> Result<Vec<u8>, String> {
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    if !path.split('/').all(is_plain) {
        return Err(format!("`{path}` is not a path below fixtures/"));
    }
    fs::read(paths::fixtures().join(path)).map_err(|error| format!("fixtures/{path}: {error}"))
}
