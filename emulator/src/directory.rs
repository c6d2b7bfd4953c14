//! A directory with everything in it: CA, leaf, configuration, and what clients need.
//!
//! | file | what it is |
//! |---|---|
//! | `root.pem`, `root-key.pem` | the CA that the trust anchor trusts |
//! | `chain.pem`, `issuer-key.pem` | the intermediates, leaf's issuer first, and that issuer's key; empty and absent below a root |
//! | `leaf.pem`, `leaf-key.pem` | the client's certificate and private key |
//! | `emulator.json` | the [`Config`] |
//! | `ca.pem`, `ca-key.pem` | the CA of the emulator's own TLS certificate, once it has served TLS |
//! | `aws-config` | for `AWS_CONFIG_FILE`: a default profile with a `credential_process` |
//! | `env.sh` | for a shell: the same and the options of `rolesanywhere` as variables |
//!
//! Private keys are written for their owner only, every file at once and whole, and nothing that is
//! there is replaced unless that is asked for.

mod client_files;
mod files;
mod init;
mod issue;
mod tls;

pub use init::{InitOptions, init};
pub use issue::{IssueOptions, issue};
pub use tls::tls_authority;

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

/// Makes `emulator.json`, `aws-config` and `env.sh` say that the emulator is at `url`, such as
/// `https://127.0.0.1:4711`. Everything else in them stays as it is.
///
/// # Errors
/// `file_not_found`, `file_unreadable`, `file_unwritable`, `option_invalid`.
pub fn set_url(directory: &Path, url: &str) -> Result<()> {
    let Some(old) = load(directory)?.listen else {
        return Ok(());
    };
    let address = url.split_once("://").map_or(url, |(_, address)| address);
    let [plain, encrypted] = ["http", "https"].map(|scheme| format!("{scheme}://{old}"));
    let in_client_files = [(plain.as_str(), url), (encrypted.as_str(), url)];
    let in_configuration = [(old.as_str(), address)];
    replace(&directory.join("aws-config"), &in_client_files)?;
    replace(&directory.join("env.sh"), &in_client_files)?;
    replace(&directory.join("emulator.json"), &in_configuration)
}

/// Replaces texts in a file, if it is there and has them.
fn replace(path: &Path, pairs: &[(&str, &str)]) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let text = files::read(path)?;
    let found = pairs
        .iter()
        .find(|(from, to)| from != to && text.contains(from));
    found.map_or(Ok(()), |(from, to)| {
        let text = text.replace(from, to);
        files::write(path, text.as_bytes(), files::Access::Everyone)
    })
}

/// Writes a URL and a line end to a file, whole or not at all, so that whoever waits for the file can
/// read it as soon as it is there.
///
/// # Errors
/// `file_unwritable`
pub fn write_url(path: &Path, url: &str) -> Result<()> {
    files::write(path, format!("{url}\n").as_bytes(), files::Access::Everyone)
}
