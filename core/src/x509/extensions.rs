//! The four extensions that matter here.

use super::certificate::malformed;
use super::structure::{TbsCertificate, content};
use crate::error::Result;
use alloc::vec::Vec;
use const_oid::ObjectIdentifier;
use der::asn1::{AnyRef, BitStringRef, OctetStringRef};
use der::{Decode, Reader, SliceReader, Tag, TagMode, TagNumber};

const SUBJECT_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const AUTHORITY_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.35");

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Extensions {
    pub(super) is_ca: bool,
    pub(super) digital_signature: Option<bool>,
    pub(super) subject_key_identifier: Option<Vec<u8>>,
    pub(super) authority_key_identifier: Option<Vec<u8>>,
}

impl Extensions {
    pub(super) fn read(tbs: &TbsCertificate<'_>) -> Result<Self> {
        Self::decode(tbs).map_err(|_| malformed("an extension of the certificate is malformed"))
    }

    fn decode(tbs: &TbsCertificate<'_>) -> der::Result<Self> {
        let basic_constraints = tbs.extension(BASIC_CONSTRAINTS)?;
        let key_usage = tbs.extension(KEY_USAGE)?;
        let subject = tbs.extension(SUBJECT_KEY_IDENTIFIER)?;
        let authority = tbs.extension(AUTHORITY_KEY_IDENTIFIER)?;
        Ok(Self {
            is_ca: basic_constraints.map(is_ca).transpose()?.unwrap_or(false),
            digital_signature: key_usage.map(digital_signature).transpose()?,
            subject_key_identifier: subject.map(octets).transpose()?,
            authority_key_identifier: authority.map(key_identifier).transpose()?.flatten(),
        })
    }
}

/// `BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }`
fn is_ca(der: &[u8]) -> der::Result<bool> {
    let mut reader = SliceReader::new(content(AnyRef::from_der(der)?, Tag::Sequence)?)?;
    let is_ca = Option::<bool>::decode(&mut reader)?.unwrap_or(false);
    let _path_length = Option::<u8>::decode(&mut reader)?;
    reader.finish()?;
    Ok(is_ca)
}

/// The first bit of `KeyUsage`.
fn digital_signature(der: &[u8]) -> der::Result<bool> {
    let usage = BitStringRef::from_der(der)?;
    Ok(usage.bits().next().unwrap_or(false))
}

fn octets(der: &[u8]) -> der::Result<Vec<u8>> {
    Ok(<&OctetStringRef>::from_der(der)?.as_bytes().to_vec())
}

/// The key identifier alone (RFC 5280 §4.2.1.1): the issuer and serial number that may follow are
/// not used here, and are often odd.
fn key_identifier(der: &[u8]) -> der::Result<Option<Vec<u8>>> {
    let mut reader = SliceReader::new(content(AnyRef::from_der(der)?, Tag::Sequence)?)?;
    let identifier = reader.context_specific::<&OctetStringRef>(TagNumber(0), TagMode::Implicit)?;
    while !reader.is_finished() {
        AnyRef::decode(&mut reader)?;
    }
    Ok(identifier.map(|octets| octets.as_bytes().to_vec()))
}
