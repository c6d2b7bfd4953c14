//! ML-DSA private keys in the three forms of RFC 9881 §6.
//!
//! ```text
//! ML-DSA-PrivateKey ::= CHOICE {
//!   seed [0] OCTET STRING (SIZE (32)),
//!   expandedKey OCTET STRING,
//!   both SEQUENCE { seed OCTET STRING (SIZE (32)), expandedKey OCTET STRING } }
//! ```

use super::{Material, malformed};
use crate::error::{Error, Result};
use crate::fields::{self, Fields};
use crate::signing::KeyAlgorithm;
use alloc::vec::Vec;
use der::asn1::AnyRef;
use der::{Tag, TagNumber, Tagged};
use zeroize::Zeroizing;

const SEED_LENGTH: usize = 32;
const SEED_TAG: Tag = Tag::ContextSpecific {
    constructed: false,
    number: TagNumber(0),
};

/// Reads any of the three forms; lengths are checked, agreement of seed and expanded key is not.
pub(super) fn read(algorithm: KeyAlgorithm, der: &[u8]) -> Result<Material> {
    let choice = fields::value(der).map_err(|_| damaged())?;
    let (seed, expanded) = match choice.tag() {
        SEED_TAG => (Some(choice.value()), None),
        Tag::OctetString => (None, Some(choice.value())),
        Tag::Sequence => {
            let (seed, expanded) = both(choice).map_err(|_| damaged())?;
            (Some(seed), Some(expanded))
        }
        _ => return Err(damaged()),
    };
    let expanded_length = expanded_length(algorithm).ok_or_else(damaged)?;
    Ok(Material::MlDsa {
        algorithm,
        seed: of_length(seed, SEED_LENGTH)?,
        expanded: of_length(expanded, expanded_length)?,
    })
}

fn both(choice: AnyRef<'_>) -> fields::Result<(&[u8], &[u8])> {
    Fields::within(choice)?.whole(|fields| Ok((fields.octets()?, fields.octets()?)))
}

/// FIPS 204, table 2.
const fn expanded_length(algorithm: KeyAlgorithm) -> Option<usize> {
    match algorithm {
        KeyAlgorithm::MlDsa44 => Some(2560),
        KeyAlgorithm::MlDsa65 => Some(4032),
        KeyAlgorithm::MlDsa87 => Some(4896),
        _ => None,
    }
}

fn of_length(octets: Option<&[u8]>, length: usize) -> Result<Option<Zeroizing<Vec<u8>>>> {
    match octets {
        Some(octets) if octets.len() != length => Err(damaged()),
        octets => Ok(octets.map(|octets| Zeroizing::new(octets.to_vec()))),
    }
}

fn damaged() -> Error {
    malformed("the ML-DSA private key is in none of the forms of RFC 9881")
}
