use super::Name;
use alloc::string::ToString;
use core::str::FromStr;
use der::asn1::{Any, SetOfVec};
use der::{Encode, Tag};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::{RdnSequence, RelativeDistinguishedName};

/// A name of one attribute, of any tag.
fn attribute(oid: &str, tag: Tag, octets: &[u8]) -> Name {
    let attribute = AttributeTypeAndValue {
        oid: oid.parse().unwrap(),
        value: Any::new(tag, octets).unwrap(),
    };
    let part = SetOfVec::try_from([attribute]).unwrap();
    let sequence = RdnSequence::from(alloc::vec![RelativeDistinguishedName::from(part)]);
    Name::new(&sequence.to_der().unwrap()).unwrap()
}

fn common_name(tag: Tag, octets: &[u8]) -> Name {
    attribute("2.5.4.3", tag, octets)
}

fn utf8(text: &str) -> Name {
    common_name(Tag::Utf8String, text.as_bytes())
}

fn parsed(text: &str) -> Name {
    let name = x509_cert::name::Name::from_str(text).unwrap();
    Name::new(&name.to_der().unwrap()).unwrap()
}

#[test]
fn parts_come_most_specific_first() {
    let name = parsed("CN=leaf+UID=7,OU=b,O=Example,C=DE");
    assert_eq!(name.as_str(), "CN=leaf+UID=7,OU=b,O=Example,C=DE");
    assert!(!name.is_empty());
    let empty = Name::new(b"\x30\x00").unwrap();
    assert!(empty.is_empty() && empty.as_str().is_empty());
}

/// X.501 forbids it, and OpenSSL reads it.
#[test]
fn a_part_without_attributes_leaves_nothing() {
    let der = b"\x30\x0f\x31\x0b\x30\x09\x06\x03\x55\x04\x06\x13\x02DE\x31\x00";
    let name = Name::new(der).unwrap();
    assert_eq!(name.as_str(), "C=DE");
}

#[test]
fn special_characters_are_escaped() {
    for (value, text) in [
        ("a,b+c\"d\\e<f>g;h", "CN=a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h"),
        ("#1 #2", "CN=\\#1 #2"),
        (" a ", "CN=\\ a\\ "),
        (" ", "CN=\\ "),
        ("a\nb\u{7f}\u{85}", "CN=a\\0ab\\7f\\c2\\85"),
        ("a\u{202e}b", "CN=a\\e2\\80\\aeb"),
        ("Jürgen 東", "CN=Jürgen 東"),
        ("", "CN="),
    ] {
        assert_eq!(utf8(value).to_string(), text);
    }
}

#[test]
fn every_string_type_is_text() {
    for (tag, octets) in [
        (Tag::PrintableString, &b"Zoe"[..]),
        (Tag::Utf8String, b"Zoe"),
        (Tag::Ia5String, b"Zoe"),
        (Tag::TeletexString, b"Zoe"),
        (Tag::BmpString, b"\0Z\0o\0e"),
    ] {
        assert_eq!(common_name(tag, octets).as_str(), "CN=Zoe", "{tag}");
    }
    assert_eq!(
        common_name(Tag::TeletexString, b"Zo\xeb").as_str(),
        "CN=Zoë"
    );
}

#[test]
fn what_is_no_text_is_hex() {
    assert_eq!(
        common_name(Tag::OctetString, b"\x01").as_str(),
        "2.5.4.3=#040101"
    );
    assert_eq!(
        common_name(Tag::Utf8String, b"\xff").as_str(),
        "2.5.4.3=#0c01ff"
    );
    assert_eq!(
        common_name(Tag::BmpString, b"\0").as_str(),
        "2.5.4.3=#1e0100"
    );
    assert_eq!(
        common_name(Tag::BmpString, b"\xd8\x00").as_str(),
        "2.5.4.3=#1e02d800"
    );
    assert_eq!(
        attribute("1.2.3.4", Tag::Utf8String, b"x").as_str(),
        "1.2.3.4=#0c0178"
    );
    assert_eq!(
        attribute("1.2.840.113549.1.9.1", Tag::Ia5String, b"a@b").as_str(),
        "emailAddress=a@b"
    );
}

#[test]
fn names_are_compared_as_rfc_5280_has_it() {
    let name = utf8("Example  CA");
    assert_eq!(name, common_name(Tag::PrintableString, b"example ca"));
    assert_eq!(
        name,
        common_name(Tag::BmpString, b"\0E\0x\0a\0m\0p\0l\0e\0 \0C\0A")
    );
    assert_ne!(name, utf8("Example CB"));
    assert_ne!(name, utf8("Example CA2"));
    assert_ne!(name, attribute("2.5.4.10", Tag::Utf8String, b"Example CA"));
    assert_ne!(parsed("CN=a,O=b"), parsed("CN=a\\,O=b"));
}
