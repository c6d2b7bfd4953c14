//! What is odd about the octets of a certificate that is read differently.

/// The first length that is not DER's, else the first other oddity, or that there is none.
pub(crate) fn first(der: &[u8]) -> &'static str {
    walk(der, |_, _| None)
        .or_else(|| walk(der, element))
        .unwrap_or("every element is as it should be")
}

type Look = fn(u8, &[u8]) -> Option<&'static str>;

fn walk(mut rest: &[u8], look: Look) -> Option<&'static str> {
    while let [tag, length, after @ ..] = rest {
        if *length == 0x80 {
            return Some("an indefinite length");
        }
        let (size, after) = match length {
            0..=0x7f => (usize::from(*length), after),
            _ => {
                let (octets, after) = after.split_at_checked(usize::from(length & 0x7f))?;
                if matches!(octets, [0, ..] | [0..=0x7f]) {
                    return Some("a length that is not the shortest");
                }
                let add = |sum: usize, octet: &u8| {
                    sum.saturating_mul(256).saturating_add((*octet).into())
                };
                (octets.iter().fold(0, add), after)
            }
        };
        let (content, after) = after.split_at_checked(size)?;
        let nested = tag & 0x20 != 0 || *tag == 0x04;
        let found = look(*tag, content).or_else(|| nested.then(|| walk(content, look)).flatten());
        if found.is_some() {
            return found;
        }
        rest = after;
    }
    None
}

/// How many elements fill the octets.
fn children(mut octets: &[u8]) -> Option<usize> {
    let mut number = 0;
    while let [_, length @ 0..=0x7f, after @ ..] = octets {
        octets = after.get(usize::from(*length)..)?;
        number += 1;
    }
    octets.is_empty().then_some(number)
}

fn element(tag: u8, content: &[u8]) -> Option<&'static str> {
    match (tag, content) {
        (0x04, _) if children(content).is_some_and(|number| number > 1) => {
            Some("octets after an extension's value")
        }
        (0xa0, [0x02, 1, 3..=0xff] | [0x02, 2..=0xff, ..]) => {
            Some("a version other than 1, 2 and 3")
        }
        (0x30, _) if !is_name_of_text(content) => Some("a value in a name that is no text"),
        (0x30 | 0x31 | 0xa0..=0xbe, _) => None,
        (0x01, [0 | 0xff]) => None,
        (0x01, _) => Some("a BOOLEAN that is neither 00 nor ff"),
        (0x02, [] | [0, 0..=0x7f, ..] | [0xff, 0x80..=0xff, ..]) => {
            Some("an INTEGER that is not the shortest")
        }
        (0x02, _) | (0x04, _) => None,
        (0x03, [] | [8..=0xff, ..] | [1..=0xff]) => Some("a BIT STRING without its unused bits"),
        (0x03, [unused, .., last]) if last.trailing_zeros() < u32::from(*unused) => {
            Some("a BIT STRING with unused bits that are not zero")
        }
        (0x03, _) => None,
        (0x05, []) => None,
        (0x05, _) => Some("a NULL with content"),
        (0x06, _) if !is_identifier(content) => Some("an OBJECT IDENTIFIER that is none"),
        (0x06, [0x80..=0xff, ..]) => Some("an OBJECT IDENTIFIER that begins with a large number"),
        (0x06, _) if content.len() > 39 => Some("an OBJECT IDENTIFIER of over 39 octets"),
        (0x06, _) => None,
        (0x0c, _) if core::str::from_utf8(content).is_err() => {
            Some("a UTF8String that is not UTF-8")
        }
        (0x1e, _) if content.len() % 2 == 1 => Some("a BMPString of half characters"),
        (0x12 | 0x13 | 0x16, _) if !content.is_ascii() => {
            Some("octets beyond ASCII in a type of ASCII")
        }
        (0x17, _) if content.len() != 13 => Some("a time without seconds"),
        (0x18, _) if content.len() != 15 => Some("a time with fractions of seconds"),
        (0x17, [b'5' | b'6', ..]) | (0x18, [b'0', ..]) => Some("a time before 1970"),
        (0x1e, _)
            if content
                .iter()
                .step_by(2)
                .any(|octet| matches!(octet, 0xd8..=0xdf)) =>
        {
            Some("a BMPString of UTF-16")
        }
        (0x0c | 0x12..=0x14 | 0x16..=0x18 | 0x1e, _) => None,
        (0x1a, _) => Some("a VisibleString"),
        (0x80..=0x9e, _) => None,
        _ => Some("a type that is not expected there"),
    }
}

/// Whether the content is anything but an attribute of X.520's with a value that is no string.
fn is_name_of_text(content: &[u8]) -> bool {
    let [0x06, 3, 0x55, 4, _, value, ..] = content else {
        return true;
    };
    matches!(value, 0x0c | 0x12..=0x14 | 0x16 | 0x1a | 0x1c | 0x1e)
}

fn is_identifier(content: &[u8]) -> bool {
    let mut starts = true;
    let all = content.iter().all(|octet| {
        let leads = starts && *octet == 0x80;
        starts = *octet < 0x80;
        !leads
    });
    all && starts && !content.is_empty()
}
