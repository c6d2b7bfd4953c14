use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::fmt;
use std::str::FromStr;

/// The kinds of key the authority makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum KeyType {
    /// RSA, 2048 bits.
    Rsa2048,
    /// RSA, 3072 bits.
    Rsa3072,
    /// RSA, 4096 bits.
    Rsa4096,
    /// RSA, 8192 bits; takes some seconds to make.
    Rsa8192,
    /// The NIST curve P-256.
    #[default]
    P256,
    /// The NIST curve P-384.
    P384,
    /// The NIST curve P-521.
    P521,
    /// ML-DSA-44 (FIPS 204).
    MlDsa44,
    /// ML-DSA-65 (FIPS 204).
    MlDsa65,
    /// ML-DSA-87 (FIPS 204).
    MlDsa87,
    /// Ed25519, which IAM Roles Anywhere does not take.
    Ed25519,
}

impl KeyType {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Rsa2048,
        Self::Rsa3072,
        Self::Rsa4096,
        Self::Rsa8192,
        Self::P256,
        Self::P384,
        Self::P521,
        Self::MlDsa44,
        Self::MlDsa65,
        Self::MlDsa87,
        Self::Ed25519,
    ];

    /// The name on the command line, such as `rsa2048` or `ml-dsa-65`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rsa2048 => "rsa2048",
            Self::Rsa3072 => "rsa3072",
            Self::Rsa4096 => "rsa4096",
            Self::Rsa8192 => "rsa8192",
            Self::P256 => "p256",
            Self::P384 => "p384",
            Self::P521 => "p521",
            Self::MlDsa44 => "ml-dsa-44",
            Self::MlDsa65 => "ml-dsa-65",
            Self::MlDsa87 => "ml-dsa-87",
            Self::Ed25519 => "ed25519",
        }
    }
}

impl fmt::Display for KeyType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for KeyType {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.iter().find(|key_type| key_type.as_str() == text);
        found.copied().ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|key_type| key_type.as_str()).collect();
            Error::new(ErrorCode::OptionInvalid, "this is not a key type")
                .with_hint(format!("the key types are {}", names.join(", ")))
        })
    }
}
