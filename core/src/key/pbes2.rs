//! PBES2 (RFC 8018 §6.2): a key derived from a passphrase, and a cipher.
//!
//! The crate `pkcs5` knows fewer pseudo-random functions, and derives before anybody can bound it.

mod aes;
mod cipher;
mod derivation;

use super::malformed;
use super::work::Work;
use crate::error::Result;
use crate::fields::{self, Algorithm, Fields};
use alloc::{vec, vec::Vec};
use cipher::Cipher;
use der::asn1::AnyRef;
#[cfg(not(feature = "pkcs12"))]
use derivation::Derivation;
use zeroize::Zeroizing;

#[cfg(feature = "pkcs12")]
pub(super) use cipher::cbc;
#[cfg(feature = "pkcs12")]
pub(super) use derivation::Derivation;

/// ```text
/// PBES2-params ::= SEQUENCE {
///   keyDerivationFunc AlgorithmIdentifier,
///   encryptionScheme  AlgorithmIdentifier }
/// ```
struct Parameters<'a> {
    key_derivation: Algorithm<'a>,
    encryption: Algorithm<'a>,
}

impl<'a> Parameters<'a> {
    fn read(fields: Fields<'a>) -> fields::Result<Self> {
        fields.whole(|fields| {
            Ok(Self {
                key_derivation: fields.algorithm()?,
                encryption: fields.algorithm()?,
            })
        })
    }
}

/// Decrypts what is one DER `SEQUENCE`; nothing where the passphrase is wrong or the data damaged.
pub(super) fn decrypt(
    parameters: Option<AnyRef<'_>>,
    data: &[u8],
    passphrase: &[u8],
    work: &mut Work,
) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let parameters = parameters
        .and_then(|any| Fields::within(any).and_then(Parameters::read).ok())
        .ok_or_else(|| malformed("the parameters of the key's encryption are malformed"))?;
    let cipher = Cipher::read(&parameters.encryption)?;
    let derivation = Derivation::read(&parameters.key_derivation)?;
    let mut key = Zeroizing::new(vec![0; cipher.key_length()]);
    derivation.run(passphrase, work, &mut key)?;
    Ok(cipher.decrypt(&key, data))
}
