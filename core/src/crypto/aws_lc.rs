//! RSA, P-256, P-384, P-521 and ML-DSA on AWS-LC.

mod certificate;
mod ecdsa;
mod ml_dsa;
mod rsa;

use super::errors::signature_invalid;
use crate::error::Result;
use crate::key::{Material, PrivateKey};
use crate::signing::{
    Backend, CertificateSignatureScheme, KeyAlgorithm, PublicKey, Signature, SigningKey,
};
use alloc::boxed::Box;
use aws_lc_rs::signature::{self, UnparsedPublicKey, VerificationAlgorithm};

/// AWS-LC, AWS's own libcrypto: the fast backend for machines with an operating system.
///
/// ECDSA takes its nonces from the system's generator and ML-DSA is hedged (FIPS 204 §3.4), so two
/// signatures over one message differ and both verify; RSA is PKCS#1 v1.5 and always the same. RSA
/// keys of 2048 to 8192 bits sign; from 1024 bits they verify. AWS-LC wipes its keys when the
/// signing key is dropped.
///
/// ```
/// use rolesanywhere_core::crypto::AwsLc;
/// use rolesanywhere_core::{Backend, ErrorCode, KeyAlgorithm, PublicKey, Signature};
///
/// let mut point = vec![0x04];
/// point.extend([0x11; 64]);
/// let public_key = PublicKey::new(KeyAlgorithm::P256, &point)?;
/// let error = AwsLc.verify(&public_key, b"message", &Signature::new(vec![0; 8])).unwrap_err();
/// assert_eq!(error.code(), ErrorCode::SignatureInvalid);
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::exhaustive_structs,
    reason = "a name for the backend, written as it is"
)]
pub struct AwsLc;

impl Backend for AwsLc {
    fn signing_key(&self, private_key: PrivateKey) -> Result<Box<dyn SigningKey>> {
        match private_key.material() {
            Material::Rsa { pkcs1_der } => rsa::load(pkcs1_der),
            Material::Ec {
                algorithm,
                scalar,
                public_point,
            } => ecdsa::load(*algorithm, scalar, public_point.as_deref()),
            Material::MlDsa {
                algorithm,
                seed,
                expanded,
            } => {
                let seed = seed.as_ref().map(|seed| seed.as_slice());
                let expanded = expanded.as_ref().map(|expanded| expanded.as_slice());
                ml_dsa::load(*algorithm, seed, expanded)
            }
        }
    }

    fn verify(&self, public_key: &PublicKey, message: &[u8], signature: &Signature) -> Result<()> {
        let algorithm: &'static dyn VerificationAlgorithm = match public_key.algorithm() {
            // How small an RSA key may be is for the certificate's checks to say.
            KeyAlgorithm::Rsa => &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
            KeyAlgorithm::P256 => &signature::ECDSA_P256_SHA256_ASN1,
            KeyAlgorithm::P384 => &signature::ECDSA_P384_SHA256_ASN1,
            KeyAlgorithm::P521 => &signature::ECDSA_P521_SHA256_ASN1,
            KeyAlgorithm::MlDsa44 => &signature::ML_DSA_44,
            KeyAlgorithm::MlDsa65 => &signature::ML_DSA_65,
            KeyAlgorithm::MlDsa87 => &signature::ML_DSA_87,
        };
        UnparsedPublicKey::new(algorithm, public_key.key_bytes())
            .verify(message, signature.as_bytes())
            .map_err(|_| signature_invalid())
    }

    fn verify_certificate(
        &self,
        issuer: &PublicKey,
        scheme: CertificateSignatureScheme,
        message: &[u8],
        signature: &Signature,
    ) -> Result<()> {
        certificate::verify(issuer, scheme, message, signature)
    }
}
