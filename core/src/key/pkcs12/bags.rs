//! What is in a PKCS#12 file (RFC 7292 §4): safes, encrypted or not, with bags in them.

use super::{ContentInfo, DATA, ber, damaged, typed};
use crate::error::Result;
use crate::fields::{self, Algorithm, Fields, Malformed};
use crate::key::encrypted::{self, EncryptedPrivateKeyInfo, unsupported};
use crate::key::password::Password;
use crate::key::work::Work;
use crate::pem::Block;
use alloc::vec::Vec;
use const_oid::ObjectIdentifierRef;
use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Encode, Tag, TagNumber, Tagged};
use zeroize::Zeroizing;

const ENCRYPTED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.6");
const X509_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.22.1");
const BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1");
/// A safe within a safe is allowed, and nobody writes one.
const DEEPEST_NESTING: u8 = 4;

/// RFC 5652 §8; its attributes are nobody's.
struct EncryptedData<'a> {
    version: u64,
    content: EncryptedContent<'a>,
}

/// ```text
/// EncryptedContentInfo ::= SEQUENCE {
///   contentType                ContentType,
///   contentEncryptionAlgorithm AlgorithmIdentifier,
///   encryptedContent [0] IMPLICIT OCTET STRING OPTIONAL }
/// ```
struct EncryptedContent<'a> {
    content_type: &'a ObjectIdentifierRef,
    algorithm: Algorithm<'a>,
    content: AnyRef<'a>,
}

/// Its attributes are passed over.
struct Bag<'a> {
    id: &'a ObjectIdentifierRef,
    value: AnyRef<'a>,
}

impl<'a> EncryptedData<'a> {
    fn read(fields: Fields<'a>) -> fields::Result<Self> {
        fields.whole(|fields| {
            Ok(Self {
                version: fields.number()?,
                content: EncryptedContent::read(fields.fields()?)?,
            })
        })
    }
}

impl<'a> EncryptedContent<'a> {
    fn read(fields: Fields<'a>) -> fields::Result<Self> {
        fields.whole(|fields| {
            Ok(Self {
                content_type: fields.object_identifier()?,
                algorithm: fields.algorithm()?,
                content: fields.any()?,
            })
        })
    }
}

impl<'a> Bag<'a> {
    fn read(mut fields: Fields<'a>) -> fields::Result<Self> {
        let (id, value) = typed(&mut fields)?;
        if !fields.is_finished() {
            fields.any()?;
        }
        fields.finish()?;
        Ok(Self { id, value })
    }
}

/// Opens every safe; nothing where the passphrase is wrong.
pub(super) fn open(
    safes: &[u8],
    password: &Password<'_>,
    work: &mut Work,
) -> Result<Option<Vec<Block<'static>>>> {
    let safes = ber::to_der(safes).ok_or_else(damaged)?;
    let safes = list(&safes, ContentInfo::read)?;
    let mut opened = Opened {
        password,
        work,
        blocks: Vec::new(),
    };
    for safe in safes {
        let all = if *safe.content_type == DATA {
            opened.add_safe(safe.octets()?, 0)?
        } else if *safe.content_type == ENCRYPTED_DATA {
            match opened.decrypt(&safe.content)? {
                Some(plain) => opened.add_safe(&plain, 0)?,
                None => false,
            }
        } else {
            return Err(unsupported(safe.content_type));
        };
        if !all {
            return Ok(None);
        }
    }
    Ok(Some(opened.blocks))
}

struct Opened<'p, 'w> {
    password: &'p Password<'p>,
    work: &'w mut Work,
    blocks: Vec<Block<'static>>,
}

impl Opened<'_, '_> {
    fn decrypt(&mut self, content: &AnyRef<'_>) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let data = Fields::within(*content).and_then(EncryptedData::read);
        let data = data.map_err(|_| damaged())?;
        let content = &data.content;
        if data.version != 0 || *content.content_type != DATA {
            return Err(damaged());
        }
        let octets = implicit_octets(&content.content).ok_or_else(damaged)?;
        encrypted::decrypt(&content.algorithm, &octets, self.password, self.work)
    }

    /// Whether everything in the safe opened.
    fn add_safe(&mut self, safe: &[u8], nesting: u8) -> Result<bool> {
        if nesting > DEEPEST_NESTING {
            return Err(damaged());
        }
        let safe = ber::to_der(safe).ok_or_else(damaged)?;
        for bag in list(&safe, Bag::read)? {
            if !self.add_bag(&bag, nesting)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn add_bag(&mut self, bag: &Bag<'_>, nesting: u8) -> Result<bool> {
        match bag.id.as_bytes().strip_prefix(BAG.as_bytes()) {
            Some([1]) => self.add("PRIVATE KEY", der_of(&bag.value)?),
            Some([2]) => {
                let info = Fields::within(bag.value).and_then(EncryptedPrivateKeyInfo::read);
                match info
                    .map_err(|_| damaged())?
                    .open(self.password, self.work)?
                {
                    Some(plain) => self.add("PRIVATE KEY", plain),
                    None => return Ok(false),
                }
            }
            Some([3]) => self.add_certificate(&bag.value)?,
            Some([6]) => return self.add_safe(&der_of(&bag.value)?, nesting.saturating_add(1)),
            // Revocation lists and secrets are nothing that is looked for.
            _ => {}
        }
        Ok(true)
    }

    fn add_certificate(&mut self, value: &AnyRef<'_>) -> Result<()> {
        let bag = Fields::within(*value).and_then(ContentInfo::read);
        let bag = bag.map_err(|_| damaged())?;
        if *bag.content_type == X509_CERTIFICATE {
            self.add("CERTIFICATE", Zeroizing::new(bag.octets()?.to_vec()));
        }
        Ok(())
    }

    fn add(&mut self, label: &'static str, der: Zeroizing<Vec<u8>>) {
        self.blocks.push(Block::unpacked(label, der));
    }
}

fn list<'a, T>(der: &'a [u8], read: fn(Fields<'a>) -> fields::Result<T>) -> Result<Vec<T>> {
    let all = || {
        let mut list = Fields::of(der)?;
        let mut all = Vec::new();
        while !list.is_finished() {
            all.push(read(list.fields()?)?);
        }
        Ok(all)
    };
    all().map_err(|_: Malformed| damaged())
}

fn der_of(value: &AnyRef<'_>) -> Result<Zeroizing<Vec<u8>>> {
    value.to_der().map(Zeroizing::new).map_err(|_| damaged())
}

/// `[0] IMPLICIT OCTET STRING`, whole or, in BER, in pieces.
fn implicit_octets(content: &AnyRef<'_>) -> Option<Zeroizing<Vec<u8>>> {
    let Tag::ContextSpecific {
        number: TagNumber(0),
        constructed,
    } = content.tag()
    else {
        return None;
    };
    if !constructed {
        return Some(Zeroizing::new(content.value().to_vec()));
    }
    ber::joined(content.value())
}
