//! PKCS#12's key derivation (RFC 7292 appendix B), and the MAC that it serves.

use super::{Hash, with};
use alloc::{vec, vec::Vec};
use const_oid::{ObjectIdentifier, ObjectIdentifierRef};
use hmac::digest::{Digest, DynDigest, block_api::BlockSizeUser};
use hmac::{Hmac, KeyInit, Mac};
use zeroize::Zeroizing;

/// What is derived (RFC 7292 B.3).
#[derive(Debug, Clone, Copy)]
pub(in crate::key) enum Purpose {
    Key,
    Vector,
    Mac,
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
        let id = match purpose {
            Purpose::Key => 1,
            Purpose::Vector => 2,
            Purpose::Mac => 3,
        };
        with!(self, D => {
            let block = <D as BlockSizeUser>::block_size();
            let diversifier = vec![id; block];
            derive(&mut D::new(), &diversifier, password, salt, iterations, output);
        });
    }

    /// Whether `expected` is the HMAC of the message; compared in constant time.
    pub(in crate::key) fn hmac_is(self, key: &[u8], message: &[u8], expected: &[u8]) -> bool {
        with!(self, D => {
            Hmac::<D>::new_from_slice(key)
                .is_ok_and(|mac| mac.chain_update(message).verify_slice(expected).is_ok())
        })
    }
}

/// The diversifier is one block long. The hash function comes as an object: its code is there once.
fn derive(
    hasher: &mut dyn DynDigest,
    diversifier: &[u8],
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    output: &mut [u8],
) {
    let block = diversifier.len();
    let mut input = Zeroizing::new(Vec::with_capacity(
        filled(salt.len(), block).saturating_add(filled(password.len(), block)),
    ));
    for part in [salt, password] {
        input.extend(part.iter().cycle().take(filled(part.len(), block)));
    }
    let mut hash = Zeroizing::new(vec![0; hasher.output_size()]);
    for piece in output.chunks_mut(hash.len()) {
        hasher.update(diversifier);
        hasher.update(&input);
        finish(hasher, &mut hash);
        for _ in 1..iterations {
            hasher.update(&hash);
            finish(hasher, &mut hash);
        }
        for (octet, derived) in piece.iter_mut().zip(hash.iter()) {
            *octet = *derived;
        }
        for part in input.chunks_mut(block) {
            add(part, &hash);
        }
    }
}

/// So much that a part fills whole blocks; nothing stays nothing.
fn filled(length: usize, block: usize) -> usize {
    length.div_ceil(block).saturating_mul(block)
}

fn finish(hasher: &mut dyn DynDigest, hash: &mut [u8]) {
    // The slice has the function's own length, and no other is refused.
    let _has_its_length = hasher.finalize_into_reset(hash).is_ok();
}

/// Adds the hash, repeated to the block's length, and one.
fn add(block: &mut [u8], hash: &[u8]) {
    let mut carry = 1;
    let repeated = Zeroizing::new(
        hash.iter()
            .copied()
            .cycle()
            .take(block.len())
            .collect::<Vec<u8>>(),
    );
    for (octet, addend) in block.iter_mut().zip(repeated.iter()).rev() {
        let sum = u16::from(*octet)
            .saturating_add(u16::from(*addend))
            .saturating_add(carry);
        let [high, low] = sum.to_be_bytes();
        *octet = low;
        carry = high.into();
    }
}
