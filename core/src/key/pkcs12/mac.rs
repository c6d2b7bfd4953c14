//! The MAC of a PKCS#12 file: RFC 7292's own, and PBMAC1 (RFC 9579).

use super::damaged;
use crate::error::Result;
use crate::fields::{self, Algorithm, Fields};
use crate::key::encrypted::unsupported;
use crate::key::hash::{Hash, Purpose};
use crate::key::password::Password;
use crate::key::pbes2::Derivation;
use crate::key::work::Work;
use alloc::vec;
use der::asn1::{AnyRef, ObjectIdentifier};
use zeroize::Zeroizing;

const PBMAC1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.14");
/// RFC 9579 §5 wants 20 octets or more; none of the hash functions gives more than 64.
const KEY_LENGTHS: core::ops::RangeInclusive<usize> = 20..=64;

/// ```text
/// MacData ::= SEQUENCE {
///   mac        DigestInfo,
///   macSalt    OCTET STRING,
///   iterations INTEGER DEFAULT 1 }
/// ```
pub(super) struct MacData<'a> {
    mac: DigestInfo<'a>,
    salt: &'a [u8],
    iterations: Option<u64>,
}

/// RFC 8017 A.2.4.
struct DigestInfo<'a> {
    algorithm: Algorithm<'a>,
    digest: &'a [u8],
}

/// ```text
/// PBMAC1-params ::= SEQUENCE {
///   keyDerivationFunc AlgorithmIdentifier,
///   messageAuthScheme AlgorithmIdentifier }
/// ```
struct Pbmac1<'a> {
    key_derivation: Algorithm<'a>,
    authentication: Algorithm<'a>,
}

impl<'a> DigestInfo<'a> {
    fn read(fields: Fields<'a>) -> fields::Result<Self> {
        fields.whole(|fields| {
            Ok(Self {
                algorithm: fields.algorithm()?,
                digest: fields.octets()?,
            })
        })
    }
}

impl<'a> Pbmac1<'a> {
    fn read(fields: Fields<'a>) -> fields::Result<Self> {
        fields.whole(|fields| {
            Ok(Self {
                key_derivation: fields.algorithm()?,
                authentication: fields.algorithm()?,
            })
        })
    }
}

impl<'a> MacData<'a> {
    pub(super) fn read(fields: Fields<'a>) -> fields::Result<Self> {
        fields.whole(|fields| {
            Ok(Self {
                mac: DigestInfo::read(fields.fields()?)?,
                salt: fields.octets()?,
                iterations: fields.optional_number()?,
            })
        })
    }

    /// Whether it is the MAC of the content under this password.
    pub(super) fn verifies(
        &self,
        password: &Password<'_>,
        content: &[u8],
        work: &mut Work,
    ) -> Result<bool> {
        let algorithm = &self.mac.algorithm;
        let digest = self.mac.digest;
        if *algorithm.oid == PBMAC1 {
            let parameters = algorithm.parameters.ok_or_else(damaged)?;
            return pbmac1(parameters, digest, password, content, work);
        }
        let hash = Hash::of_digest(algorithm.oid).ok_or_else(|| unsupported(algorithm.oid))?;
        let iterations = work.iterations(self.iterations.unwrap_or(1))?;
        let mut key = Zeroizing::new(vec![0; digest.len().min(*KEY_LENGTHS.end())]);
        hash.pkcs12(
            Purpose::Mac,
            password.bmp(),
            self.salt,
            iterations,
            &mut key,
        );
        Ok(hash.hmac_is(&key, content, digest))
    }
}

fn pbmac1(
    parameters: AnyRef<'_>,
    digest: &[u8],
    password: &Password<'_>,
    content: &[u8],
    work: &mut Work,
) -> Result<bool> {
    let parameters = Fields::within(parameters).and_then(Pbmac1::read);
    let parameters = parameters.map_err(|_| damaged())?;
    let scheme = parameters.authentication.oid;
    let hash = Hash::of_hmac(scheme).ok_or_else(|| unsupported(scheme))?;
    let derivation = Derivation::read(&parameters.key_derivation)?;
    let length = derivation
        .key_length()
        .and_then(|length| usize::try_from(length).ok())
        .filter(|length| KEY_LENGTHS.contains(length))
        .ok_or_else(damaged)?;
    let mut key = Zeroizing::new(vec![0; length]);
    derivation.run(password.bytes(), work, &mut key)?;
    Ok(hash.hmac_is(&key, content, digest))
}
