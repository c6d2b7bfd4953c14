//! Private keys: bytes in, parsed material out, wiped on drop, never printed, cloned or exported.

use crate::error::Result;
use crate::signing::KeyAlgorithm;
use alloc::vec::Vec;
use core::fmt;
use zeroize::Zeroizing;

/// A parsed private key. A [`Backend`](crate::signing::Backend) turns it into a signing key.
pub struct PrivateKey {
    material: Material,
}

/// What a backend takes the key from.
pub(crate) enum Material {
    /// `RSAPrivateKey` DER (RFC 8017 A.1.2).
    Rsa { pkcs1_der: Zeroizing<Vec<u8>> },
    /// The private scalar, big-endian, of the curve's length, and the point where the file had it.
    Ec {
        algorithm: KeyAlgorithm,
        scalar: Zeroizing<Vec<u8>>,
        public_point: Option<Vec<u8>>,
    },
    /// RFC 9881: the seed, the expanded key, or both.
    MlDsa {
        algorithm: KeyAlgorithm,
        seed: Option<Zeroizing<Vec<u8>>>,
        expanded: Option<Zeroizing<Vec<u8>>>,
    },
}

impl PrivateKey {
    /// Reads one private key from PEM or DER.
    ///
    /// # Errors
    /// `private_key_missing`, `private_key_malformed`, `private_key_encrypted`, …
    pub fn from_pem(_data: &[u8]) -> Result<Self> {
        todo!()
    }

    /// The key's algorithm.
    #[must_use]
    pub fn key_algorithm(&self) -> KeyAlgorithm {
        match &self.material {
            Material::Rsa { .. } => KeyAlgorithm::Rsa,
            Material::Ec { algorithm, .. } | Material::MlDsa { algorithm, .. } => *algorithm,
        }
    }

    pub(crate) const fn from_material(material: Material) -> Self {
        Self { material }
    }

    pub(crate) const fn material(&self) -> &Material {
        &self.material
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "PrivateKey({}, redacted)",
            self.key_algorithm().as_str()
        )
    }
}
