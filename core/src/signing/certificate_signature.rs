//! How a CA signed a certificate, as far as signatures of CAs are verified here.

use super::{Backend, KeyAlgorithm, MessageHash, PublicKey, Signature};
use crate::error::{Error, ErrorCode, Result};

/// How a CA signed a certificate (RFC 5280 §4.1.1.2). Other ways are not verified here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CertificateSignatureScheme {
    /// RSASSA-PKCS1-v1_5 (RFC 4055 §5).
    RsaPkcs1(MessageHash),
    /// ECDSA with an ASN.1 DER signature (RFC 5758 §3.2).
    Ecdsa(MessageHash),
    /// Pure ML-DSA with an empty context (RFC 9881 §3).
    MlDsa,
}

impl CertificateSignatureScheme {
    /// Whether keys of this algorithm sign so.
    #[must_use]
    pub const fn fits(self, algorithm: KeyAlgorithm) -> bool {
        match algorithm {
            KeyAlgorithm::Rsa => matches!(self, Self::RsaPkcs1(_)),
            KeyAlgorithm::P256 | KeyAlgorithm::P384 | KeyAlgorithm::P521 => {
                matches!(self, Self::Ecdsa(_))
            }
            KeyAlgorithm::MlDsa44 | KeyAlgorithm::MlDsa65 | KeyAlgorithm::MlDsa87 => {
                matches!(self, Self::MlDsa)
            }
        }
    }

    /// By way of [`Backend::verify`], which knows one hash only.
    pub(super) fn verify_over_sha256<B: Backend + ?Sized>(
        self,
        backend: &B,
        issuer: &PublicKey,
        message: &[u8],
        signature: &Signature,
    ) -> Result<()> {
        match self {
            Self::RsaPkcs1(MessageHash::Sha256)
            | Self::Ecdsa(MessageHash::Sha256)
            | Self::MlDsa => backend.verify(issuer, message, signature),
            Self::RsaPkcs1(_) | Self::Ecdsa(_) => Err(Error::new(
                ErrorCode::FeatureUnavailable,
                "this backend verifies signatures over SHA-256 only",
            )),
        }
    }
}
