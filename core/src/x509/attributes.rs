//! The parts of a certificate's names that become session tags.
//!
//! Source: IAM Roles Anywhere user guide, "Trust model" (attribute mapping). Which attributes of a
//! name the service recognises no document lists; these are the usual ones.

use super::Certificate;
use super::name::{parts, string};
use super::structure::{Parts, TbsCertificate};
use crate::fields::{self, Fields, name};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use const_oid::{ObjectIdentifier, ObjectIdentifierRef};
use der::Tagged;
use der::asn1::Ia5StringRef;

/// One part of a name, as a session tag calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// `x509Subject`, `x509Issuer` or `x509SAN`.
    pub(crate) field: &'static str,
    /// `CN`, `DNS`, `Name/CN`, …
    pub(crate) specifier: String,
    /// `None` where it is no text.
    pub(crate) value: Option<String>,
}

impl Attribute {
    /// The tag's key: `x509Subject/CN`.
    pub(crate) fn key(&self) -> String {
        format!("{}/{}", self.field, self.specifier)
    }
}

/// Every attribute that a profile without mappings of its own makes a tag of: the subject's, the
/// issuer's, and of the alternative names the first DNS name, URI and directory name.
pub(crate) fn all(certificate: &Certificate) -> Vec<Attribute> {
    let mut found = of_name("x509Subject", "", certificate.subject().der());
    found.extend(of_name("x509Issuer", "", certificate.issuer().der()));
    // Names that cannot be read make no tags.
    found.extend(of_alternative_names(certificate).unwrap_or_default());
    found
}

/// The first common name of the subject.
pub(crate) fn common_name(certificate: &Certificate) -> Option<String> {
    let parts = parts(certificate.subject().der()).ok()?;
    let mut names = parts.iter().flatten().filter(|it| *it.oid == COMMON_NAME);
    names.next().and_then(|part| string(part.value))
}

/// Values of an attribute that is there more than once are joined by `/`.
fn of_name(field: &'static str, prefix: &str, name_der: &[u8]) -> Vec<Attribute> {
    let mut found: Vec<Attribute> = Vec::new();
    for part in parts(name_der).unwrap_or_default().iter().flatten() {
        let Some(known) = specifier(part.oid) else {
            continue;
        };
        let specifier = format!("{prefix}{known}");
        let value = string(part.value);
        match found.iter_mut().find(|one| one.specifier == specifier) {
            Some(one) => {
                let both = one.value.take().zip(value);
                one.value = both.map(|(first, next)| format!("{first}/{next}"));
            }
            None => found.push(Attribute {
                field,
                specifier,
                value,
            }),
        }
    }
    found
}

/// `GeneralName` is a choice by tag (RFC 5280 §4.2.1.6): 2 a DNS name, 4 a directory name, 6 a URI.
fn of_alternative_names(certificate: &Certificate) -> fields::Result<Vec<Attribute>> {
    let tbs = TbsCertificate::read(Parts::read(certificate.der())?.tbs_der)?;
    let Some(names) = tbs.extension(SUBJECT_ALTERNATIVE_NAME)? else {
        return Ok(Vec::new());
    };
    let mut names = Fields::of(names)?;
    let (mut dns, mut uri, mut directory) = (None, None, None);
    while !names.is_finished() {
        let name = names.any()?;
        match u32::from(name.tag().number()) {
            2 => dns = dns.or(Some(plain("DNS", name.value())?)),
            4 => directory = directory.or(Some(of_name(SAN, "Name/", name.value()))),
            6 => uri = uri.or(Some(plain("URI", name.value())?)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    found.extend(dns);
    found.extend(uri);
    found.extend(directory.unwrap_or_default());
    Ok(found)
}

fn plain(specifier: &str, octets: &[u8]) -> fields::Result<Attribute> {
    Ok(Attribute {
        field: SAN,
        specifier: specifier.to_string(),
        value: Some(Ia5StringRef::new(octets)?.as_str().to_string()),
    })
}

fn specifier(oid: &ObjectIdentifierRef) -> Option<&'static str> {
    name(SPECIFIERS, oid)
}

const SAN: &str = "x509SAN";

const SUBJECT_ALTERNATIVE_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.17");

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

const SPECIFIERS: &str = "\
    2.5.4.3 CN\n\
    2.5.4.4 SN\n\
    2.5.4.5 SERIALNUMBER\n\
    2.5.4.6 C\n\
    2.5.4.7 L\n\
    2.5.4.8 ST\n\
    2.5.4.9 STREET\n\
    2.5.4.10 O\n\
    2.5.4.11 OU\n\
    2.5.4.12 T\n\
    2.5.4.42 GIVENNAME\n\
    2.5.4.43 INITIALS\n\
    2.5.4.44 GENERATION\n\
    2.5.4.46 DNQUALIFIER\n\
    2.5.4.65 PSEUDONYM\n\
    0.9.2342.19200300.100.1.1 UID\n\
    0.9.2342.19200300.100.1.25 DC\n\
    1.2.840.113549.1.9.1 EMAILADDRESS\n";
