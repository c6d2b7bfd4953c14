//! Python's `cryptography`, for ML-DSA, which the OpenSSL of many systems is too old for.

use super::{Files, Oracle, output};
use crate::{Result, foreign};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Verifies pure ML-DSA with an empty context by `cryptography` 48 or later, from `target/venv` (which `cargo xtask test` makes) or
/// from the system's Python.
#[derive(Debug, Clone)]
pub struct Python {
    interpreter: PathBuf,
    directory: PathBuf,
}

impl Python {
    /// Looks for an interpreter that has the module; `directory` takes temporary files.
    ///
    /// # Errors
    /// The reason to skip, where there is none.
    pub fn find(directory: &Path) -> core::result::Result<Self, String> {
        let import = "import cryptography.hazmat.primitives.asymmetric.mldsa";
        [
            foreign::workspace().join("target/venv/bin/python"),
            PathBuf::from("python3"),
        ]
        .into_iter()
        .find(|python| output(Command::new(python).args(["-c", import])).is_ok())
        .map(|interpreter| Self {
            interpreter,
            directory: directory.to_owned(),
        })
        .ok_or_else(|| "no Python here has cryptography with ML-DSA".to_owned())
    }
}

impl Python {
    /// What a script prints.
    ///
    /// # Errors
    /// Where it fails, with what it said.
    pub fn run(&self, script: &Path, arguments: &[&Path]) -> Result<String> {
        let mut command = Command::new(&self.interpreter);
        Ok(String::from_utf8(output(
            command.arg(script).args(arguments),
        )?)?)
    }
}

impl Oracle for Python {
    fn verify(&self, name: &str, leaf: &Path, message: &[u8], signature: &[u8]) -> Result<()> {
        let files = Files::write(&self.directory, name, message, signature)?;
        output(
            Command::new(&self.interpreter)
                .arg(foreign::workspace().join("conformance/python/verify.py"))
                .args([leaf, &files.signature, &files.message]),
        )?;
        Ok(())
    }
}
