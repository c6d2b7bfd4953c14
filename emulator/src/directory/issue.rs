use super::files::{self, Access};
use super::init::place;
use crate::config::Crl;
use crate::pki::{Authority, KeyType, LeafOptions, Serial};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::path::{Path, PathBuf};

/// Another leaf for a directory that `init` made.
#[derive(Debug, Clone)]
pub struct IssueOptions {
    name: String,
    leaf: LeafOptions,
    other_ca: bool,
    revoked: bool,
    force: bool,
}

impl IssueOptions {
    /// A leaf in `NAME.pem` and `NAME-key.pem`.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            leaf: LeafOptions::new(),
            other_ca: false,
            revoked: false,
            force: false,
        }
    }

    /// What the leaf is to be like.
    #[must_use]
    pub fn leaf(mut self, leaf: LeafOptions) -> Self {
        self.leaf = leaf;
        self
    }

    /// Wrong: issued by a CA that nobody trusts and nobody keeps.
    #[must_use]
    pub fn other_ca(mut self, other_ca: bool) -> Self {
        self.other_ca = other_ca;
        self
    }

    /// Wrong: revoked, by a list that is added to the first trust anchor in `emulator.json`. A running
    /// emulator sees it at once.
    #[must_use]
    pub fn revoked(mut self, revoked: bool) -> Self {
        self.revoked = revoked;
        self
    }

    /// Replaces what is there.
    #[must_use]
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }
}

/// Issues the leaf with the directory's CA, and says which files it wrote.
///
/// A leaf for a given public key has no key file.
///
/// # Errors
/// `file_not_found` where `init` has not been, `file_unwritable` when a file is there already or
/// cannot be written, `option_invalid` when no certificate can be written with these options.
pub fn issue(directory: &Path, options: &IssueOptions) -> Result<Vec<PathBuf>> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if options.name.is_empty() || options.name.starts_with('.') || !options.name.chars().all(plain)
    {
        return Err(
            Error::new(ErrorCode::OptionInvalid, "the name is not one for a file")
                .with_hint("use letters, digits, `-`, `_` and `.`"),
        );
    }
    let authority = authority(directory, options)?;
    let leaf = authority.issue(&options.leaf)?;
    let (certificate, key) = (
        format!("{}.pem", options.name),
        format!("{}-key.pem", options.name),
    );
    let mut files = vec![(
        certificate.as_str(),
        leaf.certificate_pem(),
        Access::Everyone,
    )];
    let key_pem = leaf.private_key_pem()?;
    if !key_pem.is_empty() {
        files.push((key.as_str(), key_pem, Access::OwnerOnly));
    }
    place(directory, &files, options.force)?;
    if options.revoked {
        revoke(directory, &authority, leaf.serial())?;
    }
    Ok(files
        .iter()
        .map(|(name, ..)| directory.join(name))
        .collect())
}

/// Adds a revocation list to the first trust anchor.
fn revoke(directory: &Path, authority: &Authority, serial: &Serial) -> Result<()> {
    let mut config = super::load(directory)?;
    if let Some(anchor) = config.trust_anchors.first_mut() {
        anchor.crls.push(Crl::new(&authority.revoke(&[serial])?));
    }
    let json = config.to_json()?;
    files::write(
        &directory.join("emulator.json"),
        json.as_bytes(),
        Access::Everyone,
    )
}

fn authority(directory: &Path, options: &IssueOptions) -> Result<Authority> {
    if options.other_ca {
        return Authority::generate(KeyType::P256);
    }
    let read = |name: &str| files::read(&directory.join(name));
    let chain = read("chain.pem")?;
    let (certificate, key) = if chain.is_empty() {
        (read("root.pem")?, read("root-key.pem")?)
    } else {
        (first_block(&chain), read("issuer-key.pem")?)
    };
    Authority::from_pem(&certificate, &key, &chain)
}

/// The issuing CA's own certificate stands first in the chain.
fn first_block(chain: &str) -> String {
    const END: &str = "-----END CERTIFICATE-----";
    chain
        .split_once(END)
        .map(|(block, _)| format!("{block}{END}\n"))
        .unwrap_or_default()
}
