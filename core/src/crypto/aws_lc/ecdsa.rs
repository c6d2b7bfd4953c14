//! ECDSA with SHA-256 on the three NIST curves.

use crate::crypto::errors::{private_key_malformed, signing_failed};
use crate::error::Result;
use crate::signing::{KeyAlgorithm, PublicKey, Signature, SigningKey};
use alloc::boxed::Box;
use aws_lc_rs::digest::{Digest, SHA256, SHA384, digest};
use aws_lc_rs::encoding::{AsBigEndian, EcPublicKeyCompressedBin};
use aws_lc_rs::rand::SystemRandom;
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
    match public_point {
        Some(point) if !is_public_point(&key_pair, point) => Err(private_key_malformed()),
        _ => Ok(Box::new(EcdsaKey {
            key_pair,
            public_key,
        })),
    }
}

/// A file may hold its point compressed.
fn is_public_point(key_pair: &EcdsaKeyPair, point: &[u8]) -> bool {
    let public_key = key_pair.public_key();
    public_key.as_ref() == point
        || AsBigEndian::<EcPublicKeyCompressedBin<'_>>::as_be_bytes(public_key)
            .is_ok_and(|compressed| compressed.as_ref() == point)
}

fn signing_algorithm(algorithm: KeyAlgorithm) -> &'static EcdsaSigningAlgorithm {
    match algorithm {
        KeyAlgorithm::P384 => &signature::ECDSA_P384_SHA384_ASN1_SIGNING,
        KeyAlgorithm::P521 => &signature::ECDSA_P521_SHA256_ASN1_SIGNING,
        _ => &signature::ECDSA_P256_SHA256_ASN1_SIGNING,
    }
}

impl SigningKey for EcdsaKey {
    fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    fn sign(&self, message: &[u8]) -> Result<Signature> {
        let signature = if self.public_key.algorithm() == KeyAlgorithm::P384 {
            self.key_pair.sign_digest(&sha256_as_sha384(message)?)
        } else {
            // Not read: AWS-LC uses its own generator.
            self.key_pair.sign(&SystemRandom::new(), message)
        };
        let signature = signature.map_err(|_| signing_failed())?;
        Ok(Signature::new(signature.as_ref().to_vec()))
    }
}

/// aws-lc-rs signs with P-384 only what calls itself a SHA-384 digest.
///
/// ECDSA takes the leftmost bits of the digest, as many as the curve's order has, as one big-endian
/// integer (FIPS 186-5 §6.4.1). P-384's order has 384 bits, so that sixteen zero octets before the
/// SHA-256 digest give a string of just that length and the integer that the digest alone gives:
/// the result is an ordinary ECDSA-with-SHA-256 signature, which any verifier takes.
fn sha256_as_sha384(message: &[u8]) -> Result<Digest> {
    let mut padded = [0; 48];
    let (_, tail) = padded.split_at_mut(16);
    tail.copy_from_slice(digest(&SHA256, message).as_ref());
    Digest::import_less_safe(&padded, &SHA384).map_err(|_| signing_failed())
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
