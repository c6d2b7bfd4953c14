//! SEC1 `ECPrivateKey` (RFC 5915).
//!
//! The crate `sec1` reads named curves only, and would not tell explicit parameters from damage.

use super::{Material, malformed};
use crate::error::Result;
use crate::fields::{self, Fields, content};
use crate::signing::{KeyAlgorithm, algorithm_identifier};
use alloc::vec::Vec;
use der::Tag;
use der::asn1::{AnyRef, BitStringRef};
use zeroize::Zeroizing;

/// ```text
/// ECPrivateKey ::= SEQUENCE {
///   version        INTEGER { ecPrivkeyVer1(1) },
///   privateKey     OCTET STRING,
///   parameters [0] ECParameters OPTIONAL,
///   publicKey  [1] BIT STRING OPTIONAL }
/// ```
struct EcPrivateKey<'a> {
    version: u64,
    private_key: &'a [u8],
    parameters: Option<AnyRef<'a>>,
    public_key: Option<BitStringRef<'a>>,
}

impl<'a> EcPrivateKey<'a> {
    fn read(der: &'a [u8]) -> fields::Result<Self> {
        Fields::of(der)?.whole(|fields| {
            Ok(Self {
                version: fields.number()?,
                private_key: fields.octets()?,
                parameters: fields.explicit(0)?,
                public_key: match fields.explicit(1)? {
                    Some(bits) => Some(fields::bits(content(bits, Tag::BitString)?)?),
                    None => None,
                },
            })
        })
    }
}

/// Reads a key whose curve stands in the key itself or, in PKCS#8, in the `expected` algorithm
/// around it; where both do, they must agree.
pub(super) fn read(der: &[u8], expected: Option<KeyAlgorithm>) -> Result<Material> {
    let key = EcPrivateKey::read(der).map_err(|_| damaged())?;
    if key.version != 1 {
        return Err(damaged());
    }
    let algorithm = match (expected, key.parameters) {
        (Some(expected), None) => expected,
        (expected, parameters) => {
            let named = algorithm_identifier::curve(parameters)?;
            if expected.is_some_and(|expected| expected != named) {
                return Err(malformed("the EC private key names two different curves"));
            }
            named
        }
    };
    let length = scalar_length(algorithm).ok_or_else(damaged)?;
    Ok(Material::Ec {
        algorithm,
        scalar: scalar(key.private_key, length)?,
        public_point: match key.public_key {
            Some(bits) => uncompressed(bits.as_bytes().ok_or_else(damaged)?, length)?,
            None => None,
        },
    })
}

const fn scalar_length(algorithm: KeyAlgorithm) -> Option<usize> {
    match algorithm {
        KeyAlgorithm::P256 => Some(32),
        KeyAlgorithm::P384 => Some(48),
        KeyAlgorithm::P521 => Some(66),
        _ => None,
    }
}

/// RFC 5915 fixes the length, but some writers drop leading zero octets or add one.
fn scalar(octets: &[u8], length: usize) -> Result<Zeroizing<Vec<u8>>> {
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    let significant = octets.get(zeros..).unwrap_or_default();
    let padding = length.checked_sub(significant.len());
    match padding {
        Some(padding) if !significant.is_empty() => {
            let mut scalar = Zeroizing::new(Vec::with_capacity(length));
            scalar.resize(padding, 0);
            scalar.extend_from_slice(significant);
            Ok(scalar)
        }
        _ => Err(malformed(
            "the EC private key is zero or too long for its curve",
        )),
    }
}

/// A compressed point is left out: the backend computes the point from the scalar anyway.
fn uncompressed(point: &[u8], length: usize) -> Result<Option<Vec<u8>>> {
    match point {
        [0x04, coordinates @ ..] if coordinates.len() == length.saturating_mul(2) => {
            Ok(Some(point.to_vec()))
        }
        [0x02 | 0x03, x @ ..] if x.len() == length => Ok(None),
        _ => Err(malformed(
            "the public point in the EC private key is malformed",
        )),
    }
}

fn damaged() -> crate::error::Error {
    malformed("the EC private key is not valid SEC1")
}

#[cfg(test)]
pub(super) mod tests {
    use crate::signing::{KeyAlgorithm, algorithm_identifier};
    use alloc::vec::Vec;
    use der::asn1::{AnyRef, OctetStringRef};
    use der::{Encode, Sequence};

    #[derive(Sequence)]
    struct EcPrivateKey<'a> {
        version: u8,
        private_key: &'a OctetStringRef,
        #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
        parameters: Option<AnyRef<'a>>,
    }

    /// A key with this scalar as it stands, and no public point.
    pub(in crate::key) fn encode(scalar: &[u8], curve: KeyAlgorithm) -> Vec<u8> {
        EcPrivateKey {
            version: 1,
            private_key: OctetStringRef::new(scalar).unwrap(),
            parameters: algorithm_identifier::identifier(curve).parameters,
        }
        .to_der()
        .unwrap()
    }
}
