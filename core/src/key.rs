//! Private keys: bytes in, parsed material out, wiped on drop, never printed, cloned or exported.

#[cfg(feature = "encrypted-keys")]
mod encrypted;
#[cfg(feature = "encrypted-keys")]
mod hash;
mod ml_dsa;
#[cfg(feature = "encrypted-keys")]
mod password;
#[cfg(feature = "encrypted-keys")]
mod pbes2;
mod pkcs1;
#[cfg(feature = "pkcs12")]
mod pkcs12;
mod pkcs8;
mod refusal;
mod sec1;
#[cfg(feature = "encrypted-keys")]
mod work;

#[cfg(all(test, feature = "encrypted-keys"))]
pub(crate) use work::tests::derivations;

#[cfg(feature = "rustcrypto-rsa")]
pub(crate) use pkcs1::RsaPrivateKey;

use crate::error::{Error, ErrorCode, Result};
use crate::pem::{self, Block};
use crate::signing::KeyAlgorithm;
use alloc::borrow::Cow;
use alloc::{string::String, vec, vec::Vec};
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
    /// Reads one private key from PEM or DER: PKCS#8 (RFC 5958, both versions), SEC1 (RFC 5915),
    /// PKCS#1 (RFC 8017), PKCS#8 under a passphrase (RFC 8018, feature `encrypted-keys`) or PKCS#12
    /// (RFC 7292, feature `pkcs12`), with anything else before, between and after.
    ///
    /// The passphrase is taken as it is, also a line end in it: UTF-8, or for keys that are not in
    /// PKCS#12 any bytes. It is not looked at where nothing is encrypted. PKCS#12 without a passphrase
    /// is tried with the empty one. At most 10,000,000 iterations, and of scrypt 256 MiB and an N·r·p
    /// of 4,194,304, are done for one file.
    ///
    /// # Errors
    /// `private_key_missing`; `private_key_ambiguous` for two different ones;
    /// `private_key_encrypted` where a passphrase is needed and none is given;
    /// `passphrase_incorrect`, also for damage in what is encrypted; `key_encryption_unsupported`;
    /// `key_derivation_too_costly`; `private_key_malformed`; `key_algorithm_unsupported`, by name;
    /// `key_too_small` for RSA under 1024 bits; `feature_unavailable` for TPM keys and where a feature
    /// is off; and those of [`pem::blocks`].
    ///
    /// # Examples
    /// ```
    /// use rolesanywhere_core::{ErrorCode, PrivateKey};
    ///
    /// let encrypted = b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n\
    ///     MBwwDgYJKoZIhvcNAQUNMAEEAQAECgAAAAAAAAAAAAA=\n\
    ///     -----END ENCRYPTED PRIVATE KEY-----\n";
    /// let error = PrivateKey::from_pem(encrypted, None).expect_err("needs its passphrase");
    /// assert_eq!(error.code(), ErrorCode::PrivateKeyEncrypted);
    /// # Ok::<(), rolesanywhere_core::Error>(())
    /// ```
    pub fn from_pem(data: &[u8], passphrase: Option<&[u8]>) -> Result<Self> {
        let mut found: Option<Block<'_>> = None;
        let mut other = None;
        for block in pem::blocks(data)? {
            let block = block?;
            if is_private_key(&block) {
                keep_one(&mut found, block)?;
            } else {
                other.get_or_insert_with(|| String::from(block.label()));
            }
        }
        let found = found.ok_or_else(|| refusal::missing(other.as_deref()))?;
        let mut key = None;
        for block in unpack(found, passphrase)? {
            if is_private_key(&block) {
                keep_one(&mut key, block)?;
            }
        }
        Self::from_block(&key.ok_or_else(|| refusal::missing(Some("certificates alone")))?)
    }

    /// The key's algorithm.
    #[must_use]
    pub fn key_algorithm(&self) -> KeyAlgorithm {
        match &self.material {
            Material::Rsa { .. } => KeyAlgorithm::Rsa,
            Material::Ec { algorithm, .. } | Material::MlDsa { algorithm, .. } => *algorithm,
        }
    }

    /// Reads a block that [`is_private_key`], and that was [unpacked](unpack).
    pub(crate) fn from_block(block: &Block<'_>) -> Result<Self> {
        let material = match block.label() {
            "PRIVATE KEY" => pkcs8::read(block.der()),
            "EC PRIVATE KEY" => sec1::read(block.der(), None),
            "RSA PRIVATE KEY" => pkcs1::read(block.der()),
            label => Err(refusal::unreadable(label)),
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
    block.label().ends_with("PRIVATE KEY")
        || matches!(
            block.label(),
            "PKCS12" | "JAVA KEYSTORE" | "PGP PRIVATE KEY BLOCK"
        )
}

/// Takes a block out of what encrypts or holds it: a PKCS#12 file gives its certificates and keys,
/// everything else one block.
pub(crate) fn unpack<'a>(block: Block<'a>, passphrase: Option<&[u8]>) -> Result<Vec<Block<'a>>> {
    match block.label() {
        _ if block.is_encrypted() => Err(refusal::traditional()),
        "ENCRYPTED PRIVATE KEY" => decrypted(&block, passphrase).map(|block| vec![block]),
        "PKCS12" => contents(&block, passphrase),
        _ => Ok(vec![block]),
    }
}

#[cfg(feature = "encrypted-keys")]
fn decrypted(block: &Block<'_>, passphrase: Option<&[u8]>) -> Result<Block<'static>> {
    let passphrase = passphrase.ok_or_else(refusal::passphrase_missing)?;
    let der = encrypted::open(block.der(), passphrase)?;
    Ok(Block::unpacked("PRIVATE KEY", der))
}

#[cfg(not(feature = "encrypted-keys"))]
fn decrypted(_: &Block<'_>, passphrase: Option<&[u8]>) -> Result<Block<'static>> {
    Err(match passphrase {
        None => refusal::passphrase_missing(),
        Some(_) => refusal::not_built_in("encrypted private keys", refusal::DECRYPT),
    })
}

#[cfg(feature = "pkcs12")]
fn contents(block: &Block<'_>, passphrase: Option<&[u8]>) -> Result<Vec<Block<'static>>> {
    pkcs12::open(block.der(), passphrase)
}

#[cfg(not(feature = "pkcs12"))]
fn contents(_: &Block<'_>, _: Option<&[u8]>) -> Result<Vec<Block<'static>>> {
    Err(refusal::not_built_in("PKCS#12 files", refusal::UNPACK))
}

/// One key may come twice; two are one too many.
fn keep_one<'a>(kept: &mut Option<Block<'a>>, block: Block<'a>) -> Result<()> {
    match kept {
        Some(known) if known.der() != block.der() => Err(ambiguous()),
        _ => {
            *kept = Some(block);
            Ok(())
        }
    }
}

pub(crate) fn ambiguous() -> Error {
    Error::new(
        ErrorCode::PrivateKeyAmbiguous,
        "there is more than one private key",
    )
}

fn malformed(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorCode::PrivateKeyMalformed, message)
}

#[cfg(test)]
mod tests;
