//! PKCS#8 `OneAsymmetricKey` (RFC 5958), unencrypted: what the algorithm is, then its own format.

use super::{Material, malformed, ml_dsa, pkcs1, sec1};
use crate::error::Result;
use crate::fields::{self, Algorithm, Fields, Malformed};
use crate::signing::{KeyAlgorithm, algorithm_identifier};
use der::{Tag, Tagged};

/// ```text
/// OneAsymmetricKey ::= SEQUENCE {
///   version             INTEGER { v1(0), v2(1) },
///   privateKeyAlgorithm AlgorithmIdentifier,
///   privateKey          OCTET STRING,
///   attributes [0]      Attributes OPTIONAL,
///   publicKey [1]       BIT STRING OPTIONAL, -- in version 2
///   ... }
/// ```
struct OneAsymmetricKey<'a> {
    algorithm: Algorithm<'a>,
    private_key: &'a [u8],
}

impl<'a> OneAsymmetricKey<'a> {
    fn read(der: &'a [u8]) -> fields::Result<Self> {
        let mut fields = Fields::of(der)?;
        let version = fields.number()?;
        let key = Self {
            algorithm: fields.algorithm()?,
            private_key: fields.octets()?,
        };
        fields.tagged(0, true)?;
        let public_key = fields.tagged(1, false)?;
        if let Some(bits) = public_key {
            fields::bits(bits.value())?;
        }
        if version != u64::from(public_key.is_some()) {
            return Err(Malformed::Other);
        }
        while !fields.is_finished() {
            if !matches!(fields.any()?.tag(), Tag::ContextSpecific { .. }) {
                return Err(Malformed::Other);
            }
        }
        Ok(key)
    }
}

/// Reads version 1 and version 2, with or without attributes.
///
/// A public key of version 2 is not used: the backend computes its own, and RFC 9881 and RFC 5915
/// have other places for it.
pub(super) fn read(der: &[u8]) -> Result<Material> {
    let info = OneAsymmetricKey::read(der)
        .map_err(|_| malformed("the private key is not valid PKCS#8"))?;
    let key = info.private_key;
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
