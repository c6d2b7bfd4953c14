//! DER out, as much of it as test keys and certificates need.

/// Tag, length, content.
#[must_use]
pub fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let significant: Vec<u8> = length.into_iter().skip_while(|&byte| byte == 0).collect();
    let mut der = vec![tag];
    match (content.len(), u8::try_from(content.len())) {
        (0..128, Ok(short)) => der.push(short),
        _ => {
            der.push(0x80 | u8::try_from(significant.len()).unwrap_or(8));
            der.extend(significant);
        }
    }
    der.extend(content);
    der
}

/// A SEQUENCE of these.
#[must_use]
pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tagged(0x30, &parts.concat())
}

/// An OBJECT IDENTIFIER from its arcs.
#[must_use]
pub fn oid(arcs: &[u32]) -> Vec<u8> {
    let mut content = Vec::new();
    if let [first, second, rest @ ..] = arcs {
        for arc in core::iter::once(first * 40 + second).chain(rest.iter().copied()) {
            content.extend(base_128(arc));
        }
    }
    tagged(0x06, &content)
}

/// A BIT STRING without unused bits.
#[must_use]
pub fn bit_string(content: &[u8]) -> Vec<u8> {
    tagged(0x03, &[&[0], content].concat())
}

fn base_128(arc: u32) -> Vec<u8> {
    let septet = |index: u32| u8::try_from((arc >> (7 * index)) & 0x7f).unwrap_or(0);
    let last = (0..5).rev().find(|&index| septet(index) != 0).unwrap_or(0);
    let more = |index| if index == 0 { 0 } else { 0x80 };
    (0..=last)
        .rev()
        .map(|index| septet(index) | more(index))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{oid, tagged};

    #[test]
    fn known_encodings() {
        assert_eq!(
            oid(&[1, 2, 840, 10045, 2, 1]),
            [0x06, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]
        );
        assert_eq!(oid(&[2, 5, 4, 3]), [0x06, 3, 0x55, 4, 3]);
        assert_eq!(tagged(4, &[7; 127])[..2], [4, 127]);
        assert_eq!(tagged(4, &[7; 200])[..3], [4, 0x81, 200]);
        assert_eq!(tagged(4, &[7; 300])[..4], [4, 0x82, 1, 44]);
    }
}
