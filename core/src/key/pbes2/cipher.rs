//! AES in CBC and GCM, and 3DES in CBC, from their parameters.

use super::aes::Aes;
use crate::error::{Error, Result};
use crate::fields::{self, Algorithm, Fields};
use crate::key::encrypted::unsupported;
use crate::key::malformed;
use aes::cipher::consts::{U12, U16};
use aes::cipher::{BlockCipherDecrypt, KeyInit};
use aes_gcm::AesGcm;
use aes_gcm::aead::{self, AeadInOut, Nonce};
use alloc::vec::Vec;
use der::asn1::ObjectIdentifier;
use der::{Decode, Header, Reader, SliceReader, Tag, Tagged};
use zeroize::Zeroizing;

/// A cipher with its initialization vector or nonce.
pub(super) enum Cipher<'a> {
    /// With the key's length in bytes.
    AesCbc(usize, &'a [u8]),
    AesGcm(usize, Gcm<'a>),
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
struct GcmParameters<'a> {
    nonce: &'a [u8],
    tag_length: Option<u64>,
}

impl<'a> GcmParameters<'a> {
    fn read(fields: Fields<'a>) -> fields::Result<Self> {
        fields.whole(|fields| {
            Ok(Self {
                nonce: fields.octets()?,
                tag_length: fields.optional_number()?,
            })
        })
    }
}

const AES: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1");
const TRIPLE_DES_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.3.7");

impl<'a> Cipher<'a> {
    pub(super) fn read(algorithm: &Algorithm<'a>) -> Result<Self> {
        if *algorithm.oid == TRIPLE_DES_CBC {
            return vector(algorithm, 8).map(Self::TripleDesCbc);
        }
        let aes_cbc = |length| Ok(Self::AesCbc(length, vector(algorithm, 16)?));
        let aes_gcm = |length| Ok(Self::AesGcm(length, Gcm::read(algorithm)?));
        match algorithm.oid.as_bytes().strip_prefix(AES.as_bytes()) {
            Some([2]) => aes_cbc(16),
            Some([22]) => aes_cbc(24),
            Some([42]) => aes_cbc(32),
            Some([6]) => aes_gcm(16),
            Some([26]) => aes_gcm(24),
            Some([46]) => aes_gcm(32),
            _ => Err(unsupported(algorithm.oid)),
        }
    }

    /// The length of its key, in bytes.
    pub(super) const fn key_length(&self) -> usize {
        match self {
            Self::AesCbc(length, _) | Self::AesGcm(length, _) => *length,
            Self::TripleDesCbc(_) => 24,
        }
    }

    pub(super) fn decrypt(&self, key: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::AesCbc(_, vector) => cbc(&Aes::new(key)?, vector, data),
            Self::AesGcm(_, gcm) => gcm.decrypt(Aes::new(key)?, data),
            Self::TripleDesCbc(vector) => {
                cbc(&des::TdesEde3::new_from_slice(key).ok()?, vector, data)
            }
        }
    }
}

/// What CBC asks of a cipher, as an object: its code is there once.
pub(in crate::key) trait BlockCipher {
    fn block_size(&self) -> usize;

    /// One block in place.
    fn decrypt(&self, block: &mut [u8]);
}

macro_rules! block_ciphers {
    ($($cipher:ty),*) => {$(
        impl BlockCipher for $cipher {
            fn block_size(&self) -> usize {
                8
            }

            fn decrypt(&self, block: &mut [u8]) {
                if let Ok(block) = block.try_into() {
                    self.decrypt_block(block);
                }
            }
        }
    )*};
}
block_ciphers!(des::TdesEde3);
#[cfg(feature = "pkcs12")]
block_ciphers!(rc2::Rc2);

/// Decrypts and takes off the padding of RFC 8018 §6.1.1.
///
/// The padding and what is in front of it are looked at together: a wrong passphrase takes as long
/// to be refused as one that happens to give a padding.
pub(in crate::key) fn cbc(
    cipher: &dyn BlockCipher,
    vector: &[u8],
    data: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let size = cipher.block_size();
    if vector.len() != size || !data.len().is_multiple_of(size) {
        return None;
    }
    let mut plain = Zeroizing::new(data.to_vec());
    let before = core::iter::once(vector).chain(data.chunks_exact(size));
    for (block, before) in plain.chunks_exact_mut(size).zip(before) {
        cipher.decrypt(block);
        for (octet, before) in block.iter_mut().zip(before) {
            *octet ^= before;
        }
    }
    let padding = usize::from(*plain.last()?);
    let mut wrong = u8::from(padding == 0) | u8::from(padding > size);
    for (position, octet) in plain.iter().rev().take(size).enumerate() {
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
    fn read(algorithm: &Algorithm<'a>) -> Result<Self> {
        let parameters = algorithm
            .parameters
            .and_then(|any| Fields::within(any).and_then(GcmParameters::read).ok())
            .filter(|parameters| parameters.nonce.len() == 12)
            .ok_or_else(damaged)?;
        let tag_length = match parameters.tag_length {
            None | Some(12) => 12,
            Some(16) => 16,
            Some(_) => return Err(damaged()),
        };
        Ok(Self {
            nonce: parameters.nonce,
            tag_length,
        })
    }

    fn decrypt(&self, aes: Aes, data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        if self.tag_length == 12 {
            self.open(&AesGcm::<Aes, U12, U12>::from(aes), data)
        } else {
            self.open(&AesGcm::<Aes, U12, U16>::from(aes), data)
        }
    }

    fn open<A: AeadInOut>(&self, gcm: &A, data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (data, tag) = data.split_at_checked(data.len().checked_sub(self.tag_length)?)?;
        let mut plain = Zeroizing::new(data.to_vec());
        let nonce: &Nonce<A> = self.nonce.try_into().ok()?;
        let tag: &aead::Tag<A> = tag.try_into().ok()?;
        gcm.decrypt_inout_detached(nonce, &[], plain.as_mut_slice().into(), tag)
            .ok()?;
        Some(plain)
    }
}

fn vector<'a>(algorithm: &Algorithm<'a>, length: usize) -> Result<&'a [u8]> {
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
