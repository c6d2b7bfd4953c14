//! Which runners there are, and what they wrote.

use crate::model::results::{Exceptions, Results};
use crate::paths;
use std::fs;
use std::path::{Path, PathBuf};

/// The exceptions of every runner of this repository, by its name.
///
/// # Errors
/// Where a file of `exceptions/` is not of the form or is another runner's.
pub fn exceptions() -> Result<Vec<Exceptions>, String> {
    json_files(&paths::exceptions(), "")?
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let told = |problem: String| format!("exceptions/{name}.json: {problem}");
            let text = fs::read(path).map_err(|error| told(error.to_string()))?;
            let read: Exceptions =
                serde_json::from_slice(&text).map_err(|error| told(error.to_string()))?;
            if read.runner == *name && read.version == 1 {
                Ok(read)
            } else {
                Err(told(format!("it is not of version 1 and of `{name}`")))
            }
        })
        .collect()
}

/// Results: a file, or every `results-*.json` of a directory.
///
/// # Errors
/// Where one cannot be read or is not of the form.
pub fn results(path: &Path) -> Result<Vec<Results>, String> {
    let files = if path.is_dir() {
        json_files(path, "results-")?
    } else {
        vec![path.to_owned()]
    };
    files
        .iter()
        .map(|file| {
            let told = |problem: String| format!("{}: {problem}", file.display());
            let text = fs::read(file).map_err(|error| told(error.to_string()))?;
            let read: Results =
                serde_json::from_slice(&text).map_err(|error| told(error.to_string()))?;
            if read.version == 1 {
                Ok(read)
            } else {
                Err(told("it is not of version 1".to_owned()))
            }
        })
        .collect()
}

fn json_files(directory: &Path, beginning: &str) -> Result<Vec<PathBuf>, String> {
    let told = |error: std::io::Error| format!("{}: {error}", directory.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).map_err(told)? {
        let path = entry.map_err(told)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(beginning) && name.ends_with(".json") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
