//! HMAC (RFC 2104).

use super::{Hash, Hasher};
use alloc::vec;
use zeroize::Zeroizing;

/// A key, whose two blocks are hashed once for all messages.
pub(super) struct Hmac {
    inner: Hasher,
    outer: Hasher,
}

impl Hmac {
    pub(super) fn new(hash: Hash, key: &[u8]) -> Self {
        let mut block = Zeroizing::new(vec![0; hash.block_length()]);
        if let Some(start) = block.get_mut(..key.len()) {
            start.copy_from_slice(key);
        } else if let Some(start) = block.get_mut(..hash.length()) {
            let mut hasher = Hasher::new(hash);
            hasher.update(key);
            hasher.finish(start);
        }
        let mut padded = |pad| {
            let mut hasher = Hasher::new(hash);
            for octet in block.iter_mut() {
                *octet ^= pad;
            }
            hasher.update(&block);
            hasher
        };
        Self {
            inner: padded(0x36),
            // The inner padding goes with the same stroke.
            outer: padded(0x36 ^ 0x5c),
        }
    }

    /// For a message to be hashed.
    pub(super) fn begin(&self) -> Hasher {
        self.inner.clone()
    }

    /// Fills `tag`, which has the hash function's length; then the next message may follow.
    pub(super) fn finish(&self, message: &mut Hasher, tag: &mut [u8]) {
        message.finish(tag);
        message.resume(&self.outer);
        message.update(tag);
        message.finish(tag);
        message.resume(&self.inner);
    }
}
