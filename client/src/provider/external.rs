//! A key that is somewhere else: whoever holds it is asked for each signature.

use crate::snapshot::Snapshot;
use rolesanywhere_core::Identity;
use rolesanywhere_core::crypto::AwsLc;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_core::provider::SignerError;
use rolesanywhere_core::signing::{Backend, PublicKey, Signature, SigningKey, encode_signature};
use rolesanywhere_core::sigv4::{SignatureEncoding, SigningRequest};
use std::fmt;
use std::sync::Arc;

/// Signs what it is asked to and says how ECDSA's r and s are encoded.
pub type SignCallback = dyn Fn(&SigningRequest) -> std::result::Result<(Signature, SignatureEncoding), SignerError>
    + Send
    + Sync;

/// The key of an HSM, a TPM, a KMS, an agent: a callback that signs for one certificate.
///
/// Each signature is verified with the certificate's public key before it is used: a token that
/// signs with another key is told from a service that refuses.
pub struct ExternalKey {
    public_key: PublicKey,
    certificate_der: Vec<u8>,
    sign: Arc<SignCallback>,
}

impl ExternalKey {
    /// The key that belongs to this identity's leaf.
    #[must_use]
    pub fn new(identity: &Identity, sign: Arc<SignCallback>) -> Self {
        Self {
            public_key: identity.public_key().clone(),
            certificate_der: identity.certificate_der().to_vec(),
            sign,
        }
    }

    /// The identity with this key.
    #[must_use]
    pub fn snapshot(identity: Identity, sign: Arc<SignCallback>) -> Snapshot {
        let key = Box::new(Self::new(&identity, sign));
        Snapshot::new(identity, key)
    }
}

impl SigningKey for ExternalKey {
    fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    fn sign(&self, message: &[u8]) -> Result<Signature> {
        let algorithm = self.public_key.algorithm();
        let request = SigningRequest::new(message, algorithm, &self.certificate_der);
        let (signature, encoding) = (self.sign)(&request).map_err(|cause| {
            Error::new(ErrorCode::SigningFailed, "the external signer failed").with_cause(cause)
        })?;
        let signature = encode_signature(&self.public_key, &signature, encoding)?;
        AwsLc.verify(&self.public_key, message, &signature)?;
        Ok(signature)
    }
}

impl fmt::Debug for ExternalKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ExternalKey({:?})", self.public_key.algorithm())
    }
}
