//! PKCS#8 around bare ML-DSA keys, for vectors that give nothing else.

use crate::Result;
use rolesanywhere_core::{Backend, KeyAlgorithm, PrivateKey, SigningKey};

/// Loads a key file into a backend.
///
/// # Errors
/// The core's own.
pub fn load(
    backend: &dyn Backend,
    file: &[u8],
) -> rolesanywhere_core::error::Result<Box<dyn SigningKey>> {
    backend.signing_key(PrivateKey::from_pem(file, None)?)
}

/// `PrivateKeyInfo` with the `seed` choice of RFC 9881 §6.
///
/// # Errors
/// For other algorithms.
pub fn ml_dsa_seed(algorithm: KeyAlgorithm, seed: &[u8]) -> Result<Vec<u8>> {
    pkcs8(algorithm, &tagged(0x80, seed)?)
}

/// `PrivateKeyInfo` with the `expandedKey` choice of RFC 9881 §6.
///
/// # Errors
/// For other algorithms.
pub fn ml_dsa_expanded(algorithm: KeyAlgorithm, expanded: &[u8]) -> Result<Vec<u8>> {
    pkcs8(algorithm, &tagged(0x04, expanded)?)
}

fn pkcs8(algorithm: KeyAlgorithm, private_key: &[u8]) -> Result<Vec<u8>> {
    // The last arc of 2.16.840.1.101.3.4.3.17, .18 and .19.
    let arc = match algorithm {
        KeyAlgorithm::MlDsa44 => 17,
        KeyAlgorithm::MlDsa65 => 18,
        KeyAlgorithm::MlDsa87 => 19,
        other => return Err(format!("{} is not ML-DSA", other.as_str()).into()),
    };
    let oid = [
        0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, arc,
    ];
    let version = [0x02, 0x01, 0x00];
    let parts = [
        version.to_vec(),
        tagged(0x30, &oid)?,
        tagged(0x04, private_key)?,
    ];
    tagged(0x30, &parts.concat())
}

/// Tag, length, content, as DER has them.
fn tagged(tag: u8, content: &[u8]) -> Result<Vec<u8>> {
    let length = u16::try_from(content.len())?;
    let mut der = vec![tag];
    match (length.to_be_bytes(), length) {
        ([_, low], 0..128) => der.push(low),
        ([_, low], 128..256) => der.extend([0x81, low]),
        ([high, low], _) => der.extend([0x82, high, low]),
    }
    der.extend(content);
    Ok(der)
}
