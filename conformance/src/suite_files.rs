//! Every file of vectors, read.

use crate::lint::{self, Problem};
use crate::model::{Case, File};
use crate::paths;
use crate::runner::{ENTRIES, Entry};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;

/// All operations with their files.
#[derive(Debug)]
pub struct Vectors(Vec<(&'static Entry, File)>);

impl Vectors {
    /// Reads every operation's file.
    ///
    /// # Errors
    /// The first file that is missing or not of the form, with what is wrong.
    pub fn load() -> Result<Self, String> {
        let files: Result<Vec<_>, String> = ENTRIES
            .iter()
            .map(|entry| {
                let file = serde_json::from_str(&text(entry)?);
                let file = file.map_err(|error| format!("vectors/{}: {error}", entry.path()))?;
                Ok((entry, file))
            })
            .collect();
        Ok(Self(files?))
    }

    /// The files.
    pub fn files(&self) -> impl Iterator<Item = &(&'static Entry, File)> {
        self.0.iter()
    }

    /// The cases, in their files' order.
    pub fn cases(&self) -> impl Iterator<Item = (&'static Entry, &Case)> {
        self.0.iter().flat_map(|(entry, file)| {
            let groups = file.groups.iter();
            groups.flat_map(|group| group.tests.iter().map(|case| (*entry, case)))
        })
    }
}

/// Everything that is wrong with the files.
///
/// # Errors
/// Where one cannot be read at all.
pub fn problems() -> Result<Vec<Problem>, String> {
    let files: Result<Vec<_>, String> = ENTRIES
        .iter()
        .map(|entry| Ok((entry.path(), text(entry)?)))
        .collect();
    Ok(lint::lint(&files?, &retired()?))
}

/// The ids that were once used, and why they no longer are.
///
/// # Errors
/// Where `vectors/retired.json` cannot be read.
pub fn retired() -> Result<BTreeMap<String, String>, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Retired {
        retired: BTreeMap<String, String>,
    }
    let path = paths::vectors().join("retired.json");
    let text = fs::read(path).map_err(|error| format!("vectors/retired.json: {error}"))?;
    let retired: Result<Retired, _> = serde_json::from_slice(&text);
    Ok(retired
        .map_err(|error| format!("vectors/retired.json: {error}"))?
        .retired)
}

fn text(entry: &Entry) -> Result<String, String> {
    let path = paths::vectors().join(entry.path());
    fs::read_to_string(path).map_err(|error| format!("vectors/{}: {error}", entry.path()))
}
