//! The hash functions of key derivation, chosen by what the file names.

mod hasher;
mod hmac;
#[cfg(feature = "pkcs12")]
mod pkcs12;

use alloc::vec;
use const_oid::{ObjectIdentifier, ObjectIdentifierRef};
#[cfg(feature = "aws-lc-rs")]
use core::num::NonZeroU32;
use hasher::Hasher;
use hmac::Hmac;
#[cfg(feature = "pkcs12")]
pub(super) use pkcs12::Purpose;
use zeroize::Zeroizing;

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

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
        let hmac = Hmac::new(self, passphrase);
        let mut message = hmac.begin();
        let mut tag = Zeroizing::new(vec![0; self.length()]);
        for (index, block) in (1_u32..).zip(key.chunks_mut(tag.len())) {
            message.update(salt);
            message.update(&index.to_be_bytes());
            hmac.finish(&mut message, &mut tag);
            block.fill(0);
            xor(block, &tag);
            for _ in 1..iterations {
                message.update(&tag);
                hmac.finish(&mut message, &mut tag);
                xor(block, &tag);
            }
        }
    }

    /// Of what it gives, in bytes.
    const fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The length of the blocks that it takes a message in, in bytes.
    const fn block_length(self) -> usize {
        match self {
            Self::Sha1 | Self::Sha224 | Self::Sha256 => 64,
            Self::Sha384 | Self::Sha512 => 128,
        }
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

/// RFC 8018's sum is the exclusive or.
fn xor(block: &mut [u8], tag: &[u8]) {
    for (octet, addend) in block.iter_mut().zip(tag) {
        *octet ^= addend;
    }
}

#[cfg(test)]
mod tests;
