//! An identity: the end-entity certificate, its chain, and what must hold before it is used.

use crate::error::Result;
use crate::signing::{Backend, PublicKey, SigningAlgorithm, SigningKey};
use crate::time::Timestamp;
use crate::x509::Certificate;
use alloc::{boxed::Box, string::String, vec::Vec};

/// The end-entity certificate and its intermediates, ordered as `X-Amz-X509-Chain` wants them.
#[derive(Debug, Clone)]
pub struct Identity {
    leaf: Certificate,
    chain: Vec<Certificate>,
}

impl Identity {
    /// Reads the leaf (and any chain) from PEM or DER.
    ///
    /// # Errors
    /// see the codes of kind `identity`
    pub fn from_pem(_certificate: &[u8], _chain: Option<&[u8]>) -> Result<Self> {
        todo!()
    }

    /// Everything that the clock, the key or the service's documented rules say against it.
    #[must_use]
    pub fn findings(&self, _now: Timestamp, _key: Option<&dyn SigningKey>) -> Vec<Finding> {
        todo!()
    }

    /// The most specific error among the findings.
    ///
    /// # Errors
    /// see the codes of kind `identity`
    pub fn check(&self, _now: Timestamp, _key: Option<&dyn SigningKey>) -> Result<()> {
        todo!()
    }

    /// The leaf's serial number in decimal.
    #[must_use]
    pub fn serial_number(&self) -> &str {
        todo!()
    }

    /// The leaf's public key.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        todo!()
    }

    /// The SigV4 token, from the leaf's public key.
    #[must_use]
    pub fn algorithm(&self) -> SigningAlgorithm {
        self.public_key().algorithm().signing_algorithm()
    }

    /// The leaf's subject as RFC 4514 prints it.
    #[must_use]
    pub fn subject(&self) -> String {
        todo!()
    }

    /// The leaf's issuer as RFC 4514 prints it.
    #[must_use]
    pub fn issuer(&self) -> String {
        todo!()
    }

    /// The start of the leaf's validity.
    #[must_use]
    pub fn not_before(&self) -> Timestamp {
        todo!()
    }

    /// The end of the leaf's validity.
    #[must_use]
    pub fn not_after(&self) -> Timestamp {
        todo!()
    }

    /// The leaf's DER.
    #[must_use]
    pub fn certificate_der(&self) -> &[u8] {
        self.leaf.der()
    }

    /// The DER of each intermediate, the leaf's issuer first.
    pub fn chain_der(&self) -> impl Iterator<Item = &[u8]> {
        self.chain.iter().map(Certificate::der)
    }

    /// The leaf.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.leaf
    }
}

/// One thing found about an identity.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The error it would be: code, fact and hint.
    pub error: crate::error::Error,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// May fail, or will fail soon.
    Warning,
    /// Will be refused.
    Error,
}

/// Reads an identity and, where there is one, its private key from any mix of PEM and DER.
///
/// The leaf is the certificate that matches the key; without a key the only one that issues none
/// of the others.
///
/// # Errors
/// `leaf_ambiguous`, and the codes of kind `identity`
pub fn load_identity(
    _parts: &[&[u8]],
    _backend: &dyn Backend,
) -> Result<(Identity, Option<Box<dyn SigningKey>>)> {
    todo!()
}
