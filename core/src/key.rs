//! Private keys: bytes in, parsed material out, wiped on drop, never printed, cloned or exported.

mod ml_dsa;
mod pkcs1;
mod pkcs8;
mod sec1;

use crate::error::{Error, ErrorCode, Result};
use crate::pem::{self, Block};
use crate::signing::KeyAlgorithm;
use alloc::borrow::Cow;
use alloc::{format, string::String, vec::Vec};
use core::fmt;
use zeroize::Zeroizing;

/// A parsed private key. A [`Backend`](crate::signing::Backend) turns it into a signing key.
///
/// Parsing checks form and sizes: that a key's numbers fit together is for the backend to say.
pub struct PrivateKey {
    material: Material,
}

/// What a backend takes the key from.
#[cfg_attr(
    not(any(
        test,
        feature = "aws-lc-rs",
        all(feature = "rustcrypto", feature = "rustcrypto-rsa")
    )),
    expect(dead_code, reason = "only the backends read it, each its own keys")
)]
pub(crate) enum Material {
    /// `RSAPrivateKey` DER (RFC 8017 A.1.2), two primes, 1024 to 8192 bits.
    Rsa { pkcs1_der: Zeroizing<Vec<u8>> },
    /// The private scalar, big-endian, of the curve's length and not zero, and the uncompressed
    /// point where the file had one.
    Ec {
        algorithm: KeyAlgorithm,
        scalar: Zeroizing<Vec<u8>>,
        public_point: Option<Vec<u8>>,
    },
    /// RFC 9881: the seed (32 octets), the expanded key, or both; whether both agree is not checked
    /// here.
    MlDsa {
        algorithm: KeyAlgorithm,
        seed: Option<Zeroizing<Vec<u8>>>,
        expanded: Option<Zeroizing<Vec<u8>>>,
    },
}

impl PrivateKey {
    /// Reads one private key from PEM or DER: PKCS#8 (RFC 5958, both versions), SEC1 (RFC 5915) or
    /// PKCS#1 (RFC 8017), with anything else before, between and after.
    ///
    /// # Errors
    /// `private_key_missing`; `private_key_ambiguous` for two different ones;
    /// `private_key_encrypted`; `private_key_malformed`; `key_algorithm_unsupported`, by name;
    /// `key_too_small` for RSA under 1024 bits; `feature_unavailable` for PKCS#12 and TPM keys; and
    /// those of [`pem::blocks`].
    ///
    /// # Examples
    /// ```
    /// use rolesanywhere_core::{ErrorCode, PrivateKey};
    ///
    /// let encrypted = b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n\
    ///     MBwwDgYJKoZIhvcNAQUNMAEEAQAECgAAAAAAAAAAAAA=\n\
    ///     -----END ENCRYPTED PRIVATE KEY-----\n";
    /// let error = PrivateKey::from_pem(encrypted).expect_err("needs its passphrase");
    /// assert_eq!(error.code(), ErrorCode::PrivateKeyEncrypted);
    /// assert!(error.hint().contains("openssl pkey"));
    /// # Ok::<(), rolesanywhere_core::Error>(())
    /// ```
    pub fn from_pem(data: &[u8]) -> Result<Self> {
        let mut found: Option<Block<'_>> = None;
        let mut other = None;
        for block in pem::blocks(data)? {
            let block = block?;
            if !is_private_key(&block) {
                other.get_or_insert_with(|| Cow::from(String::from(block.label())));
            } else if found
                .as_ref()
                .is_some_and(|known| known.der() != block.der())
            {
                return Err(ambiguous());
            } else {
                found = Some(block);
            }
        }
        match found {
            Some(block) => Self::from_block(&block),
            None => Err(missing(other)),
        }
    }

    /// The key's algorithm.
    #[must_use]
    pub fn key_algorithm(&self) -> KeyAlgorithm {
        match &self.material {
            Material::Rsa { .. } => KeyAlgorithm::Rsa,
            Material::Ec { algorithm, .. } | Material::MlDsa { algorithm, .. } => *algorithm,
        }
    }

    /// Reads a block that [`is_private_key`].
    pub(crate) fn from_block(block: &Block<'_>) -> Result<Self> {
        let material = match block.label() {
            _ if block.is_encrypted() => Err(encrypted()),
            "PRIVATE KEY" => pkcs8::read(block.der()),
            "EC PRIVATE KEY" => sec1::read(block.der(), None),
            "RSA PRIVATE KEY" => pkcs1::read(block.der()),
            label => Err(unreadable(label)),
        }?;
        Ok(Self { material })
    }

    #[cfg(all(
        test,
        feature = "aws-lc-rs",
        feature = "rustcrypto",
        feature = "rustcrypto-rsa"
    ))]
    pub(crate) const fn from_material(material: Material) -> Self {
        Self { material }
    }

    #[cfg_attr(
        not(any(
            test,
            feature = "aws-lc-rs",
            feature = "rustcrypto",
            feature = "rustcrypto-rsa"
        )),
        expect(dead_code, reason = "only the backends read it")
    )]
    pub(crate) const fn material(&self) -> &Material {
        &self.material
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let algorithm = self.key_algorithm().as_str();
        write!(formatter, "PrivateKey({algorithm}, redacted)")
    }
}

/// Whether a block holds a private key, also one that is not read.
pub(crate) fn is_private_key(block: &Block<'_>) -> bool {
    block.label().ends_with("PRIVATE KEY") || block.label() == "PKCS12"
}

pub(crate) fn ambiguous() -> Error {
    Error::new(
        ErrorCode::PrivateKeyAmbiguous,
        "there is more than one private key",
    )
}

fn missing(other: Option<Cow<'_, str>>) -> Error {
    let message = match other {
        Some(label) if label.is_empty() => {
            return malformed("the input is neither PEM nor the DER of a private key");
        }
        Some(label) => Cow::from(format!("there is no private key; the input holds {label}")),
        None => Cow::from("there is no private key: the input is neither PEM nor DER"),
    };
    Error::new(ErrorCode::PrivateKeyMissing, message)
}

fn encrypted() -> Error {
    Error::new(
        ErrorCode::PrivateKeyEncrypted,
        "the private key is encrypted",
    )
}

fn unreadable(label: &str) -> Error {
    match label {
        "ENCRYPTED PRIVATE KEY" => encrypted(),
        "DSA PRIVATE KEY" => Error::new(
            ErrorCode::KeyAlgorithmUnsupported,
            "the service does not take DSA keys",
        ),
        "OPENSSH PRIVATE KEY" => malformed("the private key is in OpenSSH's own format").with_hint(
            "convert a copy with `ssh-keygen -p -m PKCS8 -f COPY`, with an empty new passphrase",
        ),
        "PKCS12" => Error::new(
            ErrorCode::FeatureUnavailable,
            "PKCS#12 files are not read yet",
        )
        .with_hint("convert it with `openssl pkcs12 -in FILE -nodes -out PEM` into a file that only its owner can read"),
        "TSS2 PRIVATE KEY" => Error::new(
            ErrorCode::FeatureUnavailable,
            "keys in a TPM are not used yet",
        ),
        label => malformed(format!("a PEM block {label} is not a key format that is read")),
    }
}

fn malformed(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorCode::PrivateKeyMalformed, message)
}

#[cfg(test)]
mod tests;
