//! BER to DER (X.690), as far as PKCS#12 needs it: lengths that are left open, and octet strings in
//! pieces, as Mozilla's and Apple's files have them.

use alloc::vec::Vec;
use zeroize::Zeroizing;

const DEEPEST_NESTING: u8 = 16;
const OCTET_STRING: u8 = 0x04;
const CONSTRUCTED: u8 = 0x20;
/// Lengths grow by an octet or two at most where one was left open, and only above 64 KiB.
const ROOM_TO_GROW: usize = 64;

/// One element, all of it; what follows the end of an element of open length is not allowed.
pub(super) fn to_der(ber: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut der = buffer(ber);
    let rest = transcode(ber, &mut der, DEEPEST_NESTING)?;
    rest.is_empty().then_some(der)
}

/// The contents of octet strings that follow each other, joined.
pub(super) fn joined(mut pieces: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut octets = buffer(pieces);
    while !pieces.is_empty() {
        let element = Element::read(pieces)?;
        if element.tag != OCTET_STRING {
            return None;
        }
        octets.extend_from_slice(element.content);
        pieces = element.rest;
    }
    Some(octets)
}

struct Element<'a> {
    tag: u8,
    /// All that follows where the length is open.
    content: &'a [u8],
    rest: &'a [u8],
    open: bool,
}

impl<'a> Element<'a> {
    fn read(input: &'a [u8]) -> Option<Self> {
        let (&tag, input) = input.split_first()?;
        let (&first, input) = input.split_first()?;
        // Tags of more than one octet are not used.
        if tag & 0x1f == 0x1f {
            return None;
        }
        if first == 0x80 {
            return (tag & CONSTRUCTED != 0).then_some(Self {
                tag,
                content: input,
                rest: &[],
                open: true,
            });
        }
        let (length, input) = if first < 0x80 {
            (usize::from(first), input)
        } else {
            let (octets, input) = input.split_at_checked(usize::from(first & 0x7f))?;
            (number(octets)?, input)
        };
        let (content, rest) = input.split_at_checked(length)?;
        Some(Self {
            tag,
            content,
            rest,
            open: false,
        })
    }
}

/// Writes the first element as DER, and gives what follows it.
fn transcode<'a>(input: &'a [u8], der: &mut Vec<u8>, nesting: u8) -> Option<&'a [u8]> {
    let element = Element::read(input)?;
    if element.tag & CONSTRUCTED == 0 {
        write(element.tag, element.content, der)?;
        return Some(element.rest);
    }
    let nesting = nesting.checked_sub(1)?;
    let mut content = buffer(element.content);
    let mut left = element.content;
    let rest = loop {
        if element.open
            && let Some(rest) = left.strip_prefix(&[0, 0])
        {
            break rest;
        }
        if left.is_empty() {
            if element.open {
                return None;
            }
            break element.rest;
        }
        left = transcode(left, &mut content, nesting)?;
    };
    if element.tag == OCTET_STRING | CONSTRUCTED {
        write(OCTET_STRING, &joined(&content)?, der)?;
    } else {
        write(element.tag, &content, der)?;
    }
    Some(rest)
}

fn write(tag: u8, content: &[u8], der: &mut Vec<u8>) -> Option<()> {
    let length = u32::try_from(content.len()).ok()?.to_be_bytes();
    der.push(tag);
    match length {
        [0, 0, 0, low] if low < 0x80 => der.push(low),
        [0, 0, 0, low] => der.extend([0x81, low]),
        [0, 0, high, low] => der.extend([0x82, high, low]),
        [0, octets @ ..] => {
            der.push(0x83);
            der.extend(octets);
        }
        octets => {
            der.push(0x84);
            der.extend(octets);
        }
    }
    der.extend_from_slice(content);
    Some(())
}

/// As long as what goes into it can get: a buffer that grows leaves copies behind that nobody wipes.
fn buffer(input: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(Vec::with_capacity(input.len().saturating_add(ROOM_TO_GROW)))
}

fn number(octets: &[u8]) -> Option<usize> {
    let significant = octets.iter().skip_while(|octet| **octet == 0);
    significant.clone().count().le(&4).then(|| {
        significant.fold(0_usize, |number, octet| {
            number.wrapping_shl(8) | usize::from(*octet)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::to_der;
    use alloc::vec;

    #[test]
    fn lengths_and_pieces() {
        let cases: [(&[u8], Option<&[u8]>); 10] = [
            (b"\x30\x00", Some(b"\x30\x00")),
            (b"\x30\x80\x00\x00", Some(b"\x30\x00")),
            (b"\x30\x81\x03\x02\x01\x03", Some(b"\x30\x03\x02\x01\x03")),
            (
                b"\x30\x80\x24\x80\x04\x01a\x24\x03\x04\x01b\x00\x00\x00\x00",
                Some(b"\x30\x04\x04\x02ab"),
            ),
            (
                b"\xa0\x80\x30\x80\x05\x00\x00\x00\x00\x00",
                Some(b"\xa0\x04\x30\x02\x05\x00"),
            ),
            (b"\x30\x80\x05\x00", None),
            (b"\x04\x80\x00\x00", None),
            (b"\x30\x80\x00\x00\x00", None),
            (b"\x3f\x01\x00", None),
            (b"\x30\x85\x01\x00\x00\x00\x00", None),
        ];
        for (ber, der) in cases {
            assert_eq!(
                to_der(ber).as_ref().map(|der| der.as_slice()),
                der,
                "{ber:02x?}"
            );
        }
        let deep = [[0x30, 0x80].repeat(17), [0, 0].repeat(17)].concat();
        assert!(to_der(&deep).is_none());
    }

    #[test]
    fn long_lengths() {
        for length in [127_usize, 128, 255, 256, 65_535, 65_536] {
            let content = vec![7; length];
            let mut ber = vec![0x30, 0x80, 0x04, 0x84];
            ber.extend(u32::try_from(length).unwrap().to_be_bytes());
            ber.extend(&content);
            ber.extend([0, 0]);
            let der = to_der(&ber).unwrap();
            let sequence = <der::asn1::AnyRef<'_> as der::Decode>::from_der(&der).unwrap();
            let octets: &der::asn1::OctetStringRef =
                der::Decode::from_der(sequence.value()).unwrap();
            assert_eq!(octets.as_bytes(), content);
        }
    }
}
