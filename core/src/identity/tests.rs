use super::{Finding, Identity, Severity, load_identity, load_parts};
use crate::encoding::base64;
use crate::error::{Error, ErrorCode, Result};
use crate::key::{Material, PrivateKey};
use crate::signing::{Backend, KeyAlgorithm, PublicKey, Signature, SigningAlgorithm, SigningKey};
use crate::time::Timestamp;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use der::{Decode, Encode};
use pkcs1::RsaPrivateKeyRef;
use std::path::{Path, PathBuf};
use std::println;

mod advice;
mod findings;
mod foreign;
mod load;

macro_rules! certificate {
    ($name:literal) => {
        &include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/data/certificates/",
            $name,
            ".pem"
        ))[..]
    };
}
macro_rules! key {
    ($name:literal) => {
        &include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/data/keys/",
            $name,
            ".pem"
        ))[..]
    };
}
use {certificate, key};

/// Knows public keys of private ones that hold them, and cannot sign.
#[derive(Debug)]
struct PublicHalf;

#[derive(Debug)]
struct PublicHalfKey(PublicKey);

impl Backend for PublicHalf {
    fn signing_key(&self, private_key: PrivateKey) -> Result<Box<dyn SigningKey>> {
        let key_bytes = match private_key.material() {
            Material::Rsa { pkcs1_der } => {
                let key = RsaPrivateKeyRef::from_der(pkcs1_der).unwrap();
                key.public_key().to_der().unwrap()
            }
            Material::Ec { public_point, .. } => public_point.clone().unwrap(),
            Material::MlDsa { .. } => Vec::new(),
        };
        let public_key = PublicKey::new(private_key.key_algorithm(), &key_bytes)?;
        Ok(Box::new(PublicHalfKey(public_key)))
    }

    fn verify(&self, _: &PublicKey, _: &[u8], _: &Signature) -> Result<()> {
        Err(Error::new(ErrorCode::FeatureUnavailable, "cannot verify"))
    }
}

impl SigningKey for PublicHalfKey {
    fn public_key(&self) -> &PublicKey {
        &self.0
    }

    fn sign(&self, _: &[u8]) -> Result<Signature> {
        Err(Error::new(ErrorCode::FeatureUnavailable, "cannot sign"))
    }
}

fn identity(certificate: &[u8]) -> Identity {
    Identity::from_pem(certificate, None).unwrap()
}

fn signing_key(pem: &[u8]) -> Box<dyn SigningKey> {
    PublicHalf
        .signing_key(PrivateKey::from_pem(pem, None).unwrap())
        .unwrap()
}

/// A time at which every test certificate is valid.
fn valid() -> Timestamp {
    Timestamp::parse_rfc3339("2050-01-01T00:00:00Z").unwrap()
}

#[test]
fn facts_come_from_the_leaf() {
    let whole = [certificate!("leaf-of-2"), certificate!("intermediate-2")].concat();
    let identity = Identity::from_pem(&whole, Some(certificate!("intermediate-1"))).unwrap();
    assert_eq!(identity.subject(), "CN=leaf of 2");
    assert_eq!(identity.issuer(), "CN=intermediate 2,O=Example,C=DE");
    assert_eq!(identity.serial_number().len(), 48);
    assert_eq!(identity.algorithm(), SigningAlgorithm::EcdsaSha256);
    assert_eq!(identity.key_algorithm(), KeyAlgorithm::P256);
    assert_eq!(identity.certificate_der(), identity.certificate().der());
    assert_eq!(
        identity.public_key(),
        &identity.certificate().public_key().unwrap()
    );
    assert!(identity.not_before() < valid() && valid() < identity.not_after());
    assert_eq!(identity.chain_der().count(), 2);
}

#[test]
fn a_leaf_that_cannot_sign_is_refused() {
    let code = |certificate| Identity::from_pem(certificate, None).unwrap_err().code();
    for certificate in [
        certificate!("wrong-ed25519"),
        certificate!("wrong-secp256k1"),
        certificate!("wrong-explicit"),
    ] {
        assert_eq!(code(certificate), ErrorCode::KeyAlgorithmUnsupported);
    }
    assert_eq!(code(certificate!("wrong-rsa512")), ErrorCode::KeyTooSmall);
}

#[test]
fn a_ca_in_the_chain_may_have_any_key() {
    let identity = Identity::from_pem(
        certificate!("leaf-of-ed25519"),
        Some(certificate!("ed25519-ca")),
    )
    .unwrap();
    assert_eq!(identity.chain_der().count(), 1);
    assert!(identity.check(valid(), None).is_ok());
}

#[test]
fn a_chain_without_certificates_is_refused() {
    let code = |chain| {
        let result = Identity::from_pem(certificate!("leaf"), Some(chain));
        result.unwrap_err().code()
    };
    assert_eq!(code(b""), ErrorCode::FileEmpty);
    assert_eq!(code(key!("p256")), ErrorCode::CertificateMissing);
    assert_eq!(
        code(b"-----BEGIN CERTIFICATE-----"),
        ErrorCode::PemMalformed
    );
}
