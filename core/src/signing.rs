//! Who signs: key algorithms, the SigV4 tokens they imply, and the traits a backend implements.

pub(crate) mod algorithm_identifier;
mod certificate_signature;
mod public_key;
pub(crate) mod signature_form;

pub use certificate_signature::CertificateSignatureScheme;
pub use public_key::PublicKey;
pub(crate) use public_key::rsa_modulus_bits;
pub use signature_form::encode_signature;

use crate::error::{Error, ErrorCode, Result};
use crate::key::PrivateKey;
use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;

/// A public key algorithm that the service takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyAlgorithm {
    /// RSA, 1024 to 8192 bits.
    Rsa,
    /// ECDSA on NIST P-256.
    P256,
    /// ECDSA on NIST P-384.
    P384,
    /// ECDSA on NIST P-521.
    P521,
    /// ML-DSA-44 (FIPS 204).
    MlDsa44,
    /// ML-DSA-65 (FIPS 204).
    MlDsa65,
    /// ML-DSA-87 (FIPS 204).
    MlDsa87,
}

impl KeyAlgorithm {
    /// Every algorithm.
    pub const ALL: &[Self] = &[
        Self::Rsa,
        Self::P256,
        Self::P384,
        Self::P521,
        Self::MlDsa44,
        Self::MlDsa65,
        Self::MlDsa87,
    ];

    /// The algorithm's name: `rsa`, `p256`, …, `ml_dsa_87`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::P256 => "p256",
            Self::P384 => "p384",
            Self::P521 => "p521",
            Self::MlDsa44 => "ml_dsa_44",
            Self::MlDsa65 => "ml_dsa_65",
            Self::MlDsa87 => "ml_dsa_87",
        }
    }

    /// The SigV4 token of this key algorithm.
    #[must_use]
    pub const fn signing_algorithm(self) -> SigningAlgorithm {
        match self {
            Self::Rsa => SigningAlgorithm::RsaSha256,
            Self::P256 | Self::P384 | Self::P521 => SigningAlgorithm::EcdsaSha256,
            Self::MlDsa44 | Self::MlDsa65 | Self::MlDsa87 => SigningAlgorithm::MlDsa,
        }
    }

    /// How a key of this algorithm signs the string to sign.
    #[must_use]
    pub const fn scheme(self) -> SignatureScheme {
        match self {
            Self::Rsa => SignatureScheme::RsaPkcs1Sha256,
            Self::P256 | Self::P384 | Self::P521 => SignatureScheme::EcdsaSha256,
            Self::MlDsa44 => SignatureScheme::MlDsa44,
            Self::MlDsa65 => SignatureScheme::MlDsa65,
            Self::MlDsa87 => SignatureScheme::MlDsa87,
        }
    }
}

/// The first line of the string to sign and the first word of `Authorization`.
///
/// Chosen from the leaf's public key, never from the hash its CA used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SigningAlgorithm {
    /// `AWS4-X509-RSA-SHA256`
    RsaSha256,
    /// `AWS4-X509-ECDSA-SHA256`
    EcdsaSha256,
    /// `AWS4-X509-MLDSA`
    MlDsa,
}

impl SigningAlgorithm {
    /// The token as it stands on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RsaSha256 => "AWS4-X509-RSA-SHA256",
            Self::EcdsaSha256 => "AWS4-X509-ECDSA-SHA256",
            Self::MlDsa => "AWS4-X509-MLDSA",
        }
    }
}

/// What an external signer has to compute over the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureScheme {
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2).
    RsaPkcs1Sha256,
    /// ECDSA with SHA-256 on the key's own curve (FIPS 186-5).
    EcdsaSha256,
    /// Pure ML-DSA-44 with an empty context (FIPS 204).
    MlDsa44,
    /// Pure ML-DSA-65 with an empty context (FIPS 204).
    MlDsa65,
    /// Pure ML-DSA-87 with an empty context (FIPS 204).
    MlDsa87,
}

impl SignatureScheme {
    /// The scheme's name: `rsa_pkcs1_sha256`, `ecdsa_sha256`, `ml_dsa_44`, …
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RsaPkcs1Sha256 => "rsa_pkcs1_sha256",
            Self::EcdsaSha256 => "ecdsa_sha256",
            Self::MlDsa44 => "ml_dsa_44",
            Self::MlDsa65 => "ml_dsa_65",
            Self::MlDsa87 => "ml_dsa_87",
        }
    }

    /// Whether a signer may be given the message's SHA-256 in place of the message.
    #[must_use]
    pub const fn takes_digest(self) -> bool {
        matches!(self, Self::RsaPkcs1Sha256 | Self::EcdsaSha256)
    }
}

/// Something that signs with one key.
///
/// `message` is the string to sign, not its digest.
pub trait SigningKey: fmt::Debug + Send + Sync {
    /// The key's public half.
    fn public_key(&self) -> &PublicKey;

    /// Signs `message` with the [scheme](KeyAlgorithm::scheme) of the key's algorithm; ECDSA
    /// signatures are ASN.1 DER.
    ///
    /// # Errors
    /// `signing_failed`, opaque on purpose.
    fn sign(&self, message: &[u8]) -> Result<Signature>;

    /// Signs `message` over another hash, to test a key; the service takes SHA-256 alone. ML-DSA
    /// hashes by itself and ignores `hash`.
    ///
    /// # Errors
    /// `signing_failed`; `feature_unavailable` where the key has no other hash than SHA-256.
    fn sign_with(&self, hash: MessageHash, message: &[u8]) -> Result<Signature> {
        match hash {
            MessageHash::Sha256 => self.sign(message),
            MessageHash::Sha384 | MessageHash::Sha512 => Err(Error::new(
                ErrorCode::FeatureUnavailable,
                "this key signs over SHA-256 only",
            )),
        }
    }
}

/// The hash under an RSA or ECDSA signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum MessageHash {
    /// SHA-256, the hash of every SigV4 signature.
    #[default]
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// A cryptographic library: makes signing keys from parsed ones and verifies signatures.
///
/// The caller names the type; no feature picks one.
pub trait Backend: fmt::Debug + Send + Sync {
    /// Takes a parsed private key into the backend; the parsed form is wiped.
    ///
    /// # Errors
    /// `feature_unavailable` where the backend lacks the algorithm, `private_key_malformed` where
    /// the key's parts do not fit together, `key_too_small`.
    fn signing_key(&self, private_key: PrivateKey) -> Result<Box<dyn SigningKey>>;

    /// Verifies a signature over `message` in the key's [scheme](KeyAlgorithm::scheme).
    ///
    /// # Errors
    /// `signature_invalid`; `feature_unavailable` where the backend lacks the algorithm.
    fn verify(&self, public_key: &PublicKey, message: &[u8], signature: &Signature) -> Result<()>;

    /// Verifies a CA's signature over a certificate's `tbsCertificate` (RFC 5280 §4.1.1.3).
    ///
    /// Without an implementation of its own a backend does so where the hash is SHA-256.
    ///
    /// # Errors
    /// `signature_invalid`; `feature_unavailable` where the backend lacks algorithm or hash.
    fn verify_certificate(
        &self,
        issuer: &PublicKey,
        scheme: CertificateSignatureScheme,
        message: &[u8],
        signature: &Signature,
    ) -> Result<()> {
        scheme.verify_over_sha256(self, issuer, message, signature)
    }
}

/// A signature as it goes into `Authorization`: raw for RSA and ML-DSA, ASN.1 DER for ECDSA.
#[derive(Clone, PartialEq, Eq)]
pub struct Signature(Vec<u8>);

impl Signature {
    /// Wraps bytes that a signer returned; [`PendingSignature::finish`] checks them.
    ///
    /// [`PendingSignature::finish`]: crate::sigv4::PendingSignature::finish
    #[must_use]
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Lower-case hex, as in `Authorization`.
    #[must_use]
    pub fn to_hex(&self) -> String {
        crate::encoding::hex(&self.0)
    }
}

/// A signed request is a bearer credential while its date is fresh: only the length is printed.
impl fmt::Debug for Signature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Signature({} bytes)", self.0.len())
    }
}
