use super::files::Access;
use super::files::read;
use super::init::place;
use crate::pki::{Authority, KeyType};
use rolesanywhere_core::error::Result;
use std::path::Path;

const CERTIFICATE: &str = "ca.pem";
const KEY: &str = "ca-key.pem";

/// The CA of the emulator's own TLS certificate: that of `ca.pem` and `ca-key.pem`, which are made when
/// one of them is missing. Clients trust `ca.pem`; it is none of the trust anchors.
///
/// # Errors
/// `file_unreadable`, `file_unwritable`, or what [`Authority::from_pem`] says.
pub fn tls_authority(directory: &Path) -> Result<Authority> {
    let [certificate, key] = [CERTIFICATE, KEY].map(|name| directory.join(name));
    if certificate.exists() && key.exists() {
        return Authority::from_pem(&read(&certificate)?, &read(&key)?, "");
    }
    let authority = Authority::generate(KeyType::P256)?;
    let files = [
        (CERTIFICATE, authority.certificate_pem(), Access::Everyone),
        (KEY, authority.private_key_pem()?, Access::OwnerOnly),
    ];
    place(directory, &files, true)?;
    Ok(authority)
}
