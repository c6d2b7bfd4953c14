use const_oid::ObjectIdentifier;
use der::asn1::{Any, BmpString};
use der::{Decode, Encode, Tag, Tagged};
use x509_cert::name::Name;

/// Something in a certificate that may become a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    /// What stands before the attribute's own name, or all of the name where there is no OID.
    pub(super) prefix: &'static str,
    pub(super) oid: Option<ObjectIdentifier>,
    /// None when it is not a text.
    pub(super) value: Option<String>,
}

impl Attribute {
    pub(super) fn plain(name: &'static str, value: &str) -> Self {
        Self {
            prefix: name,
            oid: None,
            value: Some(value.to_owned()),
        }
    }
}

/// The attributes of a name, each once: the values of one that is there more often are joined by `/`.
pub(super) fn attributes(name: &Name, prefix: &'static str) -> Vec<Attribute> {
    let mut found: Vec<Attribute> = Vec::new();
    for attribute in name.iter() {
        let value = text(&attribute.value);
        let known = found
            .iter_mut()
            .find(|known| known.oid == Some(attribute.oid));
        match known {
            Some(known) => {
                let joined = known.value.take().zip(value);
                known.value = joined.map(|(first, next)| format!("{first}/{next}"));
            }
            None => found.push(Attribute {
                prefix,
                oid: Some(attribute.oid),
                value,
            }),
        }
    }
    found
}

fn text(value: &Any) -> Option<String> {
    match value.tag() {
        Tag::Utf8String
        | Tag::PrintableString
        | Tag::Ia5String
        | Tag::TeletexString
        | Tag::VisibleString
        | Tag::NumericString => std::str::from_utf8(value.value()).ok().map(str::to_owned),
        Tag::BmpString => {
            let text = value.to_der().ok()?;
            BmpString::from_der(&text).ok().map(|text| text.to_string())
        }
        _ => None,
    }
}
