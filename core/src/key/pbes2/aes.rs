//! AES with keys of any length as one type: what is generic over a cipher is compiled once.

use aes::cipher::consts::{U1, U16};
use aes::cipher::inout::InOut;
use aes::cipher::{
    Block, BlockCipherDecrypt, BlockCipherEncBackend, BlockCipherEncClosure, BlockCipherEncrypt,
    BlockSizeUser, KeyInit, ParBlocksSizeUser,
};
use aes::{Aes128, Aes192, Aes256};

/// Its round keys are wiped on drop.
pub(super) enum Aes {
    Short(Aes128),
    Medium(Aes192),
    Long(Aes256),
}

impl Aes {
    pub(super) fn new(key: &[u8]) -> Option<Self> {
        match key.len() {
            16 => Aes128::new_from_slice(key).ok().map(Self::Short),
            24 => Aes192::new_from_slice(key).ok().map(Self::Medium),
            _ => Aes256::new_from_slice(key).ok().map(Self::Long),
        }
    }
}

impl BlockSizeUser for Aes {
    type BlockSize = U16;
}

impl ParBlocksSizeUser for Aes {
    type ParBlocksSize = U1;
}

impl BlockCipherEncBackend for Aes {
    fn encrypt_block(&self, block: InOut<'_, '_, Block<Self>>) {
        match self {
            Self::Short(aes) => aes.encrypt_block_inout(block),
            Self::Medium(aes) => aes.encrypt_block_inout(block),
            Self::Long(aes) => aes.encrypt_block_inout(block),
        }
    }
}

impl BlockCipherEncrypt for Aes {
    fn encrypt_with_backend(&self, closure: impl BlockCipherEncClosure<BlockSize = U16>) {
        closure.call(self);
    }
}

impl super::cipher::BlockCipher for Aes {
    fn block_size(&self) -> usize {
        16
    }

    fn decrypt(&self, block: &mut [u8]) {
        let Ok(block) = block.try_into() else { return };
        match self {
            Self::Short(aes) => aes.decrypt_block(block),
            Self::Medium(aes) => aes.decrypt_block(block),
            Self::Long(aes) => aes.decrypt_block(block),
        }
    }
}
