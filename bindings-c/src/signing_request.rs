//! `rolesanywhere_signing_request`: what somebody has to sign.

use crate::handle::ask;
use crate::slice::{Bytes, OwnedText, Text};
use rolesanywhere::core::signing::SignatureScheme;
use rolesanywhere::core::sigv4::SigningRequest;

/// RSASSA-PKCS1-v1_5 with SHA-256.
pub const ROLESANYWHERE_SCHEME_RSA_PKCS1_SHA256: u32 = 1;
/// ECDSA with SHA-256 on the key's own curve.
pub const ROLESANYWHERE_SCHEME_ECDSA_SHA256: u32 = 2;
/// ML-DSA-44 with an empty context.
pub const ROLESANYWHERE_SCHEME_ML_DSA_44: u32 = 3;
/// ML-DSA-65 with an empty context.
pub const ROLESANYWHERE_SCHEME_ML_DSA_65: u32 = 4;
/// ML-DSA-87 with an empty context.
pub const ROLESANYWHERE_SCHEME_ML_DSA_87: u32 = 5;

/// What somebody has to sign. Always borrowed: from a pending signature, from an attempt, or within a
/// signer's callback until it returns.
pub struct SigningRequestHandle {
    request: SigningRequest,
    key_algorithm: OwnedText,
}

impl SigningRequestHandle {
    pub(crate) fn new(request: SigningRequest) -> Self {
        Self {
            key_algorithm: OwnedText::new(request.key_algorithm.as_str()),
            request,
        }
    }
}

const fn number(scheme: SignatureScheme) -> u32 {
    match scheme {
        SignatureScheme::RsaPkcs1Sha256 => ROLESANYWHERE_SCHEME_RSA_PKCS1_SHA256,
        SignatureScheme::EcdsaSha256 => ROLESANYWHERE_SCHEME_ECDSA_SHA256,
        SignatureScheme::MlDsa44 => ROLESANYWHERE_SCHEME_ML_DSA_44,
        SignatureScheme::MlDsa65 => ROLESANYWHERE_SCHEME_ML_DSA_65,
        SignatureScheme::MlDsa87 => ROLESANYWHERE_SCHEME_ML_DSA_87,
        // A scheme without a number here yet; the table test finds it.
        _ => 0,
    }
}

/// The string to sign: hashed by the signer for RSA and ECDSA, signed as it is for ML-DSA. Borrowed
/// from the request.
///
/// # Safety
/// `request` is NULL or a request whose owner is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signing_request_message(
    request: *const SigningRequestHandle,
) -> Bytes {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(request, Bytes::NONE, |it| {
            Some(Bytes::of(&it.request.message))
        })
    }
}

/// The message's SHA-256, for signers that take a digest; none for ML-DSA. Borrowed from the request.
///
/// # Safety
/// `request` is NULL or a request whose owner is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signing_request_digest(
    request: *const SigningRequestHandle,
) -> Bytes {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(request, Bytes::NONE, |it| {
            it.request.digest.as_ref().map(|it| Bytes::of(it))
        })
    }
}

/// What to compute: a `ROLESANYWHERE_SCHEME_…`; 0 for NULL.
///
/// # Safety
/// `request` is NULL or a request whose owner is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signing_request_scheme(
    request: *const SigningRequestHandle,
) -> u32 {
    // SAFETY: the caller's promise above.
    unsafe { ask(request, 0, |it| Some(number(it.request.scheme))) }
}

/// The leaf's key algorithm: `rsa`, `p256`, … Borrowed from the request.
///
/// # Safety
/// `request` is NULL or a request whose owner is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signing_request_key_algorithm(
    request: *const SigningRequestHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(request, Text::NONE, |it| Some(it.key_algorithm.lend())) }
}

/// The leaf in DER, to find the key by. Borrowed from the request.
///
/// # Safety
/// `request` is NULL or a request whose owner is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signing_request_certificate_der(
    request: *const SigningRequestHandle,
) -> Bytes {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(request, Bytes::NONE, |it| {
            Some(Bytes::of(&it.request.certificate_der))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rolesanywhere::core::KeyAlgorithm;

    #[test]
    fn every_scheme_has_a_number() {
        for algorithm in KeyAlgorithm::ALL {
            assert_ne!(number(algorithm.scheme()), 0, "{algorithm:?}");
        }
    }
}
