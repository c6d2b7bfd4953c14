//! PKCS#12 (RFC 7292): certificates and keys in one file, under one passphrase.

mod bags;
mod ber;
mod mac;
pub(super) mod pbe;

use super::malformed;
use super::password::Password;
use super::refusal::{self, passphrase_incorrect, passphrase_missing};
use super::work::Work;
use crate::error::{Error, Result};
use crate::fields::{self, Fields, Malformed, content};
use crate::pem::Block;
use alloc::vec::Vec;
use const_oid::ObjectIdentifierRef;
use der::Tag;
use der::asn1::{AnyRef, ObjectIdentifier};
use mac::MacData;

const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");

/// ```text
/// PFX ::= SEQUENCE {
///   version  INTEGER {v3(3)},
///   authSafe ContentInfo,
///   macData  MacData OPTIONAL }
/// ```
struct Pfx<'a> {
    version: u64,
    content: ContentInfo<'a>,
    mac: Option<MacData<'a>>,
}

impl<'a> Pfx<'a> {
    fn read(fields: Fields<'a>) -> fields::Result<Self> {
        fields.whole(|fields| {
            Ok(Self {
                version: fields.number()?,
                content: ContentInfo::read(fields.fields()?)?,
                mac: match fields.optional(Tag::Sequence)? {
                    Some(mac) => Some(MacData::read(Fields::within(mac)?)?),
                    None => None,
                },
            })
        })
    }
}

/// RFC 5652 §3.
struct ContentInfo<'a> {
    content_type: &'a ObjectIdentifierRef,
    content: AnyRef<'a>,
}

/// The certificates and the private keys, each as the block that it would be in PEM; names and
/// identifiers of the entries are left behind.
///
/// Where there is a MAC, nothing is read before it is verified. Without a passphrase the empty one
/// is tried, in both ways that it can be written.
pub(super) fn open(file: &[u8], passphrase: Option<&[u8]>) -> Result<Vec<Block<'static>>> {
    let file = ber::to_der(file).ok_or_else(damaged)?;
    let file = Fields::of(&file).and_then(Pfx::read);
    let file = file.map_err(|_| damaged())?;
    if *file.content.content_type == SIGNED_DATA {
        return Err(refusal::signed_pkcs12());
    }
    if file.version != 3 || *file.content.content_type != DATA {
        return Err(damaged());
    }
    let safes = file.content.octets()?;
    let mut work = Work::default();
    for password in Password::readings(passphrase.unwrap_or_default()) {
        if let Some(mac) = &file.mac
            && !mac.verifies(&password, safes, &mut work)?
            // Nothing that a fuzzer invents has a MAC that holds.
            && !cfg!(fuzzing)
        {
            continue;
        }
        if let Some(blocks) = bags::open(safes, &password, &mut work)? {
            return Ok(blocks);
        }
    }
    Err(match passphrase {
        None => passphrase_missing(),
        Some(_) => passphrase_incorrect(),
    })
}

impl<'a> ContentInfo<'a> {
    fn read(mut fields: Fields<'a>) -> fields::Result<Self> {
        let (content_type, content) = typed(&mut fields)?;
        fields.finish()?;
        Ok(Self {
            content_type,
            content,
        })
    }

    fn octets(&self) -> Result<&'a [u8]> {
        content(self.content, Tag::OctetString).map_err(|_| damaged())
    }
}

/// `type OBJECT IDENTIFIER, value [0] EXPLICIT ANY`
fn typed<'a>(fields: &mut Fields<'a>) -> fields::Result<(&'a ObjectIdentifierRef, AnyRef<'a>)> {
    let oid = fields.object_identifier()?;
    let value = fields.explicit(0)?.ok_or(Malformed::Other)?;
    Ok((oid, value))
}

fn damaged() -> Error {
    malformed("the PKCS#12 file is damaged")
        .with_hint("check it with `openssl pkcs12 -in FILE -info -noout`")
}
