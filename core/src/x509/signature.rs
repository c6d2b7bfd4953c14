//! Whether one certificate signed another.

use super::Certificate;
use super::certificate::malformed;
use super::structure::Parts;
use crate::error::{Error, ErrorCode, Result};
use crate::fields::named;
use crate::signing::{Backend, CertificateSignatureScheme, MessageHash, Signature};
use const_oid::ObjectIdentifierRef;

/// Verifies the signature on `subject` with the public key of `issuer`.
///
/// # Errors
/// `signature_invalid`; `feature_unavailable` where the way of signing is not one that is verified
/// here; `key_algorithm_unsupported` and the like where the issuer's key is not.
pub(crate) fn verify(
    subject: &Certificate,
    issuer: &Certificate,
    backend: &dyn Backend,
) -> Result<()> {
    let parts =
        Parts::read(subject.der()).map_err(|_| malformed("the certificate is malformed"))?;
    let scheme = scheme(parts.algorithm.oid).ok_or_else(|| {
        Error::new(
            ErrorCode::FeatureUnavailable,
            "the certificate is signed in a way that is not verified here",
        )
    })?;
    let key = issuer.public_key()?;
    if !scheme.fits(key.algorithm()) {
        return Err(Error::new(
            ErrorCode::SignatureInvalid,
            "the certificate is not signed with a key of the issuer's algorithm",
        ));
    }
    let signature = Signature::new(parts.signature.raw_bytes().to_vec());
    backend.verify_certificate(&key, scheme, parts.tbs_der, &signature)
}

/// PSS is not among them: its parameters leave too much open for a sure answer.
fn scheme(algorithm: &ObjectIdentifierRef) -> Option<CertificateSignatureScheme> {
    use CertificateSignatureScheme::{Ecdsa, MlDsa, RsaPkcs1};
    use MessageHash::{Sha256, Sha384, Sha512};
    let known = [
        ("1.2.840.113549.1.1.11", RsaPkcs1(Sha256)),
        ("1.2.840.113549.1.1.12", RsaPkcs1(Sha384)),
        ("1.2.840.113549.1.1.13", RsaPkcs1(Sha512)),
        ("1.2.840.10045.4.3.2", Ecdsa(Sha256)),
        ("1.2.840.10045.4.3.3", Ecdsa(Sha384)),
        ("1.2.840.10045.4.3.4", Ecdsa(Sha512)),
        ("2.16.840.1.101.3.4.3.17", MlDsa),
        ("2.16.840.1.101.3.4.3.18", MlDsa),
        ("2.16.840.1.101.3.4.3.19", MlDsa),
    ];
    named(&known, algorithm).copied()
}
