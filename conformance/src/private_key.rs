//! PKCS#8 around bare keys, for vectors that give nothing else and for keys made from seeds.

use crate::Result;
use crate::der::{bit_string, oid, sequence, tagged};
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
    Ok(pkcs8(&[ml_dsa_oid(algorithm)?], &tagged(0x80, seed)))
}

/// `PrivateKeyInfo` with the `expandedKey` choice of RFC 9881 §6.
///
/// # Errors
/// For other algorithms.
pub fn ml_dsa_expanded(algorithm: KeyAlgorithm, expanded: &[u8]) -> Result<Vec<u8>> {
    Ok(pkcs8(&[ml_dsa_oid(algorithm)?], &tagged(0x04, expanded)))
}

/// `PrivateKeyInfo` around [`sec1`] without its parameters.
///
/// # Errors
/// For other algorithms.
pub fn ec(algorithm: KeyAlgorithm, scalar: &[u8], point: Option<&[u8]>) -> Result<Vec<u8>> {
    let curve = curve_oid(algorithm)?;
    let parameters = [oid(&[1, 2, 840, 10045, 2, 1]), curve];
    Ok(pkcs8(&parameters, &sec1_parts(scalar, None, point)))
}

/// `ECPrivateKey` of RFC 5915, with the curve's name.
///
/// # Errors
/// For other algorithms.
pub fn sec1(algorithm: KeyAlgorithm, scalar: &[u8], point: Option<&[u8]>) -> Result<Vec<u8>> {
    Ok(sec1_parts(scalar, Some(curve_oid(algorithm)?), point))
}

/// The name of a curve.
///
/// # Errors
/// For other algorithms.
pub fn curve_oid(algorithm: KeyAlgorithm) -> Result<Vec<u8>> {
    match algorithm {
        KeyAlgorithm::P256 => Ok(oid(&[1, 2, 840, 10045, 3, 1, 7])),
        KeyAlgorithm::P384 => Ok(oid(&[1, 3, 132, 0, 34])),
        KeyAlgorithm::P521 => Ok(oid(&[1, 3, 132, 0, 35])),
        other => Err(format!("{} is not on a curve", other.as_str()).into()),
    }
}

/// The name of an ML-DSA parameter set.
///
/// # Errors
/// For other algorithms.
pub fn ml_dsa_oid(algorithm: KeyAlgorithm) -> Result<Vec<u8>> {
    let arc = match algorithm {
        KeyAlgorithm::MlDsa44 => 17,
        KeyAlgorithm::MlDsa65 => 18,
        KeyAlgorithm::MlDsa87 => 19,
        other => return Err(format!("{} is not ML-DSA", other.as_str()).into()),
    };
    Ok(oid(&[2, 16, 840, 1, 101, 3, 4, 3, arc]))
}

fn sec1_parts(scalar: &[u8], curve: Option<Vec<u8>>, point: Option<&[u8]>) -> Vec<u8> {
    let mut parts = vec![tagged(0x02, &[1]), tagged(0x04, scalar)];
    parts.extend(curve.map(|curve| tagged(0xa0, &curve)));
    parts.extend(point.map(|point| tagged(0xa1, &bit_string(point))));
    sequence(&parts)
}

fn pkcs8(algorithm: &[Vec<u8>], private_key: &[u8]) -> Vec<u8> {
    let version = tagged(0x02, &[0]);
    sequence(&[version, sequence(algorithm), tagged(0x04, private_key)])
}
