//! Which PEM label a DER document would have, told by its outermost shape.

use der::asn1::ObjectIdentifier;
use der::{Decode, Header, Reader, SliceReader, Tag};

/// Whether the first octets are those of a DER `SEQUENCE`, and then whether it is exactly as long
/// as the input; text that begins with the digit 0 is told apart by its second octet.
pub(super) fn exact_sequence(data: &[u8]) -> Option<bool> {
    let [0x30, second, ..] = data else {
        return None;
    };
    let exact = element(data).is_some_and(|element| element.rest == Some(&[]));
    (exact || *second >= 0x80).then_some(exact)
}

/// Mozilla's and Apple's PKCS#12 files have no length in front (BER), which only that format allows.
const INDEFINITE_PKCS12: [u8; 5] = [0x30, 0x80, 0x02, 0x01, 0x03];

/// The label; empty where the shape is of nothing that belongs here. Reads a cut-off document too,
/// so that its own reader can say what is damaged.
pub(super) fn label(der: &[u8]) -> &'static str {
    if der.starts_with(&INDEFINITE_PKCS12) {
        return "PKCS12";
    }
    let shape = || {
        let outer = element(der)?;
        let first = element(outer.content)?;
        Some(match first.tag {
            Tag::Integer => key_label(first),
            Tag::Sequence => sequence_label(first.content),
            Tag::ObjectIdentifier => "PKCS7",
            _ => "",
        })
    };
    shape().unwrap_or("")
}

/// A version, then what tells the key formats apart.
fn key_label(version: Element<'_>) -> &'static str {
    match (version.content, version.rest.and_then(element)) {
        ([3], _) => "PKCS12",
        (_, Some(next)) if next.tag == Tag::Sequence => "PRIVATE KEY",
        (_, Some(next)) if next.tag == Tag::Integer => "RSA PRIVATE KEY",
        (_, Some(next)) if next.tag == Tag::OctetString => "EC PRIVATE KEY",
        _ => "",
    }
}

/// What a document's first member, itself a sequence, begins with: an algorithm, or the fields of
/// a certificate or a certificate request.
fn sequence_label(content: &[u8]) -> &'static str {
    let Some(first) = element(content) else {
        return "";
    };
    match first.tag {
        Tag::ContextSpecific { .. } => "CERTIFICATE",
        Tag::ObjectIdentifier => algorithm_label(first.content),
        Tag::Integer if names_an_algorithm(first.rest) => signed_label(first.rest),
        Tag::Sequence if names_an_algorithm(Some(content)) => signed_label(Some(content)),
        Tag::Integer => "CERTIFICATE REQUEST",
        _ => "",
    }
}

fn algorithm_label(oid: &[u8]) -> &'static str {
    const PKCS5: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5");
    const PKCS12_PBE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1");
    if oid.starts_with(PKCS5.as_bytes()) || oid.starts_with(PKCS12_PBE.as_bytes()) {
        "ENCRYPTED PRIVATE KEY"
    } else {
        "PUBLIC KEY"
    }
}

/// After algorithm and issuer a certificate has its validity, a revocation list its date.
fn signed_label(algorithm: Option<&[u8]>) -> &'static str {
    let date = || element(element(element(algorithm?)?.rest?)?.rest?);
    match date().map(|element| element.tag) {
        Some(Tag::UtcTime | Tag::GeneralizedTime) => "X509 CRL",
        _ => "CERTIFICATE",
    }
}

fn names_an_algorithm(rest: Option<&[u8]>) -> bool {
    rest.and_then(element)
        .and_then(|sequence| element(sequence.content))
        .is_some_and(|first| first.tag == Tag::ObjectIdentifier)
}

/// One element; when it is cut off, `content` is what there is of it and there is no `rest`.
#[derive(Clone, Copy)]
struct Element<'a> {
    tag: Tag,
    content: &'a [u8],
    rest: Option<&'a [u8]>,
}

fn element(input: &[u8]) -> Option<Element<'_>> {
    let mut reader = SliceReader::new(input).ok()?;
    let header = Header::decode(&mut reader).ok()?;
    let available = reader.remaining_len();
    let content = reader.read_slice(header.length().min(available)).ok()?;
    let complete = header.length() <= available;
    let rest = reader.read_slice(reader.remaining_len()).ok()?;
    Some(Element {
        tag: header.tag(),
        content,
        rest: complete.then_some(rest),
    })
}

#[cfg(test)]
mod tests {
    use super::{exact_sequence, label};

    #[test]
    fn shapes() {
        let shapes: [(&[u8], &str); 12] = [
            (
                b"\x30\x09\x30\x07\xa0\x03\x02\x01\x02\x02\x00",
                "CERTIFICATE",
            ),
            (
                b"\x30\x0b\x30\x09\x02\x01\x09\x30\x04\x06\x02\x2a\x03",
                "CERTIFICATE",
            ),
            (
                b"\x30\x07\x30\x05\x02\x01\x00\x30\x00",
                "CERTIFICATE REQUEST",
            ),
            (b"\x30\x05\x02\x01\x00\x30\x00", "PRIVATE KEY"),
            (b"\x30\x06\x02\x01\x00\x02\x01\x05", "RSA PRIVATE KEY"),
            (b"\x30\x06\x02\x01\x01\x04\x01\x05", "EC PRIVATE KEY"),
            (
                b"\x30\x0d\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d",
                "ENCRYPTED PRIVATE KEY",
            ),
            (b"\x30\x07\x30\x05\x06\x03\x2b\x65\x70", "PUBLIC KEY"),
            (b"\x30\x05\x02\x01\x03\x30\x00", "PKCS12"),
            (b"\x30\x04\x06\x02\x2a\x03", "PKCS7"),
            (b"\x30\x00", ""),
            (b"\x30\x82", ""),
        ];
        for (der, expected) in shapes {
            assert_eq!(label(der), expected, "{der:02x?}");
        }
    }

    #[test]
    fn a_cut_off_document_keeps_its_label() {
        let key = b"\x30\x82\x04\xa4\x02\x01\x00\x02\x82\x01\x01\x00";
        assert_eq!(label(key), "RSA PRIVATE KEY");
        assert_eq!(exact_sequence(key), Some(false));
    }

    #[test]
    fn text_that_begins_with_zero_is_text() {
        assert_eq!(exact_sequence(b"0 s:CN = leaf"), None);
        assert_eq!(exact_sequence(b"0"), None);
        assert_eq!(exact_sequence(b"\x30\x00"), Some(true));
    }
}
