//! RSA in pure Rust, blinded with randomness from the caller.

mod blinding;

use self::blinding::{Blinding, BlindingSeed};
use super::errors::{private_key_malformed, signature_invalid, signing_failed};
use crate::error::{Error, ErrorCode, Result};
use crate::fields::{encoded_integers, two_integers};
use crate::key::{Material, PrivateKey, RsaPrivateKey as RsaPrivateKeyParts};
use crate::signing::{Backend, KeyAlgorithm, PublicKey, Signature, SigningKey};
use alloc::{boxed::Box, vec::Vec};
use core::fmt;
use rsa::traits::SignatureScheme;
use rsa::{BoxedUint, Pkcs1v15Sign, RsaPrivateKey, RsaPublicKey};
use sha2::{Digest, Sha256};

/// The RSA of the RustCrypto project, for places where neither AWS-LC nor WebCrypto is at hand.
///
/// **It is under the advisory RUSTSEC-2023-0071 ("Marvin"), which no release has closed.** Its
/// arithmetic is written for constant time, which nobody has audited, and every private-key
/// operation is blinded, with factors drawn from the seed given here, so that timings do not follow
/// the message. Do not use it where somebody hostile can measure the time that signatures take.
/// `AwsLc` and external signers (HSM, WebCrypto) are not concerned.
///
/// Signatures are RSASSA-PKCS1-v1_5 with SHA-256: the same bytes as from any other implementation,
/// whatever the seed. Keys of 1024 to 8192 bits, of two primes.
///
/// ```
/// use rolesanywhere_core::crypto::RustCryptoRsa;
/// use rolesanywhere_core::{Backend, ErrorCode, KeyAlgorithm, PublicKey, Signature};
///
/// # let from_the_system = [0; 32];
/// let backend = RustCryptoRsa::new(from_the_system);
/// assert_eq!(format!("{backend:?}"), "RustCryptoRsa(redacted)");
///
/// let p256 = PublicKey::new(KeyAlgorithm::P256, &[4; 65])?;
/// let error = backend.verify(&p256, b"message", &Signature::new(vec![0; 8])).unwrap_err();
/// assert_eq!(error.code(), ErrorCode::FeatureUnavailable);
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Clone)]
pub struct RustCryptoRsa {
    seed: BlindingSeed,
}

impl RustCryptoRsa {
    /// A backend that blinds with factors drawn from `blinding_seed`: 32 bytes from the system's
    /// random generator, new in each process.
    ///
    /// The factors also depend on the private key and on the message. A seed that turns out to be
    /// guessable therefore weakens the blinding, but neither signatures nor key.
    #[must_use]
    pub const fn new(blinding_seed: [u8; 32]) -> Self {
        Self {
            seed: BlindingSeed::new(blinding_seed),
        }
    }
}

impl Backend for RustCryptoRsa {
    fn signing_key(&self, private_key: PrivateKey) -> Result<Box<dyn SigningKey>> {
        let Material::Rsa { pkcs1_der } = private_key.material() else {
            return Err(only_rsa());
        };
        let parts = RsaPrivateKeyParts::read(pkcs1_der).map_err(|_| private_key_malformed())?;
        let public_key = encoded_integers([parts.modulus, parts.public_exponent]);
        let public_key = public_key.map_err(|_| private_key_malformed())?;
        let public_key = PublicKey::new(KeyAlgorithm::Rsa, &public_key)?;
        let key = parse(&parts).ok_or_else(private_key_malformed)?;
        let blinding = self.seed.for_key(pkcs1_der);
        Ok(Box::new(RsaKey {
            key,
            blinding,
            public_key,
        }))
    }

    fn verify(&self, public_key: &PublicKey, message: &[u8], signature: &Signature) -> Result<()> {
        if public_key.algorithm() != KeyAlgorithm::Rsa {
            return Err(only_rsa());
        }
        verify(public_key.key_bytes(), message, signature).ok_or_else(signature_invalid)
    }
}

impl fmt::Debug for RustCryptoRsa {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RustCryptoRsa(redacted)")
    }
}

fn only_rsa() -> Error {
    Error::new(
        ErrorCode::FeatureUnavailable,
        "the RustCryptoRsa backend does RSA only",
    )
    .with_hint("use the backend RustCrypto for EC and ML-DSA keys")
}

/// `rsa` computes the Chinese-remainder parameters anew, so those of the file do not matter.
fn parse(parts: &RsaPrivateKeyParts<'_>) -> Option<RsaPrivateKey> {
    let number = BoxedUint::from_be_slice_vartime;
    let modulus = number(parts.modulus);
    let half = modulus.bits().div_ceil(2);
    let primes = Vec::from(parts.primes.map(number));
    let from_components = if primes.iter().all(|prime| prime.bits() <= half) {
        RsaPrivateKey::from_components
    } else {
        RsaPrivateKey::from_components_with_wide_primes
    };
    let exponents = [parts.public_exponent, parts.private_exponent].map(number);
    let [public, private] = exponents;
    from_components(modulus, public, private, primes).ok()
}

struct RsaKey {
    key: RsaPrivateKey,
    blinding: Blinding,
    public_key: PublicKey,
}

impl SigningKey for RsaKey {
    fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    fn sign(&self, message: &[u8]) -> Result<Signature> {
        let digest: [u8; 32] = Sha256::digest(message).into();
        let mut random = self.blinding.for_digest(&digest);
        let signature = self.key.sign_with_rng(&mut random, scheme(), &digest);
        Ok(Signature::new(signature.map_err(|_| signing_failed())?))
    }
}

impl fmt::Debug for RsaKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RustCryptoRsa(rsa, redacted)")
    }
}

fn verify(public_key_der: &[u8], message: &[u8], signature: &Signature) -> Option<()> {
    let numbers = two_integers(public_key_der).ok()?;
    let [modulus, exponent] = numbers.map(BoxedUint::from_be_slice_vartime);
    let key = RsaPublicKey::new(modulus, exponent).ok()?;
    scheme()
        .verify(&key, &Sha256::digest(message), signature.as_bytes())
        .ok()
}

fn scheme() -> Pkcs1v15Sign {
    Pkcs1v15Sign::new::<Sha256>()
}
