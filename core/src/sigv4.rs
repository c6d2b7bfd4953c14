//! Signature Version 4 with X.509, for any request, in two phases.

use crate::error::Result;
use crate::http::HttpRequest;
use crate::identity::Identity;
use crate::signing::{Backend, KeyAlgorithm, Signature, SignatureScheme, SigningKey};
use crate::time::Timestamp;
use alloc::{string::String, vec::Vec};

/// Any request, to be signed with exactly these headers plus `host`, `x-amz-date`, `x-amz-x509`
/// and `x-amz-x509-chain`.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_structs, reason = "plain input data")]
pub struct SignableRequest<'a> {
    /// The method.
    pub method: &'a str,
    /// The absolute URL.
    pub url: &'a str,
    /// Names and values; a name that repeats is joined, wire order is kept.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub body: &'a [u8],
    /// The region of the credential scope.
    pub region: &'a str,
    /// The service of the credential scope: `rolesanywhere`.
    pub service: &'a str,
}

impl SignableRequest<'_> {
    /// Everything up to the signature.
    ///
    /// # Errors
    /// `request_malformed`
    pub fn prepare(&self, _identity: &Identity, _now: Timestamp) -> Result<PendingSignature> {
        todo!()
    }

    /// `prepare`, the key's signature, `finish`.
    ///
    /// # Errors
    /// `key_mismatch`, `signing_failed`
    pub fn sign(
        &self,
        _identity: &Identity,
        _key: &dyn SigningKey,
        _now: Timestamp,
    ) -> Result<HttpRequest> {
        todo!()
    }
}

/// A request that lacks only its signature.
#[derive(Debug, Clone)]
pub struct PendingSignature {}

/// What somebody has to sign.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SigningRequest {
    /// The string to sign: hashed by the signer for RSA and ECDSA, signed as it is for ML-DSA.
    pub message: Vec<u8>,
    /// SHA-256 of the message, for signers that take a digest (RSA and ECDSA).
    pub digest: Option<[u8; 32]>,
    /// What to compute.
    pub scheme: SignatureScheme,
    /// The leaf's key algorithm.
    pub key_algorithm: KeyAlgorithm,
    /// The leaf, to find the key by.
    pub certificate_der: Vec<u8>,
}

/// How an external signer encodes an ECDSA signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SignatureEncoding {
    /// ASN.1 DER, and the only form of RSA and ML-DSA signatures.
    #[default]
    Der,
    /// r and s, big-endian, each of the curve's length (WebCrypto, PKCS#11, KMS raw).
    Raw,
}

impl PendingSignature {
    /// The canonical request.
    #[must_use]
    pub fn canonical_request(&self) -> &str {
        todo!()
    }

    /// The string to sign.
    #[must_use]
    pub fn string_to_sign(&self) -> &[u8] {
        todo!()
    }

    /// `a;b;c`
    #[must_use]
    pub fn signed_headers(&self) -> &str {
        todo!()
    }

    /// `YYYYMMDD/region/service/aws4_request`
    #[must_use]
    pub fn credential_scope(&self) -> &str {
        todo!()
    }

    /// What an external signer gets.
    #[must_use]
    pub fn request(&self) -> SigningRequest {
        todo!()
    }

    /// The signed request; checks the signature's length and encoding only.
    ///
    /// # Errors
    /// `signature_malformed`
    pub fn finish(
        self,
        _signature: &Signature,
        _encoding: SignatureEncoding,
    ) -> Result<HttpRequest> {
        todo!()
    }

    /// Verifies a signature with the leaf's public key.
    ///
    /// # Errors
    /// `signature_malformed`, `signature_invalid`
    pub fn verify(
        &self,
        _signature: &Signature,
        _encoding: SignatureEncoding,
        _backend: &dyn Backend,
    ) -> Result<()> {
        todo!()
    }
}
