//! PKCS#1 `RSAPrivateKey` (RFC 8017 A.1.2).

use super::{Material, malformed};
use crate::error::{Error, ErrorCode, Result};
use crate::fields::{self, Fields, Malformed};
use crate::signing::rsa_modulus_bits;
use zeroize::Zeroizing;

/// ```text
/// RSAPrivateKey ::= SEQUENCE {
///   version         INTEGER { two-prime(0), multi(1) },
///   modulus         INTEGER,
///   publicExponent  INTEGER,
///   privateExponent INTEGER,
///   prime1          INTEGER,
///   prime2          INTEGER,
///   exponent1       INTEGER,
///   exponent2       INTEGER,
///   coefficient     INTEGER,
///   otherPrimeInfos OtherPrimeInfos OPTIONAL }
/// ```
///
/// Its numbers as octets, without leading zeros.
#[cfg_attr(
    not(feature = "rustcrypto-rsa"),
    expect(dead_code, reason = "others read the DER themselves")
)]
pub(crate) struct RsaPrivateKey<'a> {
    pub(crate) modulus: &'a [u8],
    pub(crate) public_exponent: &'a [u8],
    pub(crate) private_exponent: &'a [u8],
    pub(crate) primes: [&'a [u8]; 2],
    has_other_primes: bool,
}

impl<'a> RsaPrivateKey<'a> {
    /// The parameters for the Chinese remainder theorem are passed over.
    pub(crate) fn read(der: &'a [u8]) -> fields::Result<Self> {
        let mut fields = Fields::of(der)?;
        let version = fields.number()?;
        let mut key = Self {
            modulus: fields.integer()?,
            public_exponent: fields.integer()?,
            private_exponent: fields.integer()?,
            primes: [fields.integer()?, fields.integer()?],
            has_other_primes: false,
        };
        for _ in 0..3 {
            fields.integer()?;
        }
        key.has_other_primes = !fields.is_finished();
        if version != u64::from(key.has_other_primes) {
            return Err(Malformed::Other);
        }
        if key.has_other_primes {
            other_primes(fields.fields()?)?;
        }
        fields.finish()?;
        Ok(key)
    }
}

/// `OtherPrimeInfos ::= SEQUENCE SIZE(1..MAX) OF SEQUENCE { prime, exponent, coefficient INTEGER }`
fn other_primes(mut infos: Fields<'_>) -> fields::Result<()> {
    loop {
        infos.fields()?.whole(|info| {
            info.integer()?;
            info.integer()?;
            info.integer()
        })?;
        if infos.is_finished() {
            return Ok(());
        }
    }
}

/// Checks the form, the modulus's size and that there are two primes.
pub(super) fn read(der: &[u8]) -> Result<Material> {
    let key = RsaPrivateKey::read(der)
        .map_err(|_| malformed("the RSA private key is not valid PKCS#1"))?;
    if key.has_other_primes {
        return Err(Error::new(
            ErrorCode::KeyAlgorithmUnsupported,
            "the RSA key has more than two primes",
        )
        .with_hint(super::refusal::NEW_RSA_KEY));
    }
    rsa_modulus_bits(key.modulus)?;
    Ok(Material::Rsa {
        pkcs1_der: Zeroizing::new(der.to_vec()),
    })
}
