//! Signatures of CAs, which use other hashes than SHA-256 too.

use crate::crypto::errors::signature_invalid;
use crate::error::{Error, ErrorCode, Result};
use crate::signing::{
    CertificateSignatureScheme as Scheme, KeyAlgorithm, MessageHash, PublicKey, Signature,
};
use aws_lc_rs::signature::{self, UnparsedPublicKey, VerificationAlgorithm};

pub(super) fn verify(
    issuer: &PublicKey,
    scheme: Scheme,
    message: &[u8],
    signature: &Signature,
) -> Result<()> {
    if !scheme.fits(issuer.algorithm()) {
        return Err(signature_invalid());
    }
    let algorithm = algorithm(issuer, scheme).ok_or_else(|| {
        Error::new(
            ErrorCode::FeatureUnavailable,
            "AWS-LC does not verify signatures of this key and hash",
        )
    })?;
    UnparsedPublicKey::new(algorithm, issuer.key_bytes())
        .verify(message, signature.as_bytes())
        .map_err(|_| signature_invalid())
}

fn algorithm(issuer: &PublicKey, scheme: Scheme) -> Option<&'static dyn VerificationAlgorithm> {
    use MessageHash::{Sha256, Sha384, Sha512};
    use signature as aws_lc;
    let is_small = issuer.rsa_modulus_bits().is_some_and(|bits| bits < 2048);
    Some(match (issuer.algorithm(), scheme) {
        (_, Scheme::RsaPkcs1(Sha256)) => &aws_lc::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        (_, Scheme::RsaPkcs1(Sha384)) if is_small => return None,
        (_, Scheme::RsaPkcs1(Sha384)) => &aws_lc::RSA_PKCS1_2048_8192_SHA384,
        (_, Scheme::RsaPkcs1(Sha512)) => &aws_lc::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        (KeyAlgorithm::P256, Scheme::Ecdsa(Sha256)) => &aws_lc::ECDSA_P256_SHA256_ASN1,
        (KeyAlgorithm::P256, Scheme::Ecdsa(Sha384)) => &aws_lc::ECDSA_P256_SHA384_ASN1,
        (KeyAlgorithm::P256, Scheme::Ecdsa(Sha512)) => &aws_lc::ECDSA_P256_SHA512_ASN1,
        (KeyAlgorithm::P384, Scheme::Ecdsa(Sha256)) => &aws_lc::ECDSA_P384_SHA256_ASN1,
        (KeyAlgorithm::P384, Scheme::Ecdsa(Sha384)) => &aws_lc::ECDSA_P384_SHA384_ASN1,
        (KeyAlgorithm::P384, Scheme::Ecdsa(Sha512)) => &aws_lc::ECDSA_P384_SHA512_ASN1,
        (KeyAlgorithm::P521, Scheme::Ecdsa(Sha256)) => &aws_lc::ECDSA_P521_SHA256_ASN1,
        (KeyAlgorithm::P521, Scheme::Ecdsa(Sha384)) => &aws_lc::ECDSA_P521_SHA384_ASN1,
        (KeyAlgorithm::P521, Scheme::Ecdsa(Sha512)) => &aws_lc::ECDSA_P521_SHA512_ASN1,
        (KeyAlgorithm::MlDsa44, Scheme::MlDsa) => &aws_lc::ML_DSA_44,
        (KeyAlgorithm::MlDsa65, Scheme::MlDsa) => &aws_lc::ML_DSA_65,
        (KeyAlgorithm::MlDsa87, Scheme::MlDsa) => &aws_lc::ML_DSA_87,
        _ => return None,
    })
}
