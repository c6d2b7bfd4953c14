//! The four extensions that matter here.

use super::certificate::malformed;
use super::structure::TbsCertificate;
use crate::error::Result;
use crate::fields::{self, Fields, Malformed};
use alloc::vec::Vec;
use const_oid::ObjectIdentifier;
use der::Tag;

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

    fn decode(tbs: &TbsCertificate<'_>) -> fields::Result<Self> {
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
fn is_ca(der: &[u8]) -> fields::Result<bool> {
    let mut fields = Fields::of(der)?;
    let is_ca = fields.flag()?;
    let path_length = fields.optional_number()?;
    fields.finish()?;
    match path_length {
        None | Some(0..=255) => Ok(is_ca),
        Some(_) => Err(Malformed::Other),
    }
}

/// The first bit of `KeyUsage`.
fn digital_signature(der: &[u8]) -> fields::Result<bool> {
    let usage = fields::bits(fields::content(fields::value(der)?, Tag::BitString)?)?;
    Ok(usage.bits().next().unwrap_or(false))
}

fn octets(der: &[u8]) -> fields::Result<Vec<u8>> {
    fields::content(fields::value(der)?, Tag::OctetString).map(<[u8]>::to_vec)
}

/// The key identifier alone (RFC 5280 §4.2.1.1): the issuer and serial number that may follow are
/// not used here, and are often odd.
fn key_identifier(der: &[u8]) -> fields::Result<Option<Vec<u8>>> {
    let mut fields = Fields::of(der)?;
    let identifier = fields.tagged(0, false)?;
    // Octets in pieces are BER.
    if fields.tagged(0, true)?.is_some() {
        return Err(Malformed::Other);
    }
    while !fields.is_finished() {
        fields.any()?;
    }
    Ok(identifier.map(|octets| octets.value().to_vec()))
}
