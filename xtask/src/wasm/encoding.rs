//! The numbers and sections of a WebAssembly module.

pub(super) const CUSTOM: u8 = 0;
pub(super) const TYPE: u8 = 1;
pub(super) const IMPORT: u8 = 2;
pub(super) const FUNCTION: u8 = 3;
pub(super) const CODE: u8 = 10;

pub(super) fn damaged() -> String {
    "the WebAssembly module is damaged".to_owned()
}

/// The next section's kind and content.
pub(super) fn section<'a>(rest: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    Some((octet(rest)?, sized(rest)?))
}

/// What the functions of a code section consist of.
pub(super) fn bodies(mut code: &[u8]) -> Option<Vec<&[u8]>> {
    let count = number(&mut code)?;
    (0..count).map(|_| sized(&mut code)).collect()
}

pub(super) fn sized<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(rest)?;
    octets(rest, length)
}

pub(super) fn octet(rest: &mut &[u8]) -> Option<u8> {
    let (octet, after) = rest.split_first()?;
    *rest = after;
    Some(*octet)
}

pub(super) fn octets<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (octets, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(octets)
}

/// LEB128.
pub(super) fn number(rest: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let octet = octet(rest)?;
        number |= usize::from(octet & 0x7f) << shift;
        if octet < 0x80 {
            return Some(number);
        }
    }
    None
}

pub(super) fn push_number(output: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        output.push(low_bits(number) | 0x80);
        number >>= 7;
    }
    output.push(low_bits(number));
}

fn low_bits(number: usize) -> u8 {
    u8::try_from(number & 0x7f).unwrap_or_default()
}

pub(super) fn push_sized(output: &mut Vec<u8>, content: &[u8]) {
    push_number(output, content.len());
    output.extend(content);
}
