//! RSASSA-PKCS1-v1_5.

use crate::crypto::errors::{private_key_malformed, signing_failed};
use crate::error::{Error, ErrorCode, Result};
use crate::signing::{KeyAlgorithm, MessageHash, PublicKey, Signature, SigningKey};
use alloc::{boxed::Box, format, vec};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512};
use core::fmt;
use der::{Decode, Encode};
use pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef};

struct RsaKey {
    key_pair: RsaKeyPair,
    public_key: PublicKey,
}

/// AWS-LC checks that modulus, primes, exponents and coefficient fit together.
pub(super) fn load(pkcs1_der: &[u8]) -> Result<Box<dyn SigningKey>> {
    let key_pair = RsaKeyPair::from_der(pkcs1_der).map_err(|_| refused(pkcs1_der))?;
    let public_key = PublicKey::new(KeyAlgorithm::Rsa, key_pair.public_key().as_ref())?;
    Ok(Box::new(RsaKey {
        key_pair,
        public_key,
    }))
}

/// AWS-LC's own reason does not tell a small key from a broken one.
fn refused(pkcs1_der: &[u8]) -> Error {
    match modulus_bits(pkcs1_der) {
        Ok(bits @ 1024..2048) => Error::new(
            ErrorCode::KeyTooSmall,
            format!("the RSA key has {bits} bits, and AWS-LC signs with 2048 or more"),
        ),
        Ok(_) => private_key_malformed(),
        Err(error) => error,
    }
}

fn modulus_bits(pkcs1_der: &[u8]) -> Result<usize> {
    let public_key_der = RsaPrivateKeyRef::from_der(pkcs1_der)
        .and_then(|key| {
            let (modulus, public_exponent) = (key.modulus, key.public_exponent);
            RsaPublicKeyRef {
                modulus,
                public_exponent,
            }
            .to_der()
        })
        .map_err(|_| private_key_malformed())?;
    let public_key = PublicKey::new(KeyAlgorithm::Rsa, &public_key_der)?;
    Ok(public_key.rsa_modulus_bits().unwrap_or(0))
}

impl SigningKey for RsaKey {
    fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    fn sign(&self, message: &[u8]) -> Result<Signature> {
        self.sign_with(MessageHash::Sha256, message)
    }

    fn sign_with(&self, hash: MessageHash, message: &[u8]) -> Result<Signature> {
        let encoding = match hash {
            MessageHash::Sha256 => &RSA_PKCS1_SHA256,
            MessageHash::Sha384 => &RSA_PKCS1_SHA384,
            MessageHash::Sha512 => &RSA_PKCS1_SHA512,
        };
        let mut signature = vec![0; self.key_pair.public_modulus_len()];
        // Not read: AWS-LC blinds with its own generator.
        let random = SystemRandom::new();
        self.key_pair
            .sign(encoding, &random, message, &mut signature)
            .map_err(|_| signing_failed())?;
        Ok(Signature::new(signature))
    }
}

impl fmt::Debug for RsaKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AwsLc(rsa, redacted)")
    }
}
