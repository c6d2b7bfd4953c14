//! Where blinding factors come from: HMAC-SHA-256 over the caller's seed, the key and the message.
//!
//! A stateless derivation, not a generator that moves on: signing keys are shared between threads,
//! core has no lock, and not every target has atomics. What blinding needs holds. Factors of
//! different messages are independent of each other, and nobody without seed and private key can
//! tell one from a random number. Signing one message twice repeats one computation, exactly, and
//! so tells nothing that the first time did not.

use core::convert::Infallible;
use hmac::{Hmac, KeyInit, Mac};
use rsa::rand_core::{TryCryptoRng, TryRng, utils};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The caller's 32 random bytes.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(super) struct BlindingSeed([u8; 32]);

impl BlindingSeed {
    pub(super) const fn new(seed: [u8; 32]) -> Self {
        Self(seed)
    }

    pub(super) fn for_key(&self, pkcs1_der: &[u8]) -> Blinding {
        Blinding(hmac_sha256(
            &self.0,
            &[b"rolesanywhere rsa blinding", pkcs1_der],
        ))
    }
}

/// One key's secret for its factors.
pub(super) struct Blinding(Zeroizing<[u8; 32]>);

impl Blinding {
    pub(super) fn for_digest(&self, digest: &[u8; 32]) -> BlindingStream {
        let key = hmac_sha256(&self.0, &[digest]);
        BlindingStream {
            block: hmac_sha256(&key, &[&[0; 8]]),
            key,
            counter: 0,
            taken: 0,
        }
    }
}

/// The random numbers of one signature: HMAC of a counter.
pub(super) struct BlindingStream {
    key: Zeroizing<[u8; 32]>,
    counter: u64,
    block: Zeroizing<[u8; 32]>,
    taken: usize,
}

impl BlindingStream {
    fn next_byte(&mut self) -> u8 {
        loop {
            if let Some(byte) = self.block.get(self.taken) {
                self.taken = self.taken.saturating_add(1);
                return *byte;
            }
            self.counter = self.counter.wrapping_add(1);
            self.block = hmac_sha256(&self.key, &[&self.counter.to_be_bytes()]);
            self.taken = 0;
        }
    }
}

impl TryRng for BlindingStream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        utils::next_word_via_fill(self)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        utils::next_word_via_fill(self)
    }

    fn try_fill_bytes(&mut self, destination: &mut [u8]) -> Result<(), Infallible> {
        destination.fill_with(|| self.next_byte());
        Ok(())
    }
}

/// As strong as HMAC-SHA-256 and the seed.
impl TryCryptoRng for BlindingStream {}

fn hmac_sha256(key: &[u8; 32], parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    // HMAC takes keys of any length; `new` takes those of one block without hashing them first.
    let mut block = Zeroizing::new([0; 64]);
    block
        .iter_mut()
        .zip(key)
        .for_each(|(padded, byte)| *padded = *byte);
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::{BlindingSeed, hmac_sha256};
    use rsa::rand_core::Rng;

    #[test]
    fn hmac_is_rfc_4231s() {
        // Test case 2 has a short key, which zero octets extend to the same HMAC key.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let tag = hmac_sha256(&key, &[b"what do ya want ", b"for nothing?"]);
        assert_eq!(
            crate::encoding::hex(&*tag),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn streams_differ_by_seed_key_and_message() {
        let first = |seed: u8, key: &[u8], digest: u8| {
            let mut stream = BlindingSeed::new([seed; 32])
                .for_key(key)
                .for_digest(&[digest; 32]);
            let mut bytes = [0; 40];
            stream.fill_bytes(&mut bytes);
            bytes
        };
        let reference = first(1, b"key", 1);
        assert_eq!(first(1, b"key", 1), reference);
        assert_ne!(first(2, b"key", 1), reference);
        assert_ne!(first(1, b"yek", 1), reference);
        assert_ne!(first(1, b"key", 2), reference);
        assert_ne!(reference[..8], reference[32..]);
    }
}
