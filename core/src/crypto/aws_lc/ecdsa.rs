//! ECDSA on the three NIST curves.

use crate::crypto::errors::{private_key_malformed, signing_failed};
use crate::error::Result;
use crate::signing::{KeyAlgorithm, MessageHash, PublicKey, Signature, SigningKey};
use alloc::{boxed::Box, vec};
use aws_lc_rs::digest::{Algorithm, Digest, SHA256, SHA384, SHA512, digest};
use aws_lc_rs::signature::{self, EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair};
use core::fmt;
use der::Encode;
use zeroize::Zeroizing;

struct EcdsaKey {
    key_pair: EcdsaKeyPair,
    public_key: PublicKey,
}

/// Takes a scalar of the curve's length. AWS-LC derives the public half from it, and the one in the
/// file, where there is one, must be the same: a wrong one would make signatures that nobody can
/// verify.
pub(super) fn load(
    algorithm: KeyAlgorithm,
    scalar: &[u8],
    public_point: Option<&[u8]>,
) -> Result<Box<dyn SigningKey>> {
    let bare = sec1::EcPrivateKey {
        private_key: scalar,
        parameters: None,
        public_key: None,
    };
    let der = Zeroizing::new(bare.to_der().map_err(|_| private_key_malformed())?);
    let key_pair = EcdsaKeyPair::from_private_key_der(signing_algorithm(algorithm), &der)
        .map_err(|_| private_key_malformed())?;
    let public_key = PublicKey::new(algorithm, key_pair.public_key().as_ref())?;
    // AWS-LC takes shorter scalars too.
    if scalar.len() != public_key.key_bytes().len() / 2 {
        return Err(private_key_malformed());
    }
    if public_point.is_some_and(|given| given != public_key.key_bytes()) {
        return Err(private_key_malformed());
    }
    Ok(Box::new(EcdsaKey {
        key_pair,
        public_key,
    }))
}

/// aws-lc-rs ties each key to a curve and a hash; [`digest_as`] takes the second tie off again.
fn signing_algorithm(algorithm: KeyAlgorithm) -> &'static EcdsaSigningAlgorithm {
    match algorithm {
        KeyAlgorithm::P384 => &signature::ECDSA_P384_SHA384_ASN1_SIGNING,
        KeyAlgorithm::P521 => &signature::ECDSA_P521_SHA512_ASN1_SIGNING,
        _ => &signature::ECDSA_P256_SHA256_ASN1_SIGNING,
    }
}

/// The hash of [`signing_algorithm`].
fn own_hash(algorithm: KeyAlgorithm) -> &'static Algorithm {
    match algorithm {
        KeyAlgorithm::P384 => &SHA384,
        KeyAlgorithm::P521 => &SHA512,
        _ => &SHA256,
    }
}

impl SigningKey for EcdsaKey {
    fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    fn sign(&self, message: &[u8]) -> Result<Signature> {
        self.sign_with(MessageHash::Sha256, message)
    }

    fn sign_with(&self, hash: MessageHash, message: &[u8]) -> Result<Signature> {
        let hash = match hash {
            MessageHash::Sha256 => &SHA256,
            MessageHash::Sha384 => &SHA384,
            MessageHash::Sha512 => &SHA512,
        };
        let digest = digest_as(
            own_hash(self.public_key.algorithm()),
            &digest(hash, message),
        )?;
        let signature = self
            .key_pair
            .sign_digest(&digest)
            .map_err(|_| signing_failed())?;
        Ok(Signature::new(signature.as_ref().to_vec()))
    }
}

/// The digest, as long as one of `wanted` and called so, which aws-lc-rs asks for.
///
/// ECDSA takes the leftmost bits of the digest, as many as the curve's order has, as one big-endian
/// integer (FIPS 186-5 §6.4.1). The orders of P-256, P-384 and P-521 have at least as many bits as
/// their own hash here, so that zero octets before a shorter digest keep the integer; a longer
/// digest loses what FIPS drops too. The result is an ordinary signature over the first hash,
/// which any verifier takes.
fn digest_as(wanted: &'static Algorithm, digest: &Digest) -> Result<Digest> {
    let width = wanted.output_len();
    let kept = digest.as_ref().iter().take(width);
    let mut fitted = vec![0; width.saturating_sub(kept.len())];
    fitted.extend(kept);
    Digest::import_less_safe(&fitted, wanted).map_err(|_| signing_failed())
}

impl fmt::Debug for EcdsaKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "AwsLc({}, redacted)",
            self.public_key.algorithm().as_str()
        )
    }
}
