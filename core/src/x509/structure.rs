//! The ASN.1 of a certificate (RFC 5280 §4.1), its fields as they stand in the DER.
//!
//! Serial numbers and names that RFC 5280 forbids are read too; a finding names them.

use crate::fields::{Algorithm, Fields, Malformed, Result, bits, number, public_key};
use crate::time::Timestamp;
use alloc::vec::Vec;
use const_oid::{ObjectIdentifier, ObjectIdentifierRef};
use der::asn1::{AnyRef, BitStringRef, IntRef};
use der::{Tag, Tagged};

/// `Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }`
pub(super) struct Parts<'a> {
    pub(super) tbs_der: &'a [u8],
    pub(super) algorithm: Algorithm<'a>,
    pub(super) signature: BitStringRef<'a>,
}

impl<'a> Parts<'a> {
    pub(super) fn read(der: &'a [u8]) -> Result<Self> {
        Fields::of(der)?.whole(|fields| {
            Ok(Self {
                tbs_der: fields.der()?,
                algorithm: fields.algorithm()?,
                signature: fields.bits()?,
            })
        })
    }
}

/// `TBSCertificate`; its `signature` and the unique identifiers are passed over.
pub(super) struct TbsCertificate<'a> {
    /// As people count it: 1, 2 or 3.
    pub(super) version: u8,
    pub(super) serial_number: &'a [u8],
    pub(super) issuer: &'a [u8],
    pub(super) not_before: Timestamp,
    pub(super) not_after: Timestamp,
    pub(super) subject: &'a [u8],
    pub(super) spki_der: &'a [u8],
    pub(super) extensions: Vec<Extension<'a>>,
}

pub(super) struct Extension<'a> {
    pub(super) oid: &'a ObjectIdentifierRef,
    /// The content of `extnValue`.
    pub(super) value: &'a [u8],
}

impl<'a> TbsCertificate<'a> {
    pub(super) fn read(der: &'a [u8]) -> Result<Self> {
        let mut fields = Fields::of(der)?;
        let version = match fields.explicit(0)? {
            Some(version) => version_number(version)?,
            None => 1,
        };
        let serial_number = fields.any()?.decode_as::<IntRef<'_>>()?.as_bytes();
        fields.algorithm()?;
        let issuer = fields.der()?;
        let mut validity = fields.fields()?;
        let (not_before, not_after) = (time(validity.any()?)?, time(validity.any()?)?);
        validity.finish()?;
        let subject = fields.der()?;
        let spki_der = fields.der()?;
        public_key(spki_der)?;
        for number in [1, 2] {
            if let Some(unique_identifier) = fields.tagged(number, false)? {
                bits(unique_identifier.value())?;
            }
        }
        let extensions = match fields.explicit(3)? {
            Some(extensions) => read_extensions(extensions)?,
            None => Vec::new(),
        };
        fields.finish()?;
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
    pub(super) fn extension(&self, oid: ObjectIdentifier) -> Result<Option<&'a [u8]>> {
        let mut found = self.extensions.iter().filter(|one| *one.oid == oid);
        match (found.next(), found.next()) {
            (Some(_), Some(_)) => Err(Malformed::Other),
            (found, _) => Ok(found.map(|extension| extension.value)),
        }
    }
}

fn version_number(version: AnyRef<'_>) -> Result<u8> {
    match number(version)? {
        0 => Ok(1),
        1 => Ok(2),
        2 => Ok(3),
        _ => Err(Malformed::Other),
    }
}

/// Since 1970; X.509 has years before that too, which are refused.
fn time(time: AnyRef<'_>) -> Result<Timestamp> {
    let read = match time.tag() {
        Tag::UtcTime => Timestamp::of_utc_time(time.value()),
        Tag::GeneralizedTime => Timestamp::of_generalized_time(time.value()),
        _ => None,
    };
    read.ok_or(Malformed::Other)
}

/// `SEQUENCE OF SEQUENCE { extnID, critical DEFAULT FALSE, extnValue }`
fn read_extensions(list: AnyRef<'_>) -> Result<Vec<Extension<'_>>> {
    let mut list = Fields::within(list)?;
    let mut extensions = Vec::new();
    while !list.is_finished() {
        let mut extension = list.fields()?;
        let oid = extension.object_identifier()?;
        let _critical = extension.flag()?;
        let value = extension.octets()?;
        extension.finish()?;
        extensions.push(Extension { oid, value });
    }
    Ok(extensions)
}
