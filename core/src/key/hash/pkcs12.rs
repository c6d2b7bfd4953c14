//! PKCS#12's key derivation (RFC 7292 appendix B), and the MAC that it serves.

use super::hmac::Hmac;
use super::{Hash, Hasher};
use alloc::{vec, vec::Vec};
use const_oid::{ObjectIdentifier, ObjectIdentifierRef};
use ctutils::CtEq;
use zeroize::Zeroizing;

/// What is derived (RFC 7292 B.3).
#[derive(Debug, Clone, Copy)]
pub(in crate::key) enum Purpose {
    Key,
    Vector,
    Mac,
}

impl Purpose {
    const fn id(self) -> u8 {
        match self {
            Self::Key => 1,
            Self::Vector => 2,
            Self::Mac => 3,
        }
    }
}

impl Hash {
    /// The function itself, as RFC 7292's MAC names it.
    pub(in crate::key) fn of_digest(oid: &ObjectIdentifierRef) -> Option<Self> {
        const SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
        const SHA2: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2");
        if *oid == SHA1 {
            return Some(Self::Sha1);
        }
        Some(match oid.as_bytes().strip_prefix(SHA2.as_bytes())? {
            [1] => Self::Sha256,
            [2] => Self::Sha384,
            [3] => Self::Sha512,
            [4] => Self::Sha224,
            _ => return None,
        })
    }

    /// Derives all of `output` from a password that is already UTF-16.
    pub(in crate::key) fn pkcs12(
        self,
        purpose: Purpose,
        password: &[u8],
        salt: &[u8],
        iterations: u32,
        output: &mut [u8],
    ) {
        let block = self.block_length();
        let diversifier = vec![purpose.id(); block];
        // Both fill whole blocks; nothing stays nothing.
        let filled = |part: &[u8]| repeated(part, part.len().next_multiple_of(block));
        let mut input = [filled(salt), filled(password)];
        let fresh = Hasher::new(self);
        let mut hasher = fresh.clone();
        let mut hash = Zeroizing::new(vec![0; self.length()]);
        for piece in output.chunks_mut(hash.len()) {
            hasher.update(&diversifier);
            for part in &input {
                hasher.update(part);
            }
            hasher.finish(&mut hash);
            hasher.resume(&fresh);
            for _ in 1..iterations {
                hasher.update(&hash);
                hasher.finish(&mut hash);
                hasher.resume(&fresh);
            }
            for (octet, derived) in piece.iter_mut().zip(hash.iter()) {
                *octet = *derived;
            }
            let addend = repeated(&hash, block);
            for part in &mut input {
                for part in part.chunks_mut(block) {
                    add(part, &addend);
                }
            }
        }
    }

    /// Whether `expected` is the HMAC of the message; compared in constant time.
    pub(in crate::key) fn hmac_is(self, key: &[u8], message: &[u8], expected: &[u8]) -> bool {
        let hmac = Hmac::new(self, key);
        let mut hasher = hmac.begin();
        hasher.update(message);
        let mut tag = vec![0; self.length()];
        hmac.finish(&mut hasher, &mut tag);
        tag.ct_eq(expected).into()
    }
}

fn repeated(part: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let mut repeated = Zeroizing::new(part.repeat(length.div_ceil(part.len().max(1))));
    repeated.truncate(length);
    repeated
}

/// Adds, as one number each, and one more.
fn add(block: &mut [u8], addend: &[u8]) {
    let mut carry = 1;
    for (octet, addend) in block.iter_mut().zip(addend).rev() {
        let sum = u16::from(*octet)
            .saturating_add(u16::from(*addend))
            .saturating_add(carry);
        let [high, low] = sum.to_be_bytes();
        *octet = low;
        carry = high.into();
    }
}
