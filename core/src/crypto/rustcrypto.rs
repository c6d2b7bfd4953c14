//! P-256, P-384, P-521 and ML-DSA in pure Rust.

mod ecdsa;
mod ml_dsa;

use super::errors::{private_key_malformed, signature_invalid};
use crate::error::{Error, ErrorCode, Result};
use crate::key::{Material, PrivateKey};
use crate::signing::{Backend, KeyAlgorithm, PublicKey, Signature, SigningKey};
use ::ecdsa::elliptic_curve::SecretKey;
use ::ml_dsa::{ExpandedSigningKey, MlDsa44, MlDsa65, MlDsa87};
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;
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
        let (secret, public) = match private_key.material() {
            Material::Rsa { .. } => return Err(no_rsa()),
            Material::Ec {
                scalar,
                public_point,
                ..
            } => {
                let read = Secret::of_scalar(algorithm, scalar);
                let given = public_point.as_deref();
                read.filter(|(_, point)| given.is_none_or(|given| given == point))
            }
            Material::MlDsa { seed, expanded, .. } => {
                let seed = seed.as_ref().map(|seed| seed.as_slice());
                let expanded = expanded.as_ref().map(|expanded| expanded.as_slice());
                Secret::of_ml_dsa(algorithm, seed, expanded)
            }
        }
        .ok_or_else(private_key_malformed)?;
        let public_key = PublicKey::new(algorithm, &public)?;
        let key = Key { secret, public_key };
        if let Material::MlDsa { seed: None, .. } = private_key.material() {
            self.try_out(&key).map_err(|_| private_key_malformed())?;
        }
        Ok(Box::new(key))
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

impl RustCrypto {
    /// That rho, tr, s1, s2 and t0 of an expanded ML-DSA key belong together is seen from a signature,
    /// which the derived public key must verify; t0 alone, if but a few of its bits are wrong, can
    /// slip through.
    fn try_out(self, key: &Key) -> Result<()> {
        self.verify(&key.public_key, &[], &key.sign(&[])?)
    }
}

/// One type for all keys: one for each algorithm weighs 1 KB more in a compressed WebAssembly module.
struct Key {
    secret: Secret,
    public_key: PublicKey,
}

enum Secret {
    P256(SecretKey<NistP256>),
    P384(SecretKey<NistP384>),
    P521(SecretKey<NistP521>),
    MlDsa44(Box<ExpandedSigningKey<MlDsa44>>),
    MlDsa65(Box<ExpandedSigningKey<MlDsa65>>),
    MlDsa87(Box<ExpandedSigningKey<MlDsa87>>),
}

impl Secret {
    /// With the public point that follows from it. A file may name another, and with that one nobody
    /// could verify what the key signs.
    fn of_scalar(algorithm: KeyAlgorithm, scalar: &[u8]) -> Option<(Self, Vec<u8>)> {
        Some(match algorithm {
            KeyAlgorithm::P256 => {
                let (secret, point) = ecdsa::read(scalar)?;
                (Self::P256(secret), point)
            }
            KeyAlgorithm::P384 => {
                let (secret, point) = ecdsa::read(scalar)?;
                (Self::P384(secret), point)
            }
            _ => {
                let (secret, point) = ecdsa::read(scalar)?;
                (Self::P521(secret), point)
            }
        })
    }

    fn of_ml_dsa(
        algorithm: KeyAlgorithm,
        seed: Option<&[u8]>,
        expanded: Option<&[u8]>,
    ) -> Option<(Self, Vec<u8>)> {
        Some(match algorithm {
            KeyAlgorithm::MlDsa44 => {
                let (key, public) = ml_dsa::read(algorithm, seed, expanded)?;
                (Self::MlDsa44(key), public)
            }
            KeyAlgorithm::MlDsa65 => {
                let (key, public) = ml_dsa::read(algorithm, seed, expanded)?;
                (Self::MlDsa65(key), public)
            }
            _ => {
                let (key, public) = ml_dsa::read(algorithm, seed, expanded)?;
                (Self::MlDsa87(key), public)
            }
        })
    }
}

impl SigningKey for Key {
    fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    fn sign(&self, message: &[u8]) -> Result<Signature> {
        match &self.secret {
            Secret::P256(secret) => ecdsa::sign(secret, message),
            Secret::P384(secret) => ecdsa::sign(secret, message),
            Secret::P521(secret) => ecdsa::sign(secret, message),
            Secret::MlDsa44(key) => ml_dsa::sign(key, message),
            Secret::MlDsa65(key) => ml_dsa::sign(key, message),
            Secret::MlDsa87(key) => ml_dsa::sign(key, message),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let algorithm = self.public_key.algorithm().as_str();
        write!(formatter, "RustCrypto({algorithm}, redacted)")
    }
}

fn no_rsa() -> Error {
    Error::new(
        ErrorCode::FeatureUnavailable,
        "the RustCrypto backend does not do RSA",
    )
    .with_hint("sign outside and give the signature back, or use a backend that does RSA")
}
