//! Where an instruction ends, and what of it may be written otherwise.
//!
//! What is not known here is an error: of an instruction read wrongly all that follow would be wrong.

use super::encoding::{number, octet, octets};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// `local.get`.
    Get,
    /// `local.set` or `local.tee`.
    Set,
    /// Reads or writes memory: where its alignment stands, and the power of two natural to it.
    Access {
        hint: usize,
        natural: u8,
    },
    /// Of two integers; with the two exchanged it is that one.
    Binary {
        exchanged: u8,
    },
    Other,
}

/// The next instruction and its length.
pub(super) fn instruction(rest: &mut &[u8]) -> Option<(Kind, usize)> {
    let length = rest.len();
    let opcode = octet(rest)?;
    let mut kind = Kind::Other;
    match opcode {
        0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0xd1 => {}
        0x02..=0x04 | 0x0c | 0x0d | 0x10 | 0x23..=0x26 | 0x3f..=0x42 | 0xd0 | 0xd2 => {
            numbers(rest, 1)?;
        }
        0x0e => {
            let labels = number(rest)?;
            numbers(rest, labels.checked_add(1)?)?;
        }
        0x11 => numbers(rest, 2)?,
        0x1c => {
            let types = number(rest)?;
            octets(rest, types)?;
        }
        0x20..=0x22 => {
            let is_short = number(rest)? < 128;
            // Longer than it must be, it would not be taken for the local that it is.
            if is_short != (length - rest.len() == 2) {
                return None;
            }
            kind = if opcode == 0x20 { Kind::Get } else { Kind::Set };
        }
        0x28..=0x3e => kind = access(rest, 1, alignment(opcode))?,
        0x43 => _ = octets(rest, 4)?,
        0x44 => _ = octets(rest, 8)?,
        0x45..=0xc4 => kind = arithmetic(opcode),
        0xfc => conversion_or_bulk(rest)?,
        0xfd => kind = vector(rest)?,
        _ => return None,
    }
    Some((kind, length - rest.len()))
}

const fn alignment(opcode: u8) -> u8 {
    match opcode {
        0x2c | 0x2d | 0x30 | 0x31 | 0x3a | 0x3c => 0,
        0x2e | 0x2f | 0x32 | 0x33 | 0x3b | 0x3d => 1,
        0x28 | 0x2a | 0x34..=0x36 | 0x38 | 0x3e => 2,
        _ => 3,
    }
}

/// Floating point has operations of two as well, but a choice among the NaN.
const fn arithmetic(opcode: u8) -> Kind {
    let exchanged = match opcode {
        // Equal, unequal; add, multiply, and, or, exclusive or.
        0x46 | 0x47 | 0x51 | 0x52 => opcode,
        0x6a | 0x6c | 0x71..=0x73 | 0x7c | 0x7e | 0x83..=0x85 => opcode,
        // Less and greater, each signed and unsigned, without and with equality.
        0x48 | 0x49 | 0x4c | 0x4d | 0x53 | 0x54 | 0x57 | 0x58 => opcode + 2,
        0x4a | 0x4b | 0x4e | 0x4f | 0x55 | 0x56 | 0x59 | 0x5a => opcode - 2,
        _ => return Kind::Other,
    };
    Kind::Binary { exchanged }
}

fn conversion_or_bulk(rest: &mut &[u8]) -> Option<()> {
    match number(rest)? {
        0..=7 => Some(()),
        9 | 11 | 13 | 15..=17 => numbers(rest, 1),
        8 | 10 | 12 | 14 => numbers(rest, 2),
        _ => None,
    }
}

fn vector(rest: &mut &[u8]) -> Option<Kind> {
    let before = rest.len();
    let opcode = number(rest)?;
    let hint = 1 + before - rest.len();
    match opcode {
        0 | 11 => return access(rest, hint, 4),
        1..=6 | 10 | 93 => return access(rest, hint, 3),
        9 | 92 => return access(rest, hint, 2),
        8 => return access(rest, hint, 1),
        7 => return access(rest, hint, 0),
        12 | 13 => _ = octets(rest, 16)?,
        21..=34 => _ = octets(rest, 1)?,
        84..=91 => {
            let kind = access(rest, hint, u8::try_from((opcode - 84) % 4).ok()?)?;
            octets(rest, 1)?;
            return Some(kind);
        }
        // Not assigned.
        154 | 162 | 165 | 166 | 175 | 176 | 178..=180 | 187 | 194 | 197 | 198 | 207 | 208 => {
            return None;
        }
        210..=212 | 226 | 238 => return None,
        14..=20 | 35..=83 | 94..=255 => {}
        _ => return None,
    }
    Some(Kind::Other)
}

/// Of another memory than the first, or aligned more than naturally, is nothing.
fn access(rest: &mut &[u8], hint: usize, natural: u8) -> Option<Kind> {
    let aligned = octet(rest)?;
    numbers(rest, 1)?;
    (aligned <= natural).then_some(Kind::Access { hint, natural })
}

fn numbers(rest: &mut &[u8], count: usize) -> Option<()> {
    for _ in 0..count {
        while octet(rest)? >= 0x80 {}
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::{Kind, instruction};

    fn read(octets: &[u8]) -> Option<(Kind, usize)> {
        instruction(&mut &octets[..])
    }

    #[test]
    fn what_follows_an_opcode_belongs_to_it() {
        for whole in [
            &b"\x00"[..],
            b"\x02\x40",
            b"\x0e\x02\x00\x81\x01\x02",
            b"\x11\x80\x01\x00",
            b"\x1c\x01\x7f",
            b"\x41\x80\x80\x04",
            b"\x42\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00",
            b"\x44abcdefgh",
            b"\xfc\x0a\x00\x00",
            b"\xfc\x0b\x00",
            b"\xfd\x0c0123456789abcdef",
            b"\xfd\x15\x01",
            b"\xfd\xae\x01",
        ] {
            let longer = [whole, b"\x0b"].concat();
            assert_eq!(
                read(&longer),
                Some((Kind::Other, whole.len())),
                "{whole:x?}"
            );
            assert_eq!(read(&whole[..whole.len() - 1]), None, "{whole:x?}");
        }
    }

    #[test]
    fn an_access_has_its_natural_alignment() {
        for (octets, hint, natural) in [
            (&b"\x28\x00\x80\x01"[..], 1, 2),
            (b"\x37\x03\x08", 1, 3),
            (b"\x3a\x00\x00", 1, 0),
            (b"\xfd\x00\x00\x00", 2, 4),
            (b"\xfd\x5d\x00\x00", 2, 3),
            (b"\xfd\x5a\x00\x00\x01", 2, 2),
        ] {
            let kind = Kind::Access { hint, natural };
            assert_eq!(read(octets), Some((kind, octets.len())), "{octets:x?}");
        }
    }

    #[test]
    fn the_unknown_is_not_guessed() {
        for unknown in [
            &b"\x06"[..],
            b"\x12\x00",
            b"\x20\x85\x00",
            b"\x28\x03\x00",
            b"\x28\x42\x00\x00",
            b"\xfb\x00",
            b"\xfc\x12",
            b"\xfd\x9a\x01",
            b"\xfd\x80\x02",
        ] {
            assert_eq!(read(unknown), None, "{unknown:x?}");
        }
    }

    #[test]
    fn exchanged_twice_it_is_the_same() {
        for opcode in 0x45..=0xc4 {
            if let Some((Kind::Binary { exchanged }, 1)) = read(&[opcode]) {
                let twice = Kind::Binary { exchanged: opcode };
                assert_eq!(read(&[exchanged]), Some((twice, 1)));
            }
        }
        assert_eq!(read(b"\x49"), Some((Kind::Binary { exchanged: 0x4b }, 1)));
        assert_eq!(read(b"\x6b"), Some((Kind::Other, 1)));
        assert_eq!(read(b"\xa0"), Some((Kind::Other, 1)));
    }
}
