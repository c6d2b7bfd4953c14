//! The form of a signature: its length, and for ECDSA the way from r and s to ASN.1.

use super::{KeyAlgorithm, PublicKey, Signature};
use crate::error::{Error, ErrorCode, Result};
use crate::fields::{encoded_integers, two_integers};
use crate::sigv4::SignatureEncoding;
use alloc::{format, string::String};

/// Checks a signature's length and encoding for its key; raw ECDSA becomes DER.
///
/// Whether the signature holds, [`Backend::verify`](super::Backend::verify) tells.
///
/// # Errors
/// `signature_malformed`
pub fn encode_signature(
    public_key: &PublicKey,
    signature: &Signature,
    encoding: SignatureEncoding,
) -> Result<Signature> {
    let bytes = signature.as_bytes();
    match public_key.algorithm() {
        KeyAlgorithm::Rsa => {
            let bits = public_key.rsa_modulus_bits().unwrap_or_default();
            check_length(bytes, bits.div_ceil(8))
        }
        KeyAlgorithm::P256 => ecdsa(bytes, 32, encoding),
        KeyAlgorithm::P384 => ecdsa(bytes, 48, encoding),
        KeyAlgorithm::P521 => ecdsa(bytes, 66, encoding),
        KeyAlgorithm::MlDsa44 => check_length(bytes, 2420),
        KeyAlgorithm::MlDsa65 => check_length(bytes, 3309),
        KeyAlgorithm::MlDsa87 => check_length(bytes, 4627),
    }
}

fn check_length(bytes: &[u8], expected: usize) -> Result<Signature> {
    if bytes.len() == expected {
        return Ok(Signature::new(bytes.to_vec()));
    }
    let length = bytes.len();
    Err(malformed(format!(
        "the signature has {length} bytes where the key makes {expected}"
    )))
}

fn ecdsa(bytes: &[u8], field_length: usize, encoding: SignatureEncoding) -> Result<Signature> {
    match encoding {
        SignatureEncoding::Der => {
            let integers = two_integers(bytes)
                .map_err(|_| malformed("the ECDSA signature is not ASN.1 DER".into()))?;
            check_integers(integers, field_length)?;
            Ok(Signature::new(bytes.to_vec()))
        }
        SignatureEncoding::Raw => {
            let expected = field_length.saturating_mul(2);
            let (r, s) = bytes
                .split_at_checked(field_length)
                .filter(|_| bytes.len() == expected)
                .ok_or_else(|| {
                    let length = bytes.len();
                    let message =
                        format!("the raw ECDSA signature has {length} bytes and not {expected}");
                    malformed(message)
                })?;
            der_of(r, s)
        }
    }
}

/// r and s, each as long as the curve's order, as `Ecdsa-Sig-Value` (RFC 3279 §2.2.3).
pub(crate) fn der_of(r: &[u8], s: &[u8]) -> Result<Signature> {
    check_integers([r, s], r.len())?;
    let der = encoded_integers([r, s]).map_err(|_| out_of_range())?;
    Ok(Signature::new(der))
}

/// The way back: r and s one after the other, where the DER is one of a curve of this length.
#[cfg(feature = "rustcrypto")]
pub(crate) fn raw_of(der: &[u8], field_length: usize) -> Option<alloc::vec::Vec<u8>> {
    let mut raw = alloc::vec::Vec::new();
    for octets in two_integers(der).ok()? {
        let padding = field_length.checked_sub(octets.len())?;
        raw.resize(raw.len().saturating_add(padding), 0);
        raw.extend_from_slice(octets);
    }
    Some(raw)
}

/// Neither is zero nor longer than the curve's order.
fn check_integers(integers: [&[u8]; 2], field_length: usize) -> Result<()> {
    let fits =
        |octets: &&[u8]| octets.len() <= field_length && octets.iter().any(|&octet| octet != 0);
    if integers.iter().all(fits) {
        Ok(())
    } else {
        Err(out_of_range())
    }
}

fn out_of_range() -> Error {
    malformed("r or s of the ECDSA signature is zero or longer than the curve's order".into())
}

fn malformed(message: String) -> Error {
    Error::new(ErrorCode::SignatureMalformed, message)
}

#[cfg(test)]
mod tests {
    use super::encode_signature;
    use crate::error::ErrorCode;
    use crate::signing::{KeyAlgorithm, PublicKey, Signature};
    use crate::sigv4::SignatureEncoding::{Der, Raw};
    use alloc::vec;
    use alloc::vec::Vec;

    fn p256() -> PublicKey {
        let mut point = vec![0x04];
        point.extend([0x11; 64]);
        PublicKey::new(KeyAlgorithm::P256, &point).unwrap()
    }

    #[test]
    fn raw_becomes_der_with_sign_octets_and_without_leading_zeros() {
        let mut raw = vec![0; 64];
        raw[31] = 0x80;
        raw[63] = 0x01;
        let der = encode_signature(&p256(), &Signature::new(raw), Raw).unwrap();
        assert_eq!(der.to_hex(), "300702020080020101");
        assert_eq!(encode_signature(&p256(), &der, Der).unwrap(), der);
    }

    #[test]
    fn wrong_forms_are_refused() {
        let cases: [(Vec<u8>, _); 7] = [
            (vec![], Der),
            (vec![1; 64], Der),
            (vec![0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x01], Der),
            (vec![0x30, 0x06, 0x02, 0x01, 0xff, 0x02, 0x01, 0x01], Der),
            (
                vec![0x30, 0x07, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01, 0x00],
                Der,
            ),
            (vec![0; 64], Raw),
            (vec![1; 63], Raw),
        ];
        for (bytes, encoding) in cases {
            let error = encode_signature(&p256(), &Signature::new(bytes), encoding).unwrap_err();
            assert_eq!(error.code(), ErrorCode::SignatureMalformed);
        }
    }
}
