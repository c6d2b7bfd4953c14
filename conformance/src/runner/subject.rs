//! What is tested: the core with one of its backends.

use rolesanywhere_core::crypto::{AwsLc, RustCrypto, RustCryptoRsa};
use rolesanywhere_core::error::Result;
use rolesanywhere_core::{Backend, KeyAlgorithm, PrivateKey, PublicKey, Signature, SigningKey};

/// The core with one backend.
#[derive(Debug, Clone, Copy)]
pub struct Subject {
    name: &'static str,
    pub(crate) backend: &'static dyn Backend,
    /// Whether ECDSA and ML-DSA signatures are always the same bytes.
    deterministic: bool,
}

/// Any seed will do: it changes no signature.
static PURE_RUST: PureRust = PureRust(RustCryptoRsa::new([1; 32]));

/// Every backend, under its runner's name.
pub static BACKENDS: [Subject; 2] = [
    Subject {
        name: "rust-aws-lc",
        backend: &AwsLc,
        deterministic: false,
    },
    Subject {
        name: "rust-rustcrypto",
        backend: &PURE_RUST,
        deterministic: true,
    },
];

impl Subject {
    /// The runner's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether signatures of this algorithm are always the same bytes.
    pub(crate) fn is_deterministic(&self, algorithm: KeyAlgorithm) -> bool {
        self.deterministic || algorithm == KeyAlgorithm::Rsa
    }
}

/// The two backends of RustCrypto as one.
#[derive(Debug)]
struct PureRust(RustCryptoRsa);

impl Backend for PureRust {
    fn signing_key(&self, private_key: PrivateKey) -> Result<Box<dyn SigningKey>> {
        if private_key.key_algorithm() == KeyAlgorithm::Rsa {
            self.0.signing_key(private_key)
        } else {
            RustCrypto.signing_key(private_key)
        }
    }

    fn verify(&self, public_key: &PublicKey, message: &[u8], signature: &Signature) -> Result<()> {
        if public_key.algorithm() == KeyAlgorithm::Rsa {
            self.0.verify(public_key, message, signature)
        } else {
            RustCrypto.verify(public_key, message, signature)
        }
    }
}
