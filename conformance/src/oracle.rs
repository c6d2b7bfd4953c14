//! Other implementations that verify a signature over a message with a certificate's public key.

mod openssl;
mod python;

pub use openssl::OpenSsl;
pub use python::Python;

use crate::Result;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Something that verifies.
pub trait Oracle: core::fmt::Debug + Send + Sync {
    /// Verifies a signature over `message` by the key of the certificate in `leaf`, a PEM file;
    /// `name` tells temporary files apart.
    ///
    /// # Errors
    /// Where the signature does not hold.
    fn verify(&self, name: &str, leaf: &Path, message: &[u8], signature: &[u8]) -> Result<()>;
}

/// Message and signature as files, in a directory of their own.
struct Files {
    message: PathBuf,
    signature: PathBuf,
    public_key: PathBuf,
}

impl Files {
    fn write(directory: &Path, name: &str, message: &[u8], signature: &[u8]) -> Result<Self> {
        let directory = directory.join(name.replace("::", "-"));
        fs::create_dir_all(&directory)?;
        let files = Self {
            message: directory.join("message"),
            signature: directory.join("signature"),
            public_key: directory.join("public-key.pem"),
        };
        fs::write(&files.message, message)?;
        fs::write(&files.signature, signature)?;
        Ok(files)
    }
}

/// A command's standard output; its failure shows what it printed.
fn output(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = [output.stdout, output.stderr].concat();
    let program = command.get_program().to_string_lossy().into_owned();
    Err(format!(
        "{program}: {}: {}",
        output.status,
        String::from_utf8_lossy(&said)
    )
    .into())
}
