//! AES in CBC and GCM, and 3DES in CBC, from their parameters.

use crate::error::{Error, Result};
use crate::key::encrypted::unsupported;
use crate::key::malformed;
use aes::{Aes128, Aes192, Aes256};
use aes_gcm::AesGcm;
use aes_gcm::aead::{self, AeadInOut, Nonce};
use alloc::vec::Vec;
use cbc::Decryptor;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::consts::{U12, U16};
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, InnerIvInit, KeyInit};
use der::asn1::{ObjectIdentifier, OctetStringRef};
use der::{Decode, Header, Reader, Sequence, SliceReader, Tag, Tagged};
use spki::AlgorithmIdentifierRef;
use zeroize::Zeroizing;

/// A cipher with its initialization vector or nonce.
pub(super) enum Cipher<'a> {
    Aes128Cbc(&'a [u8]),
    Aes192Cbc(&'a [u8]),
    Aes256Cbc(&'a [u8]),
    Aes128Gcm(Gcm<'a>),
    Aes192Gcm(Gcm<'a>),
    Aes256Gcm(Gcm<'a>),
    TripleDesCbc(&'a [u8]),
}

/// RFC 5084 §3.2. Nonces other than 12 octets are nobody's, nor are tags other than 12 or 16.
pub(super) struct Gcm<'a> {
    nonce: &'a [u8],
    tag_length: usize,
}

/// ```text
/// GCMParameters ::= SEQUENCE {
///   aes-nonce  OCTET STRING,
///   aes-ICVlen INTEGER (12 | 13 | 14 | 15 | 16) DEFAULT 12 }
/// ```
#[derive(Sequence)]
struct GcmParameters<'a> {
    nonce: &'a OctetStringRef,
    tag_length: Option<u8>,
}

const AES: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1");
const TRIPLE_DES_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.3.7");

impl<'a> Cipher<'a> {
    pub(super) fn read(algorithm: &AlgorithmIdentifierRef<'a>) -> Result<Self> {
        if algorithm.oid == TRIPLE_DES_CBC {
            return vector(algorithm, 8).map(Self::TripleDesCbc);
        }
        match algorithm.oid.as_bytes().strip_prefix(AES.as_bytes()) {
            Some([2]) => vector(algorithm, 16).map(Self::Aes128Cbc),
            Some([22]) => vector(algorithm, 16).map(Self::Aes192Cbc),
            Some([42]) => vector(algorithm, 16).map(Self::Aes256Cbc),
            Some([6]) => Gcm::read(algorithm).map(Self::Aes128Gcm),
            Some([26]) => Gcm::read(algorithm).map(Self::Aes192Gcm),
            Some([46]) => Gcm::read(algorithm).map(Self::Aes256Gcm),
            _ => Err(unsupported(algorithm.oid)),
        }
    }

    /// The length of its key, in bytes.
    pub(super) const fn key_length(&self) -> usize {
        match self {
            Self::Aes128Cbc(_) | Self::Aes128Gcm(_) => 16,
            Self::Aes192Cbc(_) | Self::Aes192Gcm(_) | Self::TripleDesCbc(_) => 24,
            Self::Aes256Cbc(_) | Self::Aes256Gcm(_) => 32,
        }
    }

    pub(super) fn decrypt(&self, key: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::Aes128Cbc(vector) => cbc(Aes128::new_from_slice(key).ok()?, vector, data),
            Self::Aes192Cbc(vector) => cbc(Aes192::new_from_slice(key).ok()?, vector, data),
            Self::Aes256Cbc(vector) => cbc(Aes256::new_from_slice(key).ok()?, vector, data),
            Self::TripleDesCbc(vector) => {
                cbc(des::TdesEde3::new_from_slice(key).ok()?, vector, data)
            }
            Self::Aes128Gcm(gcm) => gcm.decrypt::<Aes128>(key, data),
            Self::Aes192Gcm(gcm) => gcm.decrypt::<Aes192>(key, data),
            Self::Aes256Gcm(gcm) => gcm.decrypt::<Aes256>(key, data),
        }
    }
}

/// Decrypts and takes off the padding of RFC 8018 §6.1.1.
///
/// The padding and what is in front of it are looked at together: a wrong passphrase takes as long
/// to be refused as one that happens to give a padding.
pub(in crate::key) fn cbc<C>(cipher: C, vector: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>>
where
    C: BlockCipherDecrypt,
{
    let mut plain = Zeroizing::new(data.to_vec());
    Decryptor::inner_iv_slice_init(cipher, vector)
        .ok()?
        .decrypt_padded::<NoPadding>(&mut plain)
        .ok()?;
    let padding = usize::from(*plain.last()?);
    let mut wrong = u8::from(padding == 0) | u8::from(padding > C::block_size());
    let last_block = plain.iter().rev().take(C::block_size());
    for (position, octet) in last_block.enumerate() {
        let counts = u8::from(position < padding).wrapping_neg();
        wrong |= counts & (octet ^ plain.last()?);
    }
    let length = plain.len().saturating_sub(padding);
    let opened = is_opened(plain.get(..length)?) & (wrong == 0);
    plain.truncate(length);
    opened.then_some(plain)
}

/// Whether what came out is one DER or BER `SEQUENCE`, as far as its first octets say.
fn is_opened(plain: &[u8]) -> bool {
    if let [0x30, 0x80, .., 0, 0] = plain {
        return true;
    }
    let Ok(mut reader) = SliceReader::new(plain) else {
        return false;
    };
    Header::decode(&mut reader).is_ok_and(|header| {
        header.tag() == Tag::Sequence && header.length() == reader.remaining_len()
    })
}

impl<'a> Gcm<'a> {
    fn read(algorithm: &AlgorithmIdentifierRef<'a>) -> Result<Self> {
        let parameters: GcmParameters<'_> = algorithm
            .parameters
            .and_then(|any| any.decode_as().ok())
            .ok_or_else(damaged)?;
        let gcm = Self {
            nonce: parameters.nonce.as_bytes(),
            tag_length: parameters.tag_length.unwrap_or(12).into(),
        };
        if gcm.nonce.len() == 12 && matches!(gcm.tag_length, 12 | 16) {
            Ok(gcm)
        } else {
            Err(damaged())
        }
    }

    fn decrypt<C>(&self, key: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>>
    where
        C: KeyInit + cbc::cipher::BlockCipherEncrypt + cbc::cipher::BlockSizeUser<BlockSize = U16>,
    {
        if self.tag_length == 12 {
            self.open::<AesGcm<C, U12, U12>>(key, data)
        } else {
            self.open::<AesGcm<C, U12, U16>>(key, data)
        }
    }

    fn open<A: KeyInit + AeadInOut>(&self, key: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (data, tag) = data.split_at_checked(data.len().checked_sub(self.tag_length)?)?;
        let mut plain = Zeroizing::new(data.to_vec());
        let nonce: &Nonce<A> = self.nonce.try_into().ok()?;
        let tag: &aead::Tag<A> = tag.try_into().ok()?;
        A::new_from_slice(key)
            .ok()?
            .decrypt_inout_detached(nonce, &[], plain.as_mut_slice().into(), tag)
            .ok()?;
        Some(plain)
    }
}

fn vector<'a>(algorithm: &AlgorithmIdentifierRef<'a>, length: usize) -> Result<&'a [u8]> {
    algorithm
        .parameters
        .filter(|any| any.tag() == Tag::OctetString)
        .map(|any| any.value())
        .filter(|vector| vector.len() == length)
        .ok_or_else(damaged)
}

fn damaged() -> Error {
    malformed("the parameters of the key's cipher are malformed")
}
