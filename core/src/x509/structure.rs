//! The ASN.1 of a certificate (RFC 5280 §4.1), its fields as they stand in the DER.
//!
//! Read by hand: a general decoder copies every field, and weighs as much as a curve does in
//! WebAssembly. Serial numbers and names that RFC 5280 forbids are read too; a finding names them.

use alloc::vec::Vec;
use const_oid::ObjectIdentifier;
use core::time::Duration;
use der::asn1::{AnyRef, BitStringRef, GeneralizedTime, IntRef, OctetStringRef, UtcTime};
use der::{Decode, Reader, SliceReader, Tag, TagNumber, Tagged};
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};

/// `Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }`
pub(super) struct Parts<'a> {
    pub(super) tbs_der: &'a [u8],
    pub(super) algorithm: AlgorithmIdentifierRef<'a>,
    pub(super) signature: BitStringRef<'a>,
}

impl<'a> Parts<'a> {
    pub(super) fn read(der: &'a [u8]) -> der::Result<Self> {
        let mut reader = SliceReader::new(content(AnyRef::from_der(der)?, Tag::Sequence)?)?;
        let parts = Self {
            tbs_der: reader.tlv_bytes()?,
            algorithm: AlgorithmIdentifierRef::decode(&mut reader)?,
            signature: BitStringRef::decode(&mut reader)?,
        };
        reader.finish()?;
        Ok(parts)
    }
}

/// `TBSCertificate`; its `signature` and the unique identifiers are passed over.
pub(super) struct TbsCertificate<'a> {
    /// As people count it: 1, 2 or 3.
    pub(super) version: u8,
    pub(super) serial_number: &'a [u8],
    pub(super) issuer: &'a [u8],
    pub(super) not_before: Duration,
    pub(super) not_after: Duration,
    pub(super) subject: &'a [u8],
    pub(super) spki_der: &'a [u8],
    pub(super) extensions: Vec<Extension<'a>>,
}

pub(super) struct Extension<'a> {
    pub(super) oid: ObjectIdentifier,
    /// The content of `extnValue`.
    pub(super) value: &'a [u8],
}

impl<'a> TbsCertificate<'a> {
    pub(super) fn read(der: &'a [u8]) -> der::Result<Self> {
        let mut reader = SliceReader::new(content(AnyRef::from_der(der)?, Tag::Sequence)?)?;
        let version = match tagged(&mut reader, 0, true)? {
            Some(version) => version_number(version.value())?,
            None => 1,
        };
        let serial_number = IntRef::decode(&mut reader)?.as_bytes();
        AlgorithmIdentifierRef::decode(&mut reader)?;
        let issuer = reader.tlv_bytes()?;
        let mut validity = SliceReader::new(sequence(&mut reader)?)?;
        let (not_before, not_after) = (time(&mut validity)?, time(&mut validity)?);
        validity.finish()?;
        let subject = reader.tlv_bytes()?;
        let spki_der = reader.tlv_bytes()?;
        SubjectPublicKeyInfoRef::from_der(spki_der)?;
        for number in [1, 2] {
            if let Some(unique_identifier) = tagged(&mut reader, number, false)? {
                check_bits(unique_identifier.value())?;
            }
        }
        let extensions = match tagged(&mut reader, 3, true)? {
            Some(extensions) => read_extensions(extensions.value())?,
            None => Vec::new(),
        };
        reader.finish()?;
        Ok(Self {
            version,
            serial_number,
            issuer,
            not_before,
            not_after,
            subject,
            spki_der,
            extensions,
        })
    }

    /// The value of an extension, which must not be there twice (RFC 5280 §4.2).
    pub(super) fn extension(&self, oid: ObjectIdentifier) -> der::Result<Option<&'a [u8]>> {
        let mut found = self.extensions.iter().filter(|one| one.oid == oid);
        match (found.next(), found.next()) {
            (Some(_), Some(_)) => Err(der::ErrorKind::Failed.into()),
            (found, _) => Ok(found.map(|extension| extension.value)),
        }
    }
}

/// The content of a SEQUENCE.
pub(super) fn sequence<'a>(reader: &mut SliceReader<'a>) -> der::Result<&'a [u8]> {
    content(AnyRef::decode(reader)?, Tag::Sequence)
}

/// The content of a value that has to have this tag.
pub(super) fn content(value: AnyRef<'_>, tag: Tag) -> der::Result<&[u8]> {
    value.tag().assert_eq(tag)?;
    Ok(value.value())
}

/// The value with a context-specific tag, if that comes next.
fn tagged<'a>(
    reader: &mut SliceReader<'a>,
    number: u32,
    constructed: bool,
) -> der::Result<Option<AnyRef<'a>>> {
    let wanted = Tag::ContextSpecific {
        constructed,
        number: TagNumber(number),
    };
    if reader.is_finished() || Tag::peek(reader)? != wanted {
        return Ok(None);
    }
    AnyRef::decode(reader).map(Some)
}

/// The content of a BIT STRING that nobody asks for.
fn check_bits(content: &[u8]) -> der::Result<()> {
    let (unused_bits, bits) = content.split_first().ok_or(Tag::BitString.value_error())?;
    BitStringRef::new(*unused_bits, bits).map(|_| ())
}

fn version_number(der: &[u8]) -> der::Result<u8> {
    match u8::from_der(der)? {
        0 => Ok(1),
        1 => Ok(2),
        2 => Ok(3),
        _ => Err(Tag::Integer.value_error().into()),
    }
}

/// Since 1970; X.509 has years before that too, which are refused.
fn time(reader: &mut SliceReader<'_>) -> der::Result<Duration> {
    match Tag::peek(reader)? {
        Tag::UtcTime => UtcTime::decode(reader).map(|time| time.to_unix_duration()),
        _ => GeneralizedTime::decode(reader).map(|time| time.to_unix_duration()),
    }
}

/// `SEQUENCE OF SEQUENCE { extnID, critical DEFAULT FALSE, extnValue }`
fn read_extensions(der: &[u8]) -> der::Result<Vec<Extension<'_>>> {
    let mut reader = SliceReader::new(content(AnyRef::from_der(der)?, Tag::Sequence)?)?;
    let mut extensions = Vec::new();
    while !reader.is_finished() {
        let mut extension = SliceReader::new(sequence(&mut reader)?)?;
        let oid = ObjectIdentifier::decode(&mut extension)?;
        let _critical = Option::<bool>::decode(&mut extension)?;
        let value = <&OctetStringRef>::decode(&mut extension)?.as_bytes();
        extension.finish()?;
        extensions.push(Extension { oid, value });
    }
    Ok(extensions)
}
