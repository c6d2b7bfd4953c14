//! Keys from seeds.

use super::{Files, pem};
use crate::{Result, der, hex, paths, private_key};
use rolesanywhere_core::crypto::{AwsLc, RustCrypto};
use rolesanywhere_core::encoding::sha256_hex;
use rolesanywhere_core::{KeyAlgorithm, SigningKey};
use std::fs;

/// The keys that have leaves: directory under `pki/` and algorithm.
pub(super) const KEYS: [(&str, KeyAlgorithm); 8] = [
    ("rsa2048", KeyAlgorithm::Rsa),
    ("rsa3072", KeyAlgorithm::Rsa),
    ("p256", KeyAlgorithm::P256),
    ("p384", KeyAlgorithm::P384),
    ("p521", KeyAlgorithm::P521),
    ("mldsa44", KeyAlgorithm::MlDsa44),
    ("mldsa65", KeyAlgorithm::MlDsa65),
    ("mldsa87", KeyAlgorithm::MlDsa87),
];

/// A key and the file it is in.
pub(super) struct Key {
    pub(super) signing: Box<dyn SigningKey>,
    pub(super) file: Vec<u8>,
}

impl Key {
    /// The key of this name: from its seed, or for RSA from its file.
    pub(super) fn named(name: &str, algorithm: KeyAlgorithm) -> Result<Self> {
        if algorithm == KeyAlgorithm::Rsa {
            let path = format!("keys/{name}.pem");
            let file = fs::read(paths::fixtures().join(&path))
                .map_err(|error| format!("fixtures/{path}: {error}"))?;
            let signing = private_key::load(&AwsLc, &file)?;
            return Ok(Self { signing, file });
        }
        let der = match scalar_length(algorithm) {
            None => private_key::ml_dsa_seed(algorithm, &seed(name, 32)?)?,
            Some(length) => {
                let scalar = scalar(name, length)?;
                private_key::ec(algorithm, &scalar, Some(&point(algorithm, &scalar)?))?
            }
        };
        let signing = private_key::load(&RustCrypto, &der)?;
        let file = pem::private_key("PRIVATE KEY", &der);
        Ok(Self { signing, file })
    }
}

/// The other forms of the same keys, under `keys/`.
pub(super) fn add(files: &mut Files) -> Result<()> {
    for (name, algorithm) in KEYS {
        let Some(length) = scalar_length(algorithm) else {
            continue;
        };
        let scalar = scalar(name, length)?;
        let point = point(algorithm, &scalar)?;
        let sec1 = private_key::sec1(algorithm, &scalar, Some(&point))?;
        let bare = private_key::sec1(algorithm, &scalar, None)?;
        let pkcs8 = private_key::ec(algorithm, &scalar, None)?;
        let parameters = pem::private_key("EC PARAMETERS", &private_key::curve_oid(algorithm)?);
        let sec1_file = pem::private_key("EC PRIVATE KEY", &sec1);
        let forms = [
            ("sec1.pem", sec1_file.clone()),
            ("sec1-with-parameters.pem", [parameters, sec1_file].concat()),
            (
                "sec1-without-public-key.pem",
                pem::private_key("EC PRIVATE KEY", &bare),
            ),
            (
                "pkcs8-without-public-key.pem",
                pem::private_key("PRIVATE KEY", &pkcs8),
            ),
            ("sec1.der", sec1),
        ];
        for (form, content) in forms {
            files.insert(format!("keys/{name}-{form}"), content);
        }
    }
    let lying = lying_point()?;
    files.insert("keys/p256-wrong-public-key.pem".into(), lying);
    Ok(())
}

/// The right scalar beside another key's point.
fn lying_point() -> Result<Vec<u8>> {
    let other = point(KeyAlgorithm::P256, &scalar("another", 32)?)?;
    let der = private_key::ec(KeyAlgorithm::P256, &scalar("p256", 32)?, Some(&other))?;
    Ok(pem::private_key("PRIVATE KEY", &der))
}

fn point(algorithm: KeyAlgorithm, scalar: &[u8]) -> Result<Vec<u8>> {
    let bare = private_key::ec(algorithm, scalar, None)?;
    let key = private_key::load(&RustCrypto, &bare)?;
    Ok(key.public_key().key_bytes().to_vec())
}

const fn scalar_length(algorithm: KeyAlgorithm) -> Option<usize> {
    match algorithm {
        KeyAlgorithm::P256 => Some(32),
        KeyAlgorithm::P384 => Some(48),
        KeyAlgorithm::P521 => Some(66),
        _ => None,
    }
}

/// Below every curve's order: the first bits are cleared.
fn scalar(name: &str, length: usize) -> Result<Vec<u8>> {
    let mut scalar = seed(name, length)?;
    if let Some(first) = scalar.first_mut() {
        *first = if length == 66 { 0 } else { *first & 0x7f };
    }
    Ok(scalar)
}

/// SHA-256 of a name and a counter, as often as it takes.
pub(super) fn seed(name: &str, length: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for block in 0..length.div_ceil(32) {
        let text = format!("rolesanywhere conformance {name} {block}");
        bytes.extend(hex::decode(&sha256_hex(text.as_bytes()))?);
    }
    bytes.truncate(length);
    Ok(bytes)
}

/// `SubjectPublicKeyInfo` of a key that the service does not take.
pub(super) fn foreign_spki(algorithm: &[Vec<u8>], key: &[u8]) -> Vec<u8> {
    der::sequence(&[der::sequence(algorithm), der::bit_string(key)])
}
