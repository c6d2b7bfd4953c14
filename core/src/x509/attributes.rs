//! The parts of a certificate's names that become session tags.
//!
//! Source: IAM Roles Anywhere user guide, "Trust model" (attribute mapping). Which attributes of a
//! name the service recognises no document lists; these are the usual ones.

use super::Certificate;
use super::name::string;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use const_oid::ObjectIdentifier;
use der::Decode;
use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::name::Name;

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
    let Ok(inner) = CertificateInner::<Raw>::from_der(certificate.der()) else {
        return Vec::new();
    };
    let tbs = inner.tbs_certificate();
    let mut found = of_name("x509Subject", "", tbs.subject());
    found.extend(of_name("x509Issuer", "", tbs.issuer()));
    if let Ok(Some((_, names))) = tbs.get_extension::<SubjectAltName>() {
        found.extend(of_alternative_names(&names.0));
    }
    found
}

/// The first common name of the subject.
pub(crate) fn common_name(certificate: &Certificate) -> Option<String> {
    let inner = CertificateInner::<Raw>::from_der(certificate.der()).ok()?;
    let subject = inner.tbs_certificate().subject();
    let mut names = subject.iter().filter(|part| part.oid == COMMON_NAME);
    names.next().and_then(|part| string(&part.value))
}

/// Values of an attribute that is there more than once are joined by `/`.
fn of_name(field: &'static str, prefix: &str, name: &Name) -> Vec<Attribute> {
    let mut found: Vec<Attribute> = Vec::new();
    for part in name.iter() {
        let Some(known) = specifier(part.oid) else {
            continue;
        };
        let specifier = format!("{prefix}{known}");
        let value = string(&part.value);
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

fn of_alternative_names(names: &[GeneralName]) -> Vec<Attribute> {
    let plain = |specifier: &str, value: &str| Attribute {
        field: SAN,
        specifier: specifier.to_string(),
        value: Some(value.to_string()),
    };
    let dns = names.iter().find_map(|name| match name {
        GeneralName::DnsName(name) => Some(plain("DNS", name.as_str())),
        _ => None,
    });
    let uri = names.iter().find_map(|name| match name {
        GeneralName::UniformResourceIdentifier(uri) => Some(plain("URI", uri.as_str())),
        _ => None,
    });
    let directory = names.iter().find_map(|name| match name {
        GeneralName::DirectoryName(name) => Some(of_name(SAN, "Name/", name)),
        _ => None,
    });
    let directory = directory.unwrap_or_default();
    dns.into_iter().chain(uri).chain(directory).collect()
}

fn specifier(oid: ObjectIdentifier) -> Option<&'static str> {
    SPECIFIERS
        .iter()
        .find(|(known, _)| ObjectIdentifier::new(known) == Ok(oid))
        .map(|(_, specifier)| *specifier)
}

const SAN: &str = "x509SAN";

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

const SPECIFIERS: &[(&str, &str)] = &[
    ("2.5.4.3", "CN"),
    ("2.5.4.4", "SN"),
    ("2.5.4.5", "SERIALNUMBER"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "STREET"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.12", "T"),
    ("2.5.4.42", "GIVENNAME"),
    ("2.5.4.43", "INITIALS"),
    ("2.5.4.44", "GENERATION"),
    ("2.5.4.46", "DNQUALIFIER"),
    ("2.5.4.65", "PSEUDONYM"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("1.2.840.113549.1.9.1", "EMAILADDRESS"),
];
