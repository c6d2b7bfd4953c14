//! PKCS#8 `OneAsymmetricKey` (RFC 5958), unencrypted: what the algorithm is, then its own format.

use super::{Material, malformed, ml_dsa, pkcs1, sec1};
use crate::error::Result;
use crate::signing::{KeyAlgorithm, algorithm_identifier};
use der::Decode;
use pkcs8::PrivateKeyInfoRef;

/// Reads version 1 and version 2, with or without attributes.
///
/// A public key of version 2 is not used: the backend computes its own, and RFC 9881 and RFC 5915
/// have other places for it.
pub(super) fn read(der: &[u8]) -> Result<Material> {
    let info = PrivateKeyInfoRef::from_der(der)
        .map_err(|_| malformed("the private key is not valid PKCS#8"))?;
    let key = info.private_key.as_bytes();
    match algorithm_identifier::key_algorithm(&info.algorithm)? {
        KeyAlgorithm::Rsa => pkcs1::read(key),
        curve @ (KeyAlgorithm::P256 | KeyAlgorithm::P384 | KeyAlgorithm::P521) => {
            sec1::read(key, Some(curve))
        }
        set @ (KeyAlgorithm::MlDsa44 | KeyAlgorithm::MlDsa65 | KeyAlgorithm::MlDsa87) => {
            ml_dsa::read(set, key)
        }
    }
}
