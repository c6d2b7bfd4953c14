//! A directory with everything in it: CA, leaf, configuration, and what clients need.
//!
//! | file | what it is |
//! |---|---|
//! | `root.pem`, `root-key.pem` | the CA that the trust anchor trusts |
//! | `chain.pem`, `issuer-key.pem` | the intermediates, leaf's issuer first, and that issuer's key; empty and absent below a root |
//! | `leaf.pem`, `leaf-key.pem` | the client's certificate and private key |
//! | `emulator.json` | the [`Config`] |
//! | `aws-config` | for `AWS_CONFIG_FILE`: a default profile with a `credential_process` |
//! | `env.sh` | for a shell: the same and the options of `rolesanywhere` as variables |
//!
//! Private keys are written for their owner only, every file at once and whole, and nothing that is
//! there is replaced unless that is asked for.

mod client_files;
mod files;
mod init;
mod issue;

pub use init::{InitOptions, init};
pub use issue::{IssueOptions, issue};

use crate::config::Config;
use rolesanywhere_core::error::Result;
use std::path::Path;

/// Reads `emulator.json`.
///
/// # Errors
/// `file_not_found`, `file_unreadable`, `option_invalid`.
pub fn load(directory: &Path) -> Result<Config> {
    Config::from_json(&files::read(&directory.join("emulator.json"))?)
}

/// Makes `emulator.json`, `aws-config` and `env.sh` say that the emulator listens on `address`, such
/// as `127.0.0.1:4711`. Everything else in them stays as it is.
///
/// # Errors
/// `file_not_found`, `file_unreadable`, `file_unwritable`, `option_invalid`.
pub fn set_address(directory: &Path, address: &str) -> Result<()> {
    let Some(old) = load(directory)?.listen.filter(|old| old != address) else {
        return Ok(());
    };
    for name in ["aws-config", "env.sh", "emulator.json"] {
        let path = directory.join(name);
        if path.exists() {
            let text = files::read(&path)?.replace(&old, address);
            files::write(&path, text.as_bytes(), files::Access::Everyone)?;
        }
    }
    Ok(())
}

/// Writes a URL and a line end to a file, whole or not at all, so that whoever waits for the file can
/// read it as soon as it is there.
///
/// # Errors
/// `file_unwritable`
pub fn write_url(path: &Path, url: &str) -> Result<()> {
    files::write(path, format!("{url}\n").as_bytes(), files::Access::Everyone)
}
