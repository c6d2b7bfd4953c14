//! Operation `signature`: a key and a message in, a signature out.

use super::Source;
use crate::suite::equal;
use crate::{Result, hex, private_key};
use rolesanywhere_core::{Backend, Signature, SigningKey};
use serde::Deserialize;

/// Tests with one key.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Group {
    /// Where the expected signatures come from.
    pub source: Source,
    /// The key's algorithm, as the core names it.
    pub key_algorithm: String,
    /// The key file.
    pub private_key_pem: String,
    /// The content of the key's `subjectPublicKey`.
    pub public_key_hex: String,
    /// The tests.
    pub tests: Vec<Test>,
}

/// One message.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Test {
    /// `signature::topic::case`
    pub id: String,
    /// One sentence.
    pub description: String,
    /// What is signed.
    pub input: Input,
    /// Whether something or an error must come out.
    pub result: Outcome,
    /// What must come out.
    pub expected: Expected,
}

/// What is signed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Input {
    /// UTF-8 text.
    pub message: String,
}

/// The kinds of results.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// The call succeeds with the expected values.
    Valid,
}

/// What must come out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Expected {
    /// The signature as `Authorization` has it.
    pub signature_hex: String,
}

impl Group {
    /// Signs with a backend whose signatures are deterministic, and compares byte for byte.
    ///
    /// # Errors
    /// Where public key or signature differ.
    pub fn sign(&self, test: &Test, backend: &dyn Backend) -> Result<()> {
        let key = self.signing_key(backend)?;
        let signature = key.sign(test.input.message.as_bytes())?;
        equal(
            "signature",
            signature.to_hex(),
            test.expected.signature_hex.clone(),
        )
    }

    /// Verifies the expected signature, and one that the backend makes.
    ///
    /// # Errors
    /// Where one of the two does not hold.
    pub fn verify(&self, test: &Test, backend: &dyn Backend) -> Result<()> {
        let key = self.signing_key(backend)?;
        let message = test.input.message.as_bytes();
        let expected = Signature::new(hex::decode(&test.expected.signature_hex)?);
        backend.verify(key.public_key(), message, &expected)?;
        backend.verify(key.public_key(), message, &key.sign(message)?)?;
        Ok(())
    }

    fn signing_key(&self, backend: &dyn Backend) -> Result<Box<dyn SigningKey>> {
        let key = private_key::load(backend, self.private_key_pem.as_bytes())?;
        let public_key = key.public_key();
        equal(
            "algorithm",
            public_key.algorithm().as_str(),
            &self.key_algorithm,
        )?;
        equal(
            "public key",
            public_key.key_bytes(),
            &hex::decode(&self.public_key_hex)?,
        )?;
        Ok(key)
    }
}
