//! Hex, base64 and SigV4 percent-encoding.
//!
//! AWS's rule for `UriEncode` (Signature Version 4, "Create a canonical request"): every byte but
//! `A-Z a-z 0-9 - . _ ~` becomes `%` and two upper-case hex digits.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use alloc::{borrow::Cow, string::String, vec, vec::Vec};
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Lower-case hex, as in every hash and signature of SigV4.
///
/// # Examples
/// ```
/// assert_eq!(rolesanywhere_core::encoding::hex(&[0x00, 0xfe]), "00fe");
/// ```
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut text = Vec::with_capacity(bytes.len().saturating_mul(2));
    for &byte in bytes {
        text.extend(hex_digits(byte, b'a'));
    }
    ascii(text)
}

/// Standard base64 with padding and without line breaks, as in `X-Amz-X509`.
///
/// For what is public: how long it takes depends on the bytes.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    let mut text = vec![b'='; bytes.len().div_ceil(3).saturating_mul(4)];
    let (quads, _) = text.as_chunks_mut::<4>();
    let (triples, rest) = bytes.as_chunks::<3>();
    for (quad, &triple) in quads.iter_mut().zip(triples) {
        *quad = base64_quad(triple);
    }
    if let Some(last) = quads.last_mut() {
        match *rest {
            [first, second] => {
                let [a, b, c, _] = base64_quad([first, second, 0]);
                *last = [a, b, c, b'='];
            }
            [first] => {
                let [a, b, ..] = base64_quad([first, 0, 0]);
                *last = [a, b, b'=', b'='];
            }
            _ => {}
        }
    }
    ascii(text)
}

/// The bytes of standard base64 with padding and without line breaks; `None` where it is not that. It
/// takes as long for any bytes: they may be a key.
#[must_use]
pub fn from_base64(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(vec![0; text.len()]);
    let length = Base64::decode(text, &mut bytes).ok()?.len();
    bytes.truncate(length);
    Some(bytes)
}

/// Lower-case hex of the SHA-256 of `bytes`.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&sha256(bytes))
}

/// The SHA-256 of `bytes`.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Percent-encodes everything but RFC 3986's unreserved characters; `/` too.
///
/// # Examples
/// ```
/// assert_eq!(rolesanywhere_core::encoding::uri_encode("role/a+b c"), "role%2Fa%2Bb%20c");
/// ```
#[must_use]
pub fn uri_encode(text: &str) -> String {
    let mut encoded = Vec::with_capacity(text.len().saturating_mul(2));
    uri_encode_into(&mut encoded, text.as_bytes());
    ascii(encoded)
}

pub(crate) fn uri_encode_into(encoded: &mut Vec<u8>, bytes: &[u8]) {
    for &byte in bytes {
        if is_unreserved(byte) {
            encoded.push(byte);
        } else {
            let [high, low] = hex_digits(byte, b'A');
            encoded.extend([b'%', high, low]);
        }
    }
}

/// Text that was put together from ASCII.
pub(crate) fn ascii(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}

/// RFC 3986 §2.3
const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Whether encoding the decoded text would give the same text.
pub(crate) fn is_uri_encoded(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = match escaped(byte, after) {
            Some((value, rest))
                if !is_unreserved(value) && after.starts_with(&hex_digits(value, b'A')) =>
            {
                rest
            }
            None if is_unreserved(byte) => after,
            _ => return false,
        };
    }
    true
}

/// At the first `separator`, an ASCII character. The library's own searches for any character and for
/// sets of them, which weighs half a kilobyte in a compressed WebAssembly module.
pub(crate) fn split_once(text: &str, separator: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|octet| octet == separator)?;
    Some((text.get(..place)?, text.get(place.checked_add(1)?..)?))
}

/// What stands between the `separator`s, ASCII characters: at least one text, which may be empty.
pub(crate) const fn split(text: &str, separator: u8) -> Split<'_> {
    Split {
        rest: Some(text),
        separator,
    }
}

pub(crate) struct Split<'a> {
    rest: Option<&'a str>,
    separator: u8,
}

impl<'a> Iterator for Split<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.take()?;
        let Some((part, after)) = split_once(rest, self.separator) else {
            return Some(rest);
        };
        self.rest = Some(after);
        Some(part)
    }
}

/// Without what it ends with, however often.
pub(crate) fn trim_end<'a>(mut text: &'a str, end: &str) -> &'a str {
    while let Some(rest) = text.strip_suffix(end) {
        text = rest;
    }
    text
}

/// At the last `separator`, an ASCII character.
pub(crate) fn split_at_last(text: &str, separator: u8) -> Option<(&str, &str)> {
    let place = text.bytes().rposition(|octet| octet == separator)?;
    Some((text.get(..place)?, text.get(place.checked_add(1)?..)?))
}

/// Undoes percent-encoding; a `%` without two hex digits stands for itself.
pub(crate) fn percent_decode(text: &str) -> Cow<'_, [u8]> {
    if !text.as_bytes().contains(&b'%') {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let (value, after) = escaped(byte, after).unwrap_or((byte, after));
        decoded.push(value);
        rest = after;
    }
    Cow::Owned(decoded)
}

fn escaped(byte: u8, after: &[u8]) -> Option<(u8, &[u8])> {
    (byte == b'%').then_some(())?;
    let (&[high, low], after) = after.split_first_chunk()?;
    Some((hex_digit(high)? << 4 | hex_digit(low)?, after))
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// The two digits of a byte, those above nine from `ten` on.
const fn hex_digits(byte: u8, ten: u8) -> [u8; 2] {
    [hex_digit_of(byte >> 4, ten), hex_digit_of(byte & 0x0f, ten)]
}

const fn hex_digit_of(nibble: u8, ten: u8) -> u8 {
    if nibble < 10 {
        b'0'.wrapping_add(nibble)
    } else {
        ten.wrapping_add(nibble).wrapping_sub(10)
    }
}

fn base64_quad([first, second, third]: [u8; 3]) -> [u8; 4] {
    let sextets = [
        first >> 2,
        first << 4 | second >> 4,
        second << 2 | third >> 6,
        third,
    ];
    sextets.map(|sextet| {
        let digit = BASE64.get(usize::from(sextet & 0x3f));
        digit.copied().unwrap_or(b'=')
    })
}

#[cfg(test)]
mod tests {
    use super::{
        Base64, Encoding, base64, hex, is_uri_encoded, percent_decode, sha256_hex, uri_encode,
    };
    use alloc::vec::Vec;

    #[test]
    fn unreserved_stay_and_the_rest_is_upper_case_hex() {
        assert_eq!(uri_encode("AZaz09-._~"), "AZaz09-._~");
        assert_eq!(
            uri_encode("arn:aws:iam::1:role/a=b@c"),
            "arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fa%3Db%40c"
        );
        assert_eq!(uri_encode("é\u{0}"), "%C3%A9%00");
    }

    #[test]
    fn base64_is_that_of_others() {
        let bytes: Vec<u8> = (0..=255).chain((0..=255).rev()).collect();
        for (start, end) in (0..=bytes.len()).map(|end| (end / 2, end)) {
            assert_eq!(
                base64(&bytes[start..end]),
                Base64::encode_string(&bytes[start..end])
            );
        }
    }

    #[test]
    fn encoded_text_is_known() {
        for encoded in ["", "a%3A%2F~", "%C3%A9"] {
            assert!(is_uri_encoded(encoded), "{encoded}");
        }
        for other in ["%41", "%3a", "%", "%4", "a%zz", "a+b", "é", ":"] {
            assert!(!is_uri_encoded(other), "{other}");
        }
    }

    #[test]
    fn decoding_keeps_what_is_no_escape() {
        assert_eq!(percent_decode("a%2fb%2Fc").as_ref(), b"a/b/c");
        assert_eq!(percent_decode("100%").as_ref(), b"100%");
        assert_eq!(percent_decode("%zz%4").as_ref(), b"%zz%4");
        assert_eq!(percent_decode("%4z%41").as_ref(), b"%4zA");
    }

    #[test]
    fn hashes_are_lower_case_hex() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256_hex(b""), empty);
        assert_eq!(hex(&[]), "");
    }
}
