//! PKCS#1 `RSAPrivateKey` (RFC 8017 A.1.2).

use super::{Material, malformed};
use crate::error::{Error, ErrorCode, Result};
use crate::signing::rsa_modulus_bits;
use der::Decode;
use pkcs1::RsaPrivateKeyRef;
use zeroize::Zeroizing;

/// Checks the form, the modulus's size and that there are two primes.
pub(super) fn read(der: &[u8]) -> Result<Material> {
    let key = RsaPrivateKeyRef::from_der(der)
        .map_err(|_| malformed("the RSA private key is not valid PKCS#1"))?;
    if key.other_prime_infos.is_some() {
        return Err(Error::new(
            ErrorCode::KeyAlgorithmUnsupported,
            "the RSA key has more than two primes",
        )
        .with_hint(super::refusal::NEW_RSA_KEY));
    }
    rsa_modulus_bits(key.modulus.as_bytes())?;
    Ok(Material::Rsa {
        pkcs1_der: Zeroizing::new(der.to_vec()),
    })
}
