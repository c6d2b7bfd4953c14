//! The fixtures: CAs, leaves and keys of every algorithm, the same bytes each time.
//!
//! Keys come from fixed seeds, so that anybody can make them again and nobody can mistake them for
//! secrets. Only the RSA keys are files made once with `openssl genpkey`: there is no agreed way
//! from a seed to an RSA key.

mod certificate;
mod key;
mod leaves;
mod pem;
mod wrong;

use crate::{Result, paths};
use std::collections::BTreeMap;
use std::fs;

/// Path below `fixtures/` and content.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Everything that is made.
///
/// # Errors
/// Where an RSA key is missing.
pub fn generate() -> Result<Files> {
    let mut files = Files::new();
    leaves::add(&mut files)?;
    wrong::add(&mut files)?;
    key::add(&mut files)?;
    Ok(files)
}

/// Writes what is made.
///
/// # Errors
/// Where a file cannot be written.
pub fn write() -> Result<usize> {
    let files = generate()?;
    for (path, content) in &files {
        let path = paths::fixtures().join(path);
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory)?;
        }
        fs::write(&path, content)?;
    }
    Ok(files.len())
}

/// The files that are not as they would be made.
///
/// # Errors
/// As [`generate`].
pub fn stale() -> Result<Vec<String>> {
    let is_stale = |path: &str, content: &[u8]| {
        fs::read(paths::fixtures().join(path)).map_or(true, |found| found != content)
    };
    Ok(generate()?
        .into_iter()
        .filter(|(path, content)| is_stale(path, content))
        .map(|(path, _)| path)
        .collect())
}
