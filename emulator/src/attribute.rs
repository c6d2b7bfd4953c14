//! The names of the attributes in a certificate's names, as session tags and mapping rules write them.

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc3280, rfc4519};

/// What the emulator recognises. No document lists what the service does.
const NAMES: &[(ObjectIdentifier, &str)] = &[
    (rfc4519::CN, "CN"),
    (rfc4519::SN, "SN"),
    (rfc4519::SERIAL_NUMBER, "SERIALNUMBER"),
    (rfc4519::C, "C"),
    (rfc4519::L, "L"),
    (rfc4519::ST, "ST"),
    (rfc4519::STREET, "STREET"),
    (rfc4519::O, "O"),
    (rfc4519::OU, "OU"),
    (rfc4519::TITLE, "T"),
    (rfc4519::GIVEN_NAME, "GIVENNAME"),
    (rfc4519::INITIALS, "INITIALS"),
    (rfc4519::GENERATION_QUALIFIER, "GENERATION"),
    (rfc4519::DN_QUALIFIER, "DNQUALIFIER"),
    (rfc3280::PSEUDONYM, "PSEUDONYM"),
    (rfc4519::UID, "UID"),
    (rfc4519::DC, "DC"),
    (rfc3280::EMAIL_ADDRESS, "EMAILADDRESS"),
];

/// The short name of an attribute.
pub(crate) fn name_of(oid: ObjectIdentifier) -> Option<&'static str> {
    let known = NAMES.iter().find(|(known, _)| *known == oid);
    known.map(|(_, name)| *name)
}

/// The attribute that a specifier names: by its short name, whatever its case, or by its dotted OID.
pub(crate) fn oid_of(specifier: &str) -> Option<ObjectIdentifier> {
    let known = NAMES
        .iter()
        .find(|(_, name)| name.eq_ignore_ascii_case(specifier));
    known
        .map(|(oid, _)| *oid)
        .or_else(|| ObjectIdentifier::new(specifier).ok())
}
