//! P-256, P-384, P-521 and ML-DSA in pure Rust.

mod ecdsa;
mod ml_dsa;

use super::errors::signature_invalid;
use crate::error::{Error, ErrorCode, Result};
use crate::key::{Material, PrivateKey};
use crate::signing::{Backend, KeyAlgorithm, PublicKey, Signature, SigningKey};
use ::ml_dsa::{MlDsa44, MlDsa65, MlDsa87};
use alloc::boxed::Box;
use p256::NistP256;
use p384::NistP384;
use p521::NistP521;

/// ECDSA and ML-DSA of the RustCrypto project: pure Rust, `no_std`, no randomness needed.
///
/// ECDSA is deterministic as in RFC 6979 with SHA-256 on all three curves, ML-DSA is the
/// deterministic variant of FIPS 204 §3.4 with an empty context: the same key and message always
/// give the same bytes. Secrets are wiped when the signing key is dropped. Constant-time by design
/// of these crates, which have not been independently audited.
///
/// RSA is [`RustCryptoRsa`](super)'s, which needs randomness and its own feature.
///
/// ```
/// use rolesanywhere_core::crypto::RustCrypto;
/// use rolesanywhere_core::{Backend, ErrorCode, KeyAlgorithm, PublicKey, Signature};
///
/// let mut point = vec![0x04];
/// point.extend([0x11; 64]);
/// let public_key = PublicKey::new(KeyAlgorithm::P256, &point)?;
/// let error = RustCrypto.verify(&public_key, b"message", &Signature::new(vec![0; 8])).unwrap_err();
/// assert_eq!(error.code(), ErrorCode::SignatureInvalid);
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::exhaustive_structs,
    reason = "a name for the backend, written as it is"
)]
pub struct RustCrypto;

impl Backend for RustCrypto {
    fn signing_key(&self, private_key: PrivateKey) -> Result<Box<dyn SigningKey>> {
        let algorithm = private_key.key_algorithm();
        match private_key.material() {
            Material::Rsa { .. } => Err(no_rsa()),
            Material::Ec {
                scalar,
                public_point,
                ..
            } => {
                let point = public_point.as_deref();
                match algorithm {
                    KeyAlgorithm::P256 => ecdsa::load::<NistP256>(algorithm, scalar, point),
                    KeyAlgorithm::P384 => ecdsa::load::<NistP384>(algorithm, scalar, point),
                    _ => ecdsa::load::<NistP521>(algorithm, scalar, point),
                }
            }
            Material::MlDsa { seed, expanded, .. } => {
                let seed = seed.as_ref().map(|seed| seed.as_slice());
                let expanded = expanded.as_ref().map(|expanded| expanded.as_slice());
                match algorithm {
                    KeyAlgorithm::MlDsa44 => ml_dsa::load::<MlDsa44>(algorithm, seed, expanded),
                    KeyAlgorithm::MlDsa65 => ml_dsa::load::<MlDsa65>(algorithm, seed, expanded),
                    _ => ml_dsa::load::<MlDsa87>(algorithm, seed, expanded),
                }
            }
        }
    }

    fn verify(&self, public_key: &PublicKey, message: &[u8], signature: &Signature) -> Result<()> {
        let key = public_key.key_bytes();
        let verified = match public_key.algorithm() {
            KeyAlgorithm::Rsa => return Err(no_rsa()),
            KeyAlgorithm::P256 => ecdsa::verify::<NistP256>(key, message, signature),
            KeyAlgorithm::P384 => ecdsa::verify::<NistP384>(key, message, signature),
            KeyAlgorithm::P521 => ecdsa::verify::<NistP521>(key, message, signature),
            KeyAlgorithm::MlDsa44 => ml_dsa::verify::<MlDsa44>(key, message, signature),
            KeyAlgorithm::MlDsa65 => ml_dsa::verify::<MlDsa65>(key, message, signature),
            KeyAlgorithm::MlDsa87 => ml_dsa::verify::<MlDsa87>(key, message, signature),
        };
        verified.ok_or_else(signature_invalid)
    }
}

fn no_rsa() -> Error {
    Error::new(
        ErrorCode::FeatureUnavailable,
        "the RustCrypto backend does not do RSA",
    )
    .with_hint("sign outside and give the signature back, or use a backend that does RSA")
}
