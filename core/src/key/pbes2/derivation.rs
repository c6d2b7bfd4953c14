//! PBKDF2 (RFC 8018 A.2) and scrypt (RFC 7914 §7), from their parameters.

use crate::error::{Error, Result};
use crate::fields::{self, Algorithm, Fields, Malformed};
use crate::key::encrypted::unsupported;
use crate::key::hash::Hash;
use crate::key::malformed;
use crate::key::work::Work;
use der::Tag;
use der::asn1::ObjectIdentifier;

const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");
const SCRYPT: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.11591.4.11");

/// How a key is made from a passphrase.
pub(in crate::key) enum Derivation<'a> {
    Pbkdf2(Pbkdf2<'a>, Hash),
    Scrypt(Scrypt<'a>, u8),
}

/// ```text
/// PBKDF2-params ::= SEQUENCE {
///   salt CHOICE { specified OCTET STRING, otherSource AlgorithmIdentifier },
///   iterationCount INTEGER (1..MAX),
///   keyLength INTEGER (1..MAX) OPTIONAL,
///   prf AlgorithmIdentifier DEFAULT algid-hmacWithSHA1 }
/// ```
pub(in crate::key) struct Pbkdf2<'a> {
    salt: &'a [u8],
    iterations: u64,
    key_length: Option<u64>,
    prf: Option<Algorithm<'a>>,
}

/// ```text
/// scrypt-params ::= SEQUENCE {
///   salt OCTET STRING,
///   costParameter INTEGER (1..MAX),
///   blockSize INTEGER (1..MAX),
///   parallelizationParameter INTEGER (1..MAX),
///   keyLength INTEGER (1..MAX) OPTIONAL }
/// ```
pub(in crate::key) struct Scrypt<'a> {
    salt: &'a [u8],
    n: u64,
    r: u32,
    p: u32,
    key_length: Option<u64>,
}

impl<'a> Pbkdf2<'a> {
    fn read(fields: Fields<'a>) -> fields::Result<Self> {
        fields.whole(|fields| {
            Ok(Self {
                salt: fields.octets()?,
                iterations: fields.number()?,
                key_length: fields.optional_number()?,
                prf: match fields.optional(Tag::Sequence)? {
                    Some(prf) => Some(fields::algorithm(prf)?),
                    None => None,
                },
            })
        })
    }
}

impl<'a> Scrypt<'a> {
    fn read(mut fields: Fields<'a>) -> fields::Result<Self> {
        let small = |number: u64| u32::try_from(number).map_err(|_| Malformed::Other);
        let parameters = Self {
            salt: fields.octets()?,
            n: fields.number()?,
            r: small(fields.number()?)?,
            p: small(fields.number()?)?,
            key_length: fields.optional_number()?,
        };
        fields.finish()?;
        Ok(parameters)
    }
}

impl<'a> Derivation<'a> {
    /// Checks the form; the work only when it is about to be done.
    pub(in crate::key) fn read(algorithm: &Algorithm<'a>) -> Result<Self> {
        let parameters = algorithm.parameters.ok_or_else(damaged)?;
        if *algorithm.oid == PBKDF2 {
            let parameters = Fields::within(parameters).and_then(Pbkdf2::read);
            let parameters = parameters.map_err(|_| damaged())?;
            let hash = match &parameters.prf {
                None => Hash::Sha1,
                Some(prf) => Hash::of_hmac(prf.oid).ok_or_else(|| unsupported(prf.oid))?,
            };
            return Ok(Self::Pbkdf2(parameters, hash));
        }
        if *algorithm.oid != SCRYPT {
            return Err(unsupported(algorithm.oid));
        }
        let parameters = Fields::within(parameters).and_then(Scrypt::read);
        let parameters = parameters.map_err(|_| damaged())?;
        let power_of_two = parameters.n > 1 && parameters.n.is_power_of_two();
        let log_n = u8::try_from(parameters.n.trailing_zeros()).ok();
        let log_n = log_n.filter(|_| power_of_two).ok_or_else(damaged)?;
        Ok(Self::Scrypt(parameters, log_n))
    }

    /// The length that the file gives for the key, in bytes.
    pub(in crate::key) const fn key_length(&self) -> Option<u64> {
        match self {
            Self::Pbkdf2(Pbkdf2 { key_length, .. }, _)
            | Self::Scrypt(Scrypt { key_length, .. }, _) => *key_length,
        }
    }

    /// Fills `key`, whose length must be the one that the file gives, if it gives one.
    pub(in crate::key) fn run(
        &self,
        passphrase: &[u8],
        work: &mut Work,
        key: &mut [u8],
    ) -> Result<()> {
        let length = u64::try_from(key.len()).ok();
        if self.key_length().is_some() && self.key_length() != length {
            return Err(damaged());
        }
        match self {
            Self::Pbkdf2(Pbkdf2 { iterations: 0, .. }, _) => Err(damaged()),
            Self::Pbkdf2(parameters, hash) => {
                let iterations = work.iterations(parameters.iterations)?;
                hash.pbkdf2(passphrase, parameters.salt, iterations, key);
                Ok(())
            }
            Self::Scrypt(parameters, log_n) => {
                let log_n = work.scrypt(*log_n, parameters.r, parameters.p)?;
                scrypt::Params::new(log_n, parameters.r, parameters.p)
                    .ok()
                    .and_then(|cost| scrypt::scrypt(passphrase, parameters.salt, &cost, key).ok())
                    .ok_or_else(damaged)
            }
        }
    }
}

fn damaged() -> Error {
    malformed("the parameters of the key's derivation are malformed")
}
