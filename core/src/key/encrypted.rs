//! `EncryptedPrivateKeyInfo` (RFC 5958 §3): PKCS#8 under a passphrase.

mod refusal;

use super::password::Password;
use super::pbes2;
use super::work::Work;
use super::{malformed, refusal::passphrase_incorrect};
use crate::error::Result;
use crate::fields::{self, Algorithm, Fields};
use alloc::vec::Vec;
use der::asn1::ObjectIdentifier;
use zeroize::Zeroizing;

pub(super) use refusal::unsupported;

const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");

/// ```text
/// EncryptedPrivateKeyInfo ::= SEQUENCE {
///   encryptionAlgorithm AlgorithmIdentifier,
///   encryptedData       OCTET STRING }
/// ```
pub(super) struct EncryptedPrivateKeyInfo<'a> {
    algorithm: Algorithm<'a>,
    data: &'a [u8],
}

/// The PKCS#8 document inside.
pub(super) fn open(der: &[u8], passphrase: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let info = Fields::of(der)
        .and_then(EncryptedPrivateKeyInfo::read)
        .map_err(|_| malformed("the encrypted private key is not valid PKCS#8"))?;
    info.open(&Password::new(passphrase), &mut Work::default())?
        .ok_or_else(passphrase_incorrect)
}

impl<'a> EncryptedPrivateKeyInfo<'a> {
    pub(super) fn read(fields: Fields<'a>) -> fields::Result<Self> {
        fields.whole(|fields| {
            Ok(Self {
                algorithm: fields.algorithm()?,
                data: fields.octets()?,
            })
        })
    }

    /// As [`decrypt`].
    pub(super) fn open(
        &self,
        password: &Password<'_>,
        work: &mut Work,
    ) -> Result<Option<Zeroizing<Vec<u8>>>> {
        decrypt(&self.algorithm, self.data, password, work)
    }
}

/// Decrypts what is one DER `SEQUENCE`, by whichever scheme the identifier names; nothing where the
/// passphrase is wrong or the data damaged, which nobody can tell apart.
pub(super) fn decrypt(
    algorithm: &Algorithm<'_>,
    data: &[u8],
    password: &Password<'_>,
    work: &mut Work,
) -> Result<Option<Zeroizing<Vec<u8>>>> {
    if *algorithm.oid == PBES2 {
        return pbes2::decrypt(algorithm.parameters, data, password.bytes(), work);
    }
    #[cfg(feature = "pkcs12")]
    if let Some(scheme) = super::pkcs12::pbe::Scheme::of(algorithm.oid) {
        return scheme.decrypt(algorithm.parameters, data, password, work);
    }
    Err(unsupported(algorithm.oid))
}
