//! The hash functions of key derivation, chosen by what the file names.

#[cfg(feature = "pkcs12")]
mod pkcs12;

use const_oid::{ObjectIdentifier, ObjectIdentifierRef};
#[cfg(feature = "aws-lc-rs")]
use core::num::NonZeroU32;
#[cfg(feature = "pkcs12")]
pub(super) use pkcs12::Purpose;

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

/// Runs an expression with the type of the chosen function.
macro_rules! with {
    ($hash:expr, $digest:ident => $body:expr) => {
        match $hash {
            $crate::key::hash::Hash::Sha1 => {
                type $digest = sha1::Sha1;
                $body
            }
            $crate::key::hash::Hash::Sha224 => {
                type $digest = sha2::Sha224;
                $body
            }
            $crate::key::hash::Hash::Sha256 => {
                type $digest = sha2::Sha256;
                $body
            }
            $crate::key::hash::Hash::Sha384 => {
                type $digest = sha2::Sha384;
                $body
            }
            $crate::key::hash::Hash::Sha512 => {
                type $digest = sha2::Sha512;
                $body
            }
        }
    };
}
#[cfg(feature = "pkcs12")]
use with;

impl Hash {
    /// `hmacWithSHA…` (RFC 8018 B.1.2).
    pub(super) fn of_hmac(oid: &ObjectIdentifierRef) -> Option<Self> {
        const ARC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2");
        Some(match oid.as_bytes().strip_prefix(ARC.as_bytes())? {
            [7] => Self::Sha1,
            [8] => Self::Sha224,
            [9] => Self::Sha256,
            [10] => Self::Sha384,
            [11] => Self::Sha512,
            _ => return None,
        })
    }

    /// PBKDF2 (RFC 8018 §5.2) into all of `key`.
    pub(super) fn pbkdf2(self, passphrase: &[u8], salt: &[u8], iterations: u32, key: &mut [u8]) {
        #[cfg(feature = "aws-lc-rs")]
        if let (Some(algorithm), Some(iterations)) = (self.aws_lc(), NonZeroU32::new(iterations)) {
            aws_lc_rs::pbkdf2::derive(algorithm, iterations, salt, passphrase, key);
            return;
        }
        self.pbkdf2_in_rust(passphrase, salt, iterations, key);
    }

    /// The same key, without AWS-LC.
    fn pbkdf2_in_rust(self, passphrase: &[u8], salt: &[u8], iterations: u32, key: &mut [u8]) {
        with!(self, D => pbkdf2::pbkdf2_hmac::<D>(passphrase, salt, iterations, key));
    }

    /// AWS-LC derives faster, and in debug builds fifty times as fast.
    #[cfg(feature = "aws-lc-rs")]
    const fn aws_lc(self) -> Option<aws_lc_rs::pbkdf2::Algorithm> {
        match self {
            Self::Sha1 => Some(aws_lc_rs::pbkdf2::PBKDF2_HMAC_SHA1),
            Self::Sha224 => None,
            Self::Sha256 => Some(aws_lc_rs::pbkdf2::PBKDF2_HMAC_SHA256),
            Self::Sha384 => Some(aws_lc_rs::pbkdf2::PBKDF2_HMAC_SHA384),
            Self::Sha512 => Some(aws_lc_rs::pbkdf2::PBKDF2_HMAC_SHA512),
        }
    }
}

#[cfg(test)]
mod tests;
