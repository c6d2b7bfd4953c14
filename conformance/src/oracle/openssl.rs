//! The `openssl` command, for RSA and ECDSA.

use super::{Files, Oracle, output};
use crate::Result;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Verifies RSA and ECDSA signatures with SHA-256 by `openssl dgst -sha256 -verify`.
#[derive(Debug, Clone)]
pub struct OpenSsl {
    directory: PathBuf,
}

impl OpenSsl {
    /// Looks for the command; `directory` takes temporary files.
    ///
    /// # Errors
    /// The reason to skip, where the command does not run.
    pub fn find(directory: &Path) -> core::result::Result<Self, String> {
        output(Command::new("openssl").arg("version"))
            .map(|_| Self {
                directory: directory.to_owned(),
            })
            .map_err(|_| "the openssl command does not run".to_owned())
    }
}

impl Oracle for OpenSsl {
    fn verify(&self, name: &str, leaf: &Path, message: &[u8], signature: &[u8]) -> Result<()> {
        let files = Files::write(&self.directory, name, message, signature)?;
        let public_key = output(
            Command::new("openssl")
                .args(["x509", "-noout", "-pubkey", "-in"])
                .arg(leaf),
        )?;
        fs::write(&files.public_key, public_key)?;
        output(
            Command::new("openssl")
                .args(["dgst", "-sha256", "-verify"])
                .arg(&files.public_key)
                .arg("-signature")
                .arg(&files.signature)
                .arg(&files.message),
        )?;
        Ok(())
    }
}
