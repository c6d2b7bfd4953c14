//! The cryptography of the build: pure Rust, with RSA where that is built in.

use rolesanywhere_core::crypto::RustCrypto;
#[cfg(feature = "rsa")]
use rolesanywhere_core::crypto::RustCryptoRsa;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_core::{Backend, KeyAlgorithm, PrivateKey, PublicKey, Signature, SigningKey};

/// EC and ML-DSA always; RSA in the build that has it, once it was given randomness for blinding.
#[derive(Debug, Default, Clone)]
pub(crate) struct PureRust {
    #[cfg(feature = "rsa")]
    rsa: Option<RustCryptoRsa>,
}

impl PureRust {
    /// 32 bytes from the host's random generator, new in each instance.
    pub(crate) fn seed(&mut self, seed: &[u8]) -> Result<()> {
        let Ok(seed) = <[u8; 32]>::try_from(seed) else {
            let message = "`seed` takes 32 random bytes";
            return Err(Error::new(ErrorCode::ArgumentInvalid, message));
        };
        #[cfg(feature = "rsa")]
        {
            self.rsa = Some(RustCryptoRsa::new(seed));
        }
        #[cfg(not(feature = "rsa"))]
        let _unused = seed;
        Ok(())
    }

    #[cfg(feature = "rsa")]
    fn rsa(&self) -> Result<&RustCryptoRsa> {
        self.rsa.as_ref().ok_or_else(|| {
            let message = "RSA needs the operation `seed` first";
            Error::new(ErrorCode::FeatureUnavailable, message)
        })
    }
}

impl Backend for PureRust {
    #[cfg(feature = "rsa")]
    fn signing_key(&self, private_key: PrivateKey) -> Result<Box<dyn SigningKey>> {
        match private_key.key_algorithm() {
            KeyAlgorithm::Rsa => self.rsa()?.signing_key(private_key),
            _ => RustCrypto.signing_key(private_key),
        }
    }

    #[cfg(not(feature = "rsa"))]
    fn signing_key(&self, private_key: PrivateKey) -> Result<Box<dyn SigningKey>> {
        match private_key.key_algorithm() {
            KeyAlgorithm::Rsa => Err(no_rsa()),
            _ => RustCrypto.signing_key(private_key),
        }
    }

    fn verify(&self, public_key: &PublicKey, message: &[u8], signature: &Signature) -> Result<()> {
        match public_key.algorithm() {
            #[cfg(feature = "rsa")]
            KeyAlgorithm::Rsa => self.rsa()?.verify(public_key, message, signature),
            #[cfg(not(feature = "rsa"))]
            KeyAlgorithm::Rsa => Err(no_rsa()),
            _ => RustCrypto.verify(public_key, message, signature),
        }
    }
}

#[cfg(not(feature = "rsa"))]
fn no_rsa() -> Error {
    Error::new(
        ErrorCode::FeatureUnavailable,
        "RSA private keys are not in this build",
    )
    .with_hint("give a CryptoKey or a function as `sign`, or import `rolesanywhere-wasm/rsa`")
}
