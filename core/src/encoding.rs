//! Hex, base64 and SigV4 percent-encoding.
//!
//! AWS's rule for `UriEncode` (Signature Version 4, "Create a canonical request"): every byte but
//! `A-Z a-z 0-9 - . _ ~` becomes `%` and two upper-case hex digits.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use alloc::{borrow::Cow, string::String, vec::Vec};
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

const LOWER: &[u8; 16] = b"0123456789abcdef";
const UPPER: &[u8; 16] = b"0123456789ABCDEF";

/// Lower-case hex, as in every hash and signature of SigV4.
///
/// # Examples
/// ```
/// assert_eq!(rolesanywhere_core::encoding::hex(&[0x00, 0xfe]), "00fe");
/// ```
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().saturating_mul(2));
    for &byte in bytes {
        push_hex(&mut text, byte, LOWER);
    }
    text
}

/// Standard base64 with padding and without line breaks, as in `X-Amz-X509`.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
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
    let mut encoded = String::with_capacity(text.len());
    uri_encode_into(&mut encoded, text.as_bytes());
    encoded
}

pub(crate) fn uri_encode_into(encoded: &mut String, bytes: &[u8]) {
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            push_hex(encoded, byte, UPPER);
        }
    }
}

/// Undoes percent-encoding; a `%` without two hex digits stands for itself.
pub(crate) fn percent_decode(text: &str) -> Cow<'_, [u8]> {
    if !text.contains('%') {
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
    let (&[high, low], after) = after.split_first_chunk()?;
    (byte == b'%').then_some(())?;
    Some((hex_digit(high)? << 4 | hex_digit(low)?, after))
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

fn push_hex(text: &mut String, byte: u8, digits: &[u8; 16]) {
    for nibble in [byte >> 4, byte & 0x0f] {
        text.extend(
            digits
                .get(usize::from(nibble))
                .map(|&digit| char::from(digit)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{hex, percent_decode, sha256_hex, uri_encode};

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
