//! Public keys: algorithm and bytes, in one form whatever the certificate's encoding was.

use super::{KeyAlgorithm, algorithm_identifier};
use crate::error::{Error, ErrorCode, Result};
use crate::fields;
use alloc::{format, vec::Vec};
use der::Tag;

/// A public key, with its algorithm told.
///
/// Two keys are equal exactly when algorithm and [`key_bytes`](Self::key_bytes) are: the
/// `SubjectPublicKeyInfo` is always written anew, so that a certificate which leaves out RSA's NULL
/// parameters still matches its key.
///
/// ```
/// use rolesanywhere_core::{KeyAlgorithm, PublicKey};
///
/// let mut point = vec![0x04];
/// point.extend([0x11; 64]);
/// let public_key = PublicKey::new(KeyAlgorithm::P256, &point)?;
/// assert_eq!(PublicKey::from_spki_der(public_key.spki_der())?, public_key);
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    algorithm: KeyAlgorithm,
    spki_der: Vec<u8>,
    key_bytes: Vec<u8>,
    rsa_modulus_bits: Option<usize>,
}

impl PublicKey {
    /// Takes the content of a `subjectPublicKey`: `RSAPublicKey` DER (RFC 8017 A.1.1), an
    /// uncompressed EC point (RFC 5480 §2.2), or an ML-DSA public key (RFC 9881 §4).
    ///
    /// Checks form and length. Does not check that a point is on its curve, or that a modulus is a
    /// product of two primes: verifying a signature does what is needed of that.
    ///
    /// # Errors
    /// `certificate_malformed`; `key_too_small` for RSA under 1024 bits;
    /// `key_algorithm_unsupported` for RSA over 8192 bits and for compressed points.
    pub fn new(algorithm: KeyAlgorithm, key_bytes: &[u8]) -> Result<Self> {
        let rsa_modulus_bits = match algorithm {
            KeyAlgorithm::Rsa => Some(check_rsa(key_bytes)?),
            KeyAlgorithm::P256 => check_point(key_bytes, 32)?,
            KeyAlgorithm::P384 => check_point(key_bytes, 48)?,
            KeyAlgorithm::P521 => check_point(key_bytes, 66)?,
            KeyAlgorithm::MlDsa44 => check_length(key_bytes, 1312)?,
            KeyAlgorithm::MlDsa65 => check_length(key_bytes, 1952)?,
            KeyAlgorithm::MlDsa87 => check_length(key_bytes, 2592)?,
        };
        let spki_der = spki_der(algorithm, key_bytes).map_err(|_| malformed())?;
        Ok(Self {
            algorithm,
            spki_der,
            key_bytes: key_bytes.to_vec(),
            rsa_modulus_bits,
        })
    }

    /// Reads a DER `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7), with the checks of
    /// [`new`](Self::new).
    ///
    /// # Errors
    /// Those of [`new`](Self::new), and `key_algorithm_unsupported`, by name, for Ed25519, RSA-PSS,
    /// secp256k1, explicit curve parameters and whatever else the service does not take.
    pub fn from_spki_der(spki_der: &[u8]) -> Result<Self> {
        let (algorithm, bits) = fields::public_key(spki_der).map_err(|_| malformed())?;
        let algorithm = algorithm_identifier::key_algorithm(&algorithm)?;
        Self::new(algorithm, bits.as_bytes().ok_or_else(malformed)?)
    }

    /// The key's algorithm.
    #[must_use]
    pub const fn algorithm(&self) -> KeyAlgorithm {
        self.algorithm
    }

    /// The DER of the `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7), in its usual form: NULL
    /// parameters for RSA, a named curve for EC, none for ML-DSA.
    #[must_use]
    pub fn spki_der(&self) -> &[u8] {
        &self.spki_der
    }

    /// The content of `subjectPublicKey`: `RSAPublicKey` DER, an uncompressed EC point, or an
    /// ML-DSA public key.
    #[must_use]
    pub fn key_bytes(&self) -> &[u8] {
        &self.key_bytes
    }

    /// The length of an RSA modulus in bits; `None` for other algorithms.
    #[must_use]
    pub const fn rsa_modulus_bits(&self) -> Option<usize> {
        self.rsa_modulus_bits
    }
}

fn check_rsa(key_bytes: &[u8]) -> Result<usize> {
    let [modulus, exponent] = fields::two_integers(key_bytes).map_err(|_| malformed())?;
    let odd = |bytes: &[u8]| bytes.last().is_some_and(|last| last & 1 == 1);
    if !odd(modulus) || !odd(exponent) || bit_length(exponent) < 2 {
        return Err(malformed());
    }
    rsa_modulus_bits(modulus)
}

/// The length of a big-endian modulus, in bits, where it is one that is taken.
///
/// # Errors
/// `key_too_small` under 1024 bits, `key_algorithm_unsupported` over 8192.
pub(crate) fn rsa_modulus_bits(modulus: &[u8]) -> Result<usize> {
    let bits = bit_length(modulus);
    match bits {
        0..1024 => Err(Error::new(
            ErrorCode::KeyTooSmall,
            format!("the RSA key has {bits} bits, and under 1024 none is taken"),
        )),
        1024..=8192 => Ok(bits),
        _ => Err(Error::new(
            ErrorCode::KeyAlgorithmUnsupported,
            format!("the RSA key has {bits} bits, and over 8192 none is taken"),
        )),
    }
}

/// Of a big-endian integer without leading zero octets, as [`der::asn1::UintRef`] gives it.
fn bit_length(bytes: &[u8]) -> usize {
    match bytes
        .iter()
        .position(|byte| *byte != 0)
        .and_then(|start| bytes.get(start..))
    {
        Some([first, rest @ ..]) => {
            let first_bits = first.checked_ilog2().map_or(0, |log| log.saturating_add(1));
            rest.len()
                .saturating_mul(8)
                .saturating_add(usize::try_from(first_bits).unwrap_or(8))
        }
        _ => 0,
    }
}

fn check_point(key_bytes: &[u8], field_length: usize) -> Result<Option<usize>> {
    match key_bytes {
        [0x04, coordinates @ ..] => check_length(coordinates, field_length.saturating_mul(2)),
        // The service's documents are silent; Go, which the service's own helper is written in,
        // refuses such certificates.
        [0x02 | 0x03, x @ ..] if x.len() == field_length => Err(Error::new(
            ErrorCode::KeyAlgorithmUnsupported,
            "the EC public key is a compressed point",
        )
        .with_hint("issue the certificate with an uncompressed point, as `openssl req` does")),
        _ => Err(malformed()),
    }
}

fn check_length(key_bytes: &[u8], length: usize) -> Result<Option<usize>> {
    if key_bytes.len() == length {
        Ok(None)
    } else {
        Err(malformed())
    }
}

/// Whole octets: no bit of the last one is unused.
fn spki_der(algorithm: KeyAlgorithm, key_bytes: &[u8]) -> der::Result<Vec<u8>> {
    let mut bits = Vec::from([0]);
    bits.extend_from_slice(key_bytes);
    let mut content = algorithm_identifier::encoded(algorithm)?;
    content.extend(fields::encoded(Tag::BitString, &bits)?);
    fields::encoded(Tag::Sequence, &content)
}

fn malformed() -> Error {
    Error::new(
        ErrorCode::CertificateMalformed,
        "the certificate's public key is malformed",
    )
}

#[cfg(test)]
mod tests {
    use super::PublicKey;
    use crate::error::ErrorCode;
    use crate::signing::KeyAlgorithm;
    use alloc::{vec, vec::Vec};
    use der::Encode;
    use der::asn1::UintRef;

    fn rsa(bits: usize, last: u8, exponent: u8) -> Vec<u8> {
        let mut modulus = vec![0xa5; bits / 8];
        *modulus.last_mut().unwrap() = last;
        let modulus = UintRef::new(&modulus).unwrap();
        let public_exponent = UintRef::new(core::slice::from_ref(&exponent)).unwrap();
        pkcs1::RsaPublicKeyRef {
            modulus,
            public_exponent,
        }
        .to_der()
        .unwrap()
    }

    fn code(algorithm: KeyAlgorithm, key_bytes: &[u8]) -> ErrorCode {
        PublicKey::new(algorithm, key_bytes).unwrap_err().code()
    }

    #[test]
    fn rsa_sizes() {
        let key = PublicKey::new(KeyAlgorithm::Rsa, &rsa(2048, 1, 3)).unwrap();
        assert_eq!(key.rsa_modulus_bits(), Some(2048));
        assert!(PublicKey::new(KeyAlgorithm::Rsa, &rsa(1024, 1, 3)).is_ok());
        assert!(PublicKey::new(KeyAlgorithm::Rsa, &rsa(8192, 1, 3)).is_ok());
        assert_eq!(
            code(KeyAlgorithm::Rsa, &rsa(512, 1, 3)),
            ErrorCode::KeyTooSmall
        );
        assert_eq!(
            code(KeyAlgorithm::Rsa, &rsa(8200, 1, 3)),
            ErrorCode::KeyAlgorithmUnsupported
        );
    }

    #[test]
    fn rsa_numbers_are_odd() {
        assert_eq!(
            code(KeyAlgorithm::Rsa, &rsa(2048, 2, 3)),
            ErrorCode::CertificateMalformed
        );
        assert_eq!(
            code(KeyAlgorithm::Rsa, &rsa(2048, 1, 4)),
            ErrorCode::CertificateMalformed
        );
        assert_eq!(
            code(KeyAlgorithm::Rsa, &rsa(2048, 1, 1)),
            ErrorCode::CertificateMalformed
        );
    }

    #[test]
    fn points_are_uncompressed_and_of_the_curves_length() {
        let point = |first: u8, length: usize| {
            let mut point = vec![first];
            point.resize(length, 7);
            point
        };
        assert!(PublicKey::new(KeyAlgorithm::P384, &point(4, 97)).is_ok());
        assert_eq!(
            code(KeyAlgorithm::P384, &point(4, 65)),
            ErrorCode::CertificateMalformed
        );
        assert_eq!(
            code(KeyAlgorithm::P521, &point(4, 132)),
            ErrorCode::CertificateMalformed
        );
        assert_eq!(
            code(KeyAlgorithm::P256, &point(2, 33)),
            ErrorCode::KeyAlgorithmUnsupported
        );
        assert_eq!(
            code(KeyAlgorithm::P256, &point(6, 65)),
            ErrorCode::CertificateMalformed
        );
        assert_eq!(
            code(KeyAlgorithm::P256, &[]),
            ErrorCode::CertificateMalformed
        );
    }

    #[test]
    fn absent_rsa_parameters_make_no_difference() {
        let key = PublicKey::new(KeyAlgorithm::Rsa, &rsa(2048, 1, 3)).unwrap();
        let with_null = key.spki_der();
        assert_eq!(
            with_null[4..19],
            *b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00"
        );
        let mut without = with_null.to_vec();
        without.drain(17..19);
        without[5] -= 2;
        without[3] -= 2;
        assert_eq!(PublicKey::from_spki_der(&without).unwrap(), key);
    }

    #[test]
    fn garbage_is_refused() {
        for garbage in [
            &b""[..],
            b"\x30\x00",
            b"\x30\x80",
            b"-----BEGIN PUBLIC KEY-----",
        ] {
            let error = PublicKey::from_spki_der(garbage).unwrap_err();
            assert_eq!(error.code(), ErrorCode::CertificateMalformed, "{garbage:?}");
        }
    }
}
