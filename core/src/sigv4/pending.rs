//! A request that lacks only its signature: what is signed, and where the signature goes.

use super::authorization::authorization;
use super::canonical::CanonicalRequest;
use super::{credential_scope, string_to_sign};
use crate::encoding::sha256;
use crate::error::{Error, ErrorCode, Result};
use crate::http::HttpRequest;
use crate::identity::Identity;
use crate::signing::{
    Backend, KeyAlgorithm, PublicKey, Signature, SignatureScheme, SigningKey, encode_signature,
};
use crate::time::Timestamp;
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// A request that lacks only its signature.
///
/// # Examples
/// ```no_run
/// # fn example(pending: rolesanywhere_core::PendingSignature, token: impl Fn(&[u8]) -> Vec<u8>)
/// # -> rolesanywhere_core::error::Result<()> {
/// use rolesanywhere_core::{Signature, sigv4::SignatureEncoding};
///
/// // A token that signs with ECDSA and returns r and s.
/// let signature = Signature::new(token(&pending.request().message));
/// let request = pending.finish(&signature, SignatureEncoding::Raw)?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct PendingSignature {
    request: HttpRequest,
    canonical_request: String,
    signed_headers: String,
    credential_scope: String,
    string_to_sign: String,
    serial_number: String,
    certificate_der: Vec<u8>,
    public_key: PublicKey,
}

/// What somebody has to sign: everything an external signer (HSM, KMS, WebCrypto) needs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SigningRequest {
    /// The string to sign: hashed by the signer for RSA and ECDSA, signed as it is for ML-DSA.
    pub message: Vec<u8>,
    /// SHA-256 of the message, for signers that take a digest; `None` for ML-DSA.
    pub digest: Option<[u8; 32]>,
    /// What to compute.
    pub scheme: SignatureScheme,
    /// The leaf's key algorithm.
    pub key_algorithm: KeyAlgorithm,
    /// The leaf's DER, to find the key by.
    pub certificate_der: Vec<u8>,
}

impl SigningRequest {
    /// What has to be signed for `message`, with the key that `certificate_der` was issued for.
    #[must_use]
    pub fn new(message: &[u8], key_algorithm: KeyAlgorithm, certificate_der: &[u8]) -> Self {
        let scheme = key_algorithm.scheme();
        Self {
            message: message.to_vec(),
            digest: scheme.takes_digest().then(|| sha256(message)),
            scheme,
            key_algorithm,
            certificate_der: certificate_der.to_vec(),
        }
    }
}

/// How a signer encodes an ECDSA signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SignatureEncoding {
    /// ASN.1 DER (RFC 3279 §2.2.3), and the only form of RSA and ML-DSA signatures.
    #[default]
    Der,
    /// r and s, big-endian, each of the curve's length (WebCrypto, PKCS#11).
    Raw,
}

impl PendingSignature {
    pub(super) fn new(
        request: HttpRequest,
        canonical: CanonicalRequest,
        region: &str,
        service: &str,
        identity: &Identity,
        now: Timestamp,
    ) -> Self {
        let credential_scope = credential_scope(now, region, service);
        let (canonical_request, signed_headers) = canonical.into_parts();
        let algorithm = identity.algorithm().as_str();
        Self {
            string_to_sign: string_to_sign(algorithm, now, &credential_scope, &canonical_request),
            credential_scope,
            serial_number: identity.serial_number().to_string(),
            certificate_der: identity.certificate_der().to_vec(),
            public_key: identity.public_key().clone(),
            request,
            canonical_request,
            signed_headers,
        }
    }

    /// The canonical request.
    #[must_use]
    pub fn canonical_request(&self) -> &str {
        &self.canonical_request
    }

    /// The string to sign.
    #[must_use]
    pub fn string_to_sign(&self) -> &[u8] {
        self.string_to_sign.as_bytes()
    }

    /// The names of the signed headers, joined by `;`.
    #[must_use]
    pub fn signed_headers(&self) -> &str {
        &self.signed_headers
    }

    /// `YYYYMMDD/region/service/aws4_request`
    #[must_use]
    pub fn credential_scope(&self) -> &str {
        &self.credential_scope
    }

    /// What an external signer gets.
    #[must_use]
    pub fn request(&self) -> SigningRequest {
        let key_algorithm = self.public_key.algorithm();
        SigningRequest::new(self.string_to_sign(), key_algorithm, &self.certificate_der)
    }

    /// The unsigned request, for messages that explain it.
    #[must_use]
    pub const fn unsigned_request(&self) -> &HttpRequest {
        &self.request
    }

    /// The signed request. Checks the signature's length and encoding only; whether it holds,
    /// [`verify`](Self::verify) tells.
    ///
    /// # Errors
    /// `signature_malformed`
    pub fn finish(
        &self,
        signature: &Signature,
        encoding: SignatureEncoding,
    ) -> Result<HttpRequest> {
        let signature = encode_signature(&self.public_key, signature, encoding)?;
        let value = authorization(
            self.public_key.algorithm().signing_algorithm(),
            &self.serial_number,
            &self.credential_scope,
            &self.signed_headers,
            &signature,
        );
        let mut request = self.request.clone();
        request.headers.push(("Authorization".into(), value));
        Ok(request)
    }

    /// Signs with a key at hand. Compares its public half with the leaf's.
    ///
    /// # Errors
    /// `key_mismatch`, `signing_failed`, `signature_malformed`
    pub fn sign(&self, key: &dyn SigningKey) -> Result<HttpRequest> {
        if key.public_key() != &self.public_key {
            let message = "the private key does not belong to the certificate";
            return Err(Error::new(ErrorCode::KeyMismatch, message));
        }
        let signature = key.sign(self.string_to_sign())?;
        self.finish(&signature, SignatureEncoding::Der)
    }

    /// Verifies a signature over the string to sign with the leaf's public key.
    ///
    /// # Errors
    /// `signature_malformed`, `signature_invalid`, `feature_unavailable`
    pub fn verify(
        &self,
        signature: &Signature,
        encoding: SignatureEncoding,
        backend: &dyn Backend,
    ) -> Result<()> {
        let signature = encode_signature(&self.public_key, signature, encoding)?;
        backend.verify(&self.public_key, self.string_to_sign(), &signature)
    }
}
