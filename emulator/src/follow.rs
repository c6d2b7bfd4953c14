//! A configuration file that is followed while the emulator runs.

use crate::config::Config;
use rolesanywhere_core::error::Result;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// The file, and what was last seen of it.
#[derive(Debug)]
pub(crate) struct Followed {
    path: PathBuf,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    /// What the file said, or why it could not be read.
    content: Option<std::result::Result<String, String>>,
    /// Why the emulator does not go by it.
    problem: Option<String>,
}

impl Followed {
    /// Follows a file; the first look reads it.
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            seen: Mutex::default(),
        }
    }

    /// Applies what the file says when that has changed. A file that is wrong changes nothing, and is
    /// told once on standard error.
    ///
    /// The content is compared, not the time of change, which two changes may share.
    pub(crate) fn look(&self, apply: impl FnOnce(&Config) -> Result<()>) {
        let content = fs::read_to_string(&self.path).map_err(|error| error.to_string());
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.content.as_ref() == Some(&content) {
            return;
        }
        let applied = match &content {
            Ok(text) => Config::from_json(text)
                .and_then(|config| apply(&config))
                .map_err(|error| error.message().to_owned()),
            Err(error) => Err(format!("it cannot be read: {error}")),
        };
        seen.content = Some(content);
        seen.problem = applied.err().map(|problem| {
            let path = self.path.display();
            let problem = format!("{path}: {problem}; what it said before stays in force");
            eprintln!("rolesanywhere-emulator: {problem}");
            problem
        });
    }

    /// Why the emulator does not go by the file as it is now.
    pub(crate) fn problem(&self) -> Option<String> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.problem.clone()
    }
}
