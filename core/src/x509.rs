//! X.509 certificates (RFC 5280): what the service and the signature need of them.

use crate::signing::PublicKey;
use alloc::vec::Vec;

/// One certificate, read once.
#[derive(Debug, Clone)]
pub struct Certificate {
    der: Vec<u8>,
    public_key: PublicKey,
}

impl Certificate {
    /// The DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The public key.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }
}
