//! DER field by field, over the crate `der`.
//!
//! A derived decoder is made anew for each structure and for each type in it, and all of them together
//! weigh as much as a curve in WebAssembly. Here each kind of field is read in one place.

use crate::encoding::split;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use const_oid::ObjectIdentifierRef;
use der::asn1::{AnyRef, BitStringRef, UintRef};
use der::{Decode, Encode, Reader, SliceReader, Tag, TagNumber, Tagged};

/// In octets, as of [`const_oid::ObjectIdentifier`].
const LONGEST_OBJECT_IDENTIFIER: usize = 39;

pub(crate) type Result<T> = core::result::Result<T, Malformed>;

/// What is wrong with a document, as far as anybody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Malformed {
    /// An object identifier is malformed, or one that the crate `const-oid` does not hold.
    ObjectIdentifier,
    Other,
}

impl From<der::Error> for Malformed {
    fn from(_: der::Error) -> Self {
        Self::Other
    }
}

/// `AlgorithmIdentifier`, which points into the document.
#[derive(Clone, Copy)]
pub(crate) struct Algorithm<'a> {
    pub(crate) oid: &'a ObjectIdentifierRef,
    pub(crate) parameters: Option<AnyRef<'a>>,
}

/// The fields of a `SEQUENCE` or a `SET`, one after the other.
pub(crate) struct Fields<'a>(SliceReader<'a>);

impl<'a> Fields<'a> {
    /// Of the `SEQUENCE` that a document is.
    pub(crate) fn of(der: &'a [u8]) -> Result<Self> {
        Self::within(value(der)?)
    }

    /// Of a value that has to be a `SEQUENCE`.
    pub(crate) fn within(value: AnyRef<'a>) -> Result<Self> {
        Self::among(content(value, Tag::Sequence)?)
    }

    /// Of a content without its header.
    pub(crate) fn among(content: &'a [u8]) -> Result<Self> {
        Ok(Self(SliceReader::new(content)?))
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.0.is_finished()
    }

    /// What is read of them; nothing may follow.
    pub(crate) fn whole<T>(mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let read = read(&mut self)?;
        self.finish()?;
        Ok(read)
    }

    /// Nothing may follow.
    pub(crate) fn finish(self) -> Result<()> {
        Ok(self.0.finish()?)
    }

    pub(crate) fn any(&mut self) -> Result<AnyRef<'a>> {
        Ok(AnyRef::decode(&mut self.0)?)
    }

    /// The next field with its header.
    pub(crate) fn der(&mut self) -> Result<&'a [u8]> {
        Ok(self.0.tlv_bytes()?)
    }

    /// The next field, if it has this tag.
    pub(crate) fn optional(&mut self, tag: Tag) -> Result<Option<AnyRef<'a>>> {
        if self.is_finished() || Tag::peek(&self.0)? != tag {
            return Ok(None);
        }
        self.any().map(Some)
    }

    /// `[number]`, if it comes next.
    pub(crate) fn tagged(&mut self, number: u32, constructed: bool) -> Result<Option<AnyRef<'a>>> {
        self.optional(Tag::ContextSpecific {
            constructed,
            number: TagNumber(number),
        })
    }

    /// What is in `[number] EXPLICIT`, if that comes next.
    pub(crate) fn explicit(&mut self, number: u32) -> Result<Option<AnyRef<'a>>> {
        let tagged = self.tagged(number, true)?;
        tagged.map(|tagged| value(tagged.value())).transpose()
    }

    /// Of a `SEQUENCE` that comes next.
    pub(crate) fn fields(&mut self) -> Result<Self> {
        Self::within(self.any()?)
    }

    pub(crate) fn object_identifier(&mut self) -> Result<&'a ObjectIdentifierRef> {
        object_identifier(self.any()?)
    }

    pub(crate) fn octets(&mut self) -> Result<&'a [u8]> {
        content(self.any()?, Tag::OctetString)
    }

    pub(crate) fn bits(&mut self) -> Result<BitStringRef<'a>> {
        bits(content(self.any()?, Tag::BitString)?)
    }

    /// A positive `INTEGER`'s octets, without leading zeros.
    pub(crate) fn integer(&mut self) -> Result<&'a [u8]> {
        integer(self.any()?)
    }

    pub(crate) fn number(&mut self) -> Result<u64> {
        number(self.any()?)
    }

    pub(crate) fn optional_number(&mut self) -> Result<Option<u64>> {
        self.optional(Tag::Integer)?.map(number).transpose()
    }

    /// `BOOLEAN DEFAULT FALSE`
    pub(crate) fn flag(&mut self) -> Result<bool> {
        let flag = self.optional(Tag::Boolean)?;
        match flag.map(|flag| flag.value()) {
            None | Some([0]) => Ok(false),
            Some([0xff]) => Ok(true),
            Some(_) => Err(Malformed::Other),
        }
    }

    pub(crate) fn algorithm(&mut self) -> Result<Algorithm<'a>> {
        algorithm(self.any()?)
    }
}

/// The one value that a document is.
pub(crate) fn value(der: &[u8]) -> Result<AnyRef<'_>> {
    Ok(AnyRef::from_der(der)?)
}

/// The content of a value that has to have this tag.
pub(crate) fn content(value: AnyRef<'_>, tag: Tag) -> Result<&[u8]> {
    value.tag().assert_eq(tag)?;
    Ok(value.value())
}

fn integer(value: AnyRef<'_>) -> Result<&[u8]> {
    Ok(value.decode_as::<UintRef<'_>>()?.as_bytes())
}

/// A positive `INTEGER` of 64 bits or fewer.
pub(crate) fn number(value: AnyRef<'_>) -> Result<u64> {
    let mut whole = [0; 8];
    let octets = integer(value)?;
    let start = whole.len().checked_sub(octets.len());
    let place = start.and_then(|start| whole.get_mut(start..));
    place.ok_or(Malformed::Other)?.copy_from_slice(octets);
    Ok(u64::from_be_bytes(whole))
}

/// From the content of a `BIT STRING`.
pub(crate) fn bits(content: &[u8]) -> Result<BitStringRef<'_>> {
    let (unused, bits) = content.split_first().ok_or(Malformed::Other)?;
    Ok(BitStringRef::new(*unused, bits)?)
}

pub(crate) fn object_identifier(value: AnyRef<'_>) -> Result<&ObjectIdentifierRef> {
    let octets = content(value, Tag::ObjectIdentifier)?;
    match ObjectIdentifierRef::from_bytes(octets) {
        Ok(oid) if octets.len() <= LONGEST_OBJECT_IDENTIFIER => Ok(oid),
        _ => Err(Malformed::ObjectIdentifier),
    }
}

/// `AlgorithmIdentifier ::= SEQUENCE { algorithm, parameters ANY OPTIONAL }`
pub(crate) fn algorithm(value: AnyRef<'_>) -> Result<Algorithm<'_>> {
    let mut fields = Fields::within(value)?;
    let oid = fields.object_identifier()?;
    let parameters = if fields.is_finished() {
        None
    } else {
        Some(fields.any()?)
    };
    fields.finish()?;
    Ok(Algorithm { oid, parameters })
}

/// `SubjectPublicKeyInfo ::= SEQUENCE { algorithm, subjectPublicKey BIT STRING }`
pub(crate) fn public_key(der: &[u8]) -> Result<(Algorithm<'_>, BitStringRef<'_>)> {
    Fields::of(der)?.whole(|fields| Ok((fields.algorithm()?, fields.bits()?)))
}

/// `SEQUENCE { INTEGER, INTEGER }`, both positive: `RSAPublicKey` (RFC 8017 A.1.1) and `Ecdsa-Sig-Value`
/// (RFC 3279 §2.2.3).
pub(crate) fn two_integers(der: &[u8]) -> Result<[&[u8]; 2]> {
    Fields::of(der)?.whole(|fields| Ok([fields.integer()?, fields.integer()?]))
}

/// What a table says of an object identifier, by its dotted form.
pub(crate) fn named<'t, T>(table: &'t [(&str, T)], oid: &ObjectIdentifierRef) -> Option<&'t T> {
    let dotted = oid.to_string();
    let row = table.iter().find(|(known, _)| *known == dotted);
    row.map(|(_, value)| value)
}

/// What a table of text calls an object identifier: in each line its dotted form, a space and the name.
/// That is half the size of a table of pairs.
pub(crate) fn name(table: &'static str, oid: &ObjectIdentifierRef) -> Option<&'static str> {
    let start = format!("{oid} ");
    split(table, b'\n').find_map(|line| line.strip_prefix(&start))
}

/// A value with its header.
pub(crate) fn encoded(tag: Tag, content: &[u8]) -> der::Result<Vec<u8>> {
    AnyRef::new(tag, content)?.to_der()
}

/// `SEQUENCE { INTEGER, INTEGER }` of two unsigned numbers.
pub(crate) fn encoded_integers(numbers: [&[u8]; 2]) -> der::Result<Vec<u8>> {
    let mut content = Vec::new();
    for number in numbers {
        let zeros = number.iter().take_while(|octet| **octet == 0).count();
        let significant = number.get(zeros..).unwrap_or_default();
        // One octet more where the first bit would be a sign, or where there is none.
        let mut integer = Vec::new();
        if significant.first().is_none_or(|first| *first >= 0x80) {
            integer.push(0);
        }
        integer.extend_from_slice(significant);
        content.extend(encoded(Tag::Integer, &integer)?);
    }
    encoded(Tag::Sequence, &content)
}

#[cfg(test)]
mod tests {
    use super::{Fields, Malformed, encoded_integers, two_integers, value};

    fn all_of<T>(der: &[u8], read: fn(&mut Fields<'_>) -> super::Result<T>) -> super::Result<T> {
        let mut fields = Fields::of(der)?;
        let read = read(&mut fields)?;
        fields.finish()?;
        Ok(read)
    }

    #[test]
    fn numbers_are_positive_and_of_64_bits() {
        let number = |der| all_of(der, |fields| fields.number());
        assert_eq!(number(b"\x30\x03\x02\x01\x00"), Ok(0));
        assert_eq!(number(b"\x30\x04\x02\x02\x00\x80"), Ok(128));
        let largest = b"\x30\x0b\x02\x09\x00\xff\xff\xff\xff\xff\xff\xff\xff";
        assert_eq!(number(largest), Ok(u64::MAX));
        for der in [
            &b"\x30\x0b\x02\x09\x01\x00\x00\x00\x00\x00\x00\x00\x00"[..],
            b"\x30\x03\x02\x01\x80",
            b"\x30\x04\x02\x02\x00\x7f",
            b"\x30\x02\x02\x00",
            b"\x30\x03\x04\x01\x00",
            b"\x30\x04\x02\x01\x00\x00",
            b"\x31\x03\x02\x01\x00",
        ] {
            assert_eq!(number(der), Err(Malformed::Other), "{der:02x?}");
        }
    }

    #[test]
    fn what_is_optional_may_be_absent_and_nothing_else() {
        let explicit = |der| all_of(der, |fields| Ok(fields.explicit(0)?.is_some()));
        assert_eq!(explicit(b"\x30\x00"), Ok(false));
        assert_eq!(explicit(b"\x30\x04\xa0\x02\x05\x00"), Ok(true));
        assert!(explicit(b"\x30\x04\xa1\x02\x05\x00").is_err());
        assert!(explicit(b"\x30\x04\x80\x02\x05\x00").is_err());
        assert!(explicit(b"\x30\x05\xa0\x03\x05\x00\x00").is_err());
        let flag = |der| all_of(der, |fields| fields.flag());
        assert_eq!(flag(b"\x30\x03\x01\x01\xff"), Ok(true));
        assert_eq!(flag(b"\x30\x03\x01\x01\x00"), Ok(false));
        assert!(flag(b"\x30\x03\x01\x01\x01").is_err());
    }

    #[test]
    fn object_identifiers_tell_themselves_apart() {
        let oid = |der| all_of(der, |fields| fields.object_identifier().map(|_| ()));
        assert_eq!(oid(b"\x30\x05\x06\x03\x55\x04\x03"), Ok(()));
        for octets in [&[0x06, 0x00][..], &[0x06, 0x01, 0x80]] {
            let length = u8::try_from(octets.len()).unwrap();
            let der = [&[0x30, length], octets].concat();
            assert!(all_of(&der, |fields| fields.object_identifier().map(|_| ())).is_err());
        }
        let long = [&[0x30, 42, 0x06, 40][..], &[0x2a; 40]].concat();
        let found = Fields::of(&long).unwrap().object_identifier().map(|_| ());
        assert_eq!(found, Err(Malformed::ObjectIdentifier));
    }

    #[test]
    fn pairs_of_integers_come_back() {
        for (one, other) in [
            (&[0x80][..], &[1][..]),
            (&[0, 0, 7], &[0xff; 70]),
            (&[], &[0]),
        ] {
            let der = encoded_integers([one, other]).unwrap();
            let [first, second] = two_integers(&der).unwrap();
            let significant = |octets: &[u8]| {
                let zeros = octets.iter().take_while(|octet| **octet == 0).count();
                octets[zeros..].to_vec()
            };
            assert_eq!(significant(first), significant(one));
            assert_eq!(significant(second), significant(other));
        }
        assert!(two_integers(b"\x30\x03\x02\x01\x01").is_err());
        assert!(value(b"\x05\x00\x00").is_err());
    }
}
