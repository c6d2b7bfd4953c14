//! The five hash functions as one type: what is made of them is compiled once.

use super::Hash;
use sha1::Sha1;
use sha2::digest::Output;
use sha2::digest::block_api::{self, BufferKindUser, CoreProxy, FixedOutputCore, UpdateCore};
use sha2::{Sha224, Sha256, Sha384, Sha512};

/// A message that is being hashed: the function's state, and what does not yet fill a block. Both are
/// wiped on drop.
#[derive(Clone)]
pub(super) enum Hasher {
    Sha1(Core<Sha1>, Buffer<Sha1>),
    Sha224(Core<Sha224>, Buffer<Sha224>),
    Sha256(Core<Sha256>, Buffer<Sha256>),
    Sha384(Core<Sha384>, Buffer<Sha384>),
    Sha512(Core<Sha512>, Buffer<Sha512>),
}

type Core<D> = <D as CoreProxy>::Core;
type Buffer<D> = block_api::Buffer<Core<D>>;

/// Runs an expression with the state and the buffer, whichever function it is.
macro_rules! with {
    ($hasher:expr, $core:ident, $buffer:ident => $body:expr) => {
        match $hasher {
            Hasher::Sha1($core, $buffer) => $body,
            Hasher::Sha224($core, $buffer) => $body,
            Hasher::Sha256($core, $buffer) => $body,
            Hasher::Sha384($core, $buffer) => $body,
            Hasher::Sha512($core, $buffer) => $body,
        }
    };
}

impl Hasher {
    pub(super) fn new(hash: Hash) -> Self {
        match hash {
            Hash::Sha1 => Self::Sha1(Default::default(), Default::default()),
            Hash::Sha224 => Self::Sha224(Default::default(), Default::default()),
            Hash::Sha256 => Self::Sha256(Default::default(), Default::default()),
            Hash::Sha384 => Self::Sha384(Default::default(), Default::default()),
            Hash::Sha512 => Self::Sha512(Default::default(), Default::default()),
        }
    }

    pub(super) fn update(&mut self, part: &[u8]) {
        with!(self, core, buffer => buffer.digest_blocks(part, |blocks| core.update_blocks(blocks)));
    }

    /// Goes on from whole blocks that another of the same function has hashed. The buffer is neither
    /// copied nor wiped, which would take PBKDF2 as long as hashing in hardware.
    pub(super) fn resume(&mut self, from: &Self) {
        match (self, from) {
            (Self::Sha1(core, buffer), Self::Sha1(from, _)) => resume(core, buffer, from),
            (Self::Sha224(core, buffer), Self::Sha224(from, _)) => resume(core, buffer, from),
            (Self::Sha256(core, buffer), Self::Sha256(from, _)) => resume(core, buffer, from),
            (Self::Sha384(core, buffer), Self::Sha384(from, _)) => resume(core, buffer, from),
            (Self::Sha512(core, buffer), Self::Sha512(from, _)) => resume(core, buffer, from),
            (other, from) => other.clone_from(from),
        }
    }

    /// Fills `hash`, which has the function's length. The hasher is used up, until it is resumed.
    pub(super) fn finish(&mut self, hash: &mut [u8]) {
        with!(self, core, buffer => finish(core, buffer, hash));
    }
}

fn resume<C: BufferKindUser + Clone>(core: &mut C, buffer: &mut block_api::Buffer<C>, from: &C) {
    core.clone_from(from);
    buffer.reset();
}

fn finish<C: FixedOutputCore>(core: &mut C, buffer: &mut block_api::Buffer<C>, hash: &mut [u8]) {
    if let Ok(hash) = <&mut Output<C>>::try_from(hash) {
        core.finalize_fixed_core(buffer, hash);
    }
}
