//! Distinguished names: their DER, RFC 4514's text, and comparison.

use super::certificate::malformed;
use crate::encoding::hex;
use crate::error::Result;
use crate::fields::{self, Fields, content, name};
use crate::lowercase::lowercase;
use alloc::{string::String, vec::Vec};
use const_oid::ObjectIdentifierRef;
use core::fmt::{self, Write};
use der::asn1::AnyRef;
use der::{Encode, Tag, Tagged};

/// A distinguished name (RFC 5280 §4.1.2.4).
///
/// Prints as RFC 4514 has it, the most specific part first, such as `CN=leaf,O=Example,C=DE`. Names
/// of attributes are those of RFC 4514 §3 and RFC 4519, and `emailAddress`; others are dotted, with
/// their value as `#` and hex. Control characters are always escaped.
///
/// Two names are equal when their parts are, whatever string types and case they use and however
/// many spaces stand between words (RFC 5280 §7.1).
#[derive(Clone)]
pub struct Name {
    der: Vec<u8>,
    text: String,
}

impl Name {
    pub(super) fn new(der: &[u8]) -> Result<Self> {
        let mut text = String::new();
        for part in parts(der).map_err(|_| damaged())?.iter().rev() {
            for (index, attribute) in part.iter().enumerate() {
                match index {
                    // Of a part without attributes, which X.501 forbids, nothing is to be seen.
                    0 if text.is_empty() => {}
                    0 => text.push(','),
                    _ => text.push('+'),
                }
                push_attribute(&mut text, attribute).ok_or_else(damaged)?;
            }
        }
        Ok(Self {
            der: der.to_vec(),
            text,
        })
    }

    /// The DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// RFC 4514's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the name has no part at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Name({})", self.text)
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der || folded(&self.text).eq(folded(&other.text))
    }
}

impl Eq for Name {}

/// Lower case, and one space where there are several.
fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut after_space = false;
    text.chars()
        .filter(move |character| {
            let repeated = after_space && *character == ' ';
            after_space = *character == ' ';
            !repeated
        })
        .flat_map(lowercase)
}

/// `AttributeTypeAndValue ::= SEQUENCE { type, value }`
pub(super) struct Attribute<'a> {
    pub(super) oid: &'a ObjectIdentifierRef,
    pub(super) value: AnyRef<'a>,
}

/// `RDNSequence ::= SEQUENCE OF SET OF AttributeTypeAndValue`, in the order of the DER.
pub(super) fn parts(der: &[u8]) -> fields::Result<Vec<Vec<Attribute<'_>>>> {
    let mut sets = Fields::of(der)?;
    let mut parts = Vec::new();
    while !sets.is_finished() {
        let set = content(sets.any()?, Tag::Set)?;
        parts.push(attributes(Fields::among(set)?)?);
    }
    Ok(parts)
}

fn attributes(mut set: Fields<'_>) -> fields::Result<Vec<Attribute<'_>>> {
    let mut attributes = Vec::new();
    while !set.is_finished() {
        let mut attribute = set.fields()?;
        attributes.push(Attribute {
            oid: attribute.object_identifier()?,
            value: attribute.any()?,
        });
        attribute.finish()?;
    }
    Ok(attributes)
}

fn push_attribute(text: &mut String, attribute: &Attribute<'_>) -> Option<()> {
    match (name(KEYWORDS, attribute.oid), string(attribute.value)) {
        (Some(keyword), Some(value)) => {
            text.push_str(keyword);
            text.push('=');
            push_escaped(text, &value);
        }
        _ => {
            let der = attribute.value.to_der().ok()?;
            write!(text, "{}=#{}", attribute.oid, hex(&der)).ok()?;
        }
    }
    Some(())
}

/// RFC 4514 §2.4, and control characters of every kind: names reach terminals and logs.
fn push_escaped(text: &mut String, value: &str) {
    let last = value.chars().count().saturating_sub(1);
    for (index, character) in value.chars().enumerate() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => text.extend(['\\', character]),
            '#' if index == 0 => text.push_str("\\#"),
            ' ' if index == 0 || index == last => text.push_str("\\ "),
            _ if character.is_control() || is_direction(character) => {
                for octet in character.encode_utf8(&mut [0; 4]).bytes() {
                    text.push('\\');
                    text.push_str(&hex(&[octet]));
                }
            }
            _ => text.push(character),
        }
    }
}

/// Characters that turn the direction of the text after them.
const fn is_direction(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text of any of X.520's string types.
pub(super) fn string(value: AnyRef<'_>) -> Option<String> {
    let octets = value.value();
    match value.tag() {
        Tag::Utf8String
        | Tag::PrintableString
        | Tag::Ia5String
        | Tag::NumericString
        | Tag::VisibleString => String::from_utf8(octets.to_vec()).ok(),
        // In practice Latin-1, as in OpenSSL.
        Tag::TeletexString => Some(octets.iter().copied().map(char::from).collect()),
        Tag::BmpString => {
            let (units, rest) = octets.as_chunks::<2>();
            let units = units.iter().copied().map(u16::from_be_bytes);
            rest.is_empty().then(|| {
                char::decode_utf16(units)
                    .collect::<core::result::Result<_, _>>()
                    .ok()
            })?
        }
        _ => None,
    }
}

const KEYWORDS: &str = "\
    2.5.4.3 CN\n\
    2.5.4.10 O\n\
    2.5.4.11 OU\n\
    2.5.4.6 C\n\
    2.5.4.7 L\n\
    2.5.4.8 ST\n\
    2.5.4.9 STREET\n\
    0.9.2342.19200300.100.1.25 DC\n\
    0.9.2342.19200300.100.1.1 UID\n\
    2.5.4.5 serialNumber\n\
    2.5.4.4 sn\n\
    2.5.4.42 givenName\n\
    2.5.4.43 initials\n\
    2.5.4.44 generationQualifier\n\
    2.5.4.12 title\n\
    2.5.4.13 description\n\
    2.5.4.17 postalCode\n\
    2.5.4.46 dnQualifier\n\
    2.5.4.65 pseudonym\n\
    2.5.4.97 organizationIdentifier\n\
    1.2.840.113549.1.9.1 emailAddress\n";

fn damaged() -> crate::error::Error {
    malformed("a name in the certificate is malformed")
}

#[cfg(test)]
mod tests;
