use aws_lc_rs::rand;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::str::FromStr;

/// A certificate's serial number as the content octets of its DER `INTEGER`: big-endian two's
/// complement, shortest form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serial(Vec<u8>);

impl Serial {
    /// A random positive serial number of 16 to 20 octets.
    ///
    /// # Errors
    /// `internal` when the operating system has no randomness.
    pub fn random() -> Result<Self> {
        let mut octets = [0; 21];
        rand::fill(&mut octets)
            .map_err(|_| Error::new(ErrorCode::Internal, "no randomness could be had"))?;
        let [length, first, rest @ ..] = octets;
        // The first octet stays between 0x40 and 0x7f: positive, and never shortened.
        let mut serial = vec![(first & 0x3f) | 0x40];
        serial.extend(rest.iter().take(15 + usize::from(length % 5)));
        Ok(Self(serial))
    }

    /// From the content octets of a DER `INTEGER`.
    #[must_use]
    pub fn from_content_octets(octets: &[u8]) -> Self {
        Self(octets.to_vec())
    }

    /// The content octets of the DER `INTEGER`, sign octet kept.
    #[must_use]
    pub fn content_octets(&self) -> &[u8] {
        &self.0
    }

    /// The number in decimal, as `Credential` carries it.
    #[must_use]
    pub fn to_decimal(&self) -> String {
        let negative = self.0.first().is_some_and(|first| first & 0x80 != 0);
        let magnitude = if negative {
            negate(&self.0)
        } else {
            self.0.clone()
        };
        let digits = magnitude
            .iter()
            .fold(vec![0], |digits, octet| shift_in(&digits, *octet));
        let mut text = String::from(if negative { "-" } else { "" });
        text.extend(digits.iter().rev().map(|digit| char::from(b'0' + digit)));
        text
    }
}

/// Decimal, or hexadecimal after `0x`; a leading `-` makes it negative.
impl FromStr for Serial {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (negative, digits) = text
            .strip_prefix('-')
            .map_or((false, text), |rest| (true, rest));
        let magnitude = digits
            .strip_prefix("0x")
            .map_or_else(|| decimal(digits), hexadecimal);
        let mut positive = vec![0];
        positive.extend(magnitude.ok_or_else(malformed)?);
        let positive = shortest(&positive);
        Ok(Self(if negative {
            shortest(&negate(&positive))
        } else {
            positive
        }))
    }
}

fn decimal(digits: &str) -> Option<Vec<u8>> {
    let valid = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let mut octets = vec![0];
    for digit in digits.bytes() {
        let mut carry = u16::from(digit.wrapping_sub(b'0'));
        for octet in octets.iter_mut().rev() {
            let [high, low] = (u16::from(*octet) * 10 + carry).to_be_bytes();
            (*octet, carry) = (low, u16::from(high));
        }
        let [_, overflow] = carry.to_be_bytes();
        if overflow > 0 {
            octets.insert(0, overflow);
        }
    }
    valid.then_some(octets)
}

fn hexadecimal(digits: &str) -> Option<Vec<u8>> {
    let padded = if digits.len().is_multiple_of(2) {
        digits.to_owned()
    } else {
        format!("0{digits}")
    };
    let pairs = padded.as_bytes().chunks(2);
    let octets: Option<Vec<u8>> = pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    octets.filter(|octets| !octets.is_empty())
}

/// The shortest form of a number in two's complement.
fn shortest(octets: &[u8]) -> Vec<u8> {
    let mut octets = octets;
    while let [first @ (0x00 | 0xff), rest @ ..] = octets {
        // An octet of sign bits alone is redundant when the next has the same sign.
        if rest
            .first()
            .is_none_or(|next| (next & 0x80) != (first & 0x80))
        {
            break;
        }
        octets = rest;
    }
    octets.to_vec()
}

fn negate(octets: &[u8]) -> Vec<u8> {
    let mut negated: Vec<u8> = octets.iter().map(|octet| !octet).collect();
    for octet in negated.iter_mut().rev() {
        *octet = octet.wrapping_add(1);
        if *octet != 0 {
            break;
        }
    }
    negated
}

/// `digits * 256 + octet`, digits least significant first.
fn shift_in(digits: &[u8], octet: u8) -> Vec<u8> {
    let mut carry = u16::from(octet);
    let mut shifted = Vec::with_capacity(digits.len() + 3);
    for digit in digits {
        let value = u16::from(*digit) * 256 + carry;
        shifted.push(u8::try_from(value % 10).unwrap_or(0));
        carry = value / 10;
    }
    while carry > 0 {
        shifted.push(u8::try_from(carry % 10).unwrap_or(0));
        carry /= 10;
    }
    shifted
}

fn malformed() -> Error {
    Error::new(
        ErrorCode::OptionInvalid,
        "the serial number is not a decimal or hexadecimal number",
    )
    .with_hint("write it as in 4660 or 0x1234")
}

#[cfg(test)]
mod tests {
    use super::Serial;

    #[test]
    fn decimal_and_octets_agree() {
        let twenty_octets = "269426575834676723016761098865093714068723359934";
        for (text, octets) in [
            ("0", "00"),
            ("1", "01"),
            ("127", "7f"),
            ("128", "0080"),
            ("256", "0100"),
            ("-1", "ff"),
            ("-128", "80"),
            ("-129", "ff7f"),
            (twenty_octets, "2f318168a33c3b80d74777ffbb5354079bda60be"),
        ] {
            let serial: Serial = text.parse().unwrap();
            let hex = rolesanywhere_core::encoding::hex(serial.content_octets());
            assert_eq!((hex.as_str(), serial.to_decimal().as_str()), (octets, text));
            let from_hex: Serial = format!("0x{octets}").parse().unwrap();
            if !text.starts_with('-') {
                assert_eq!(from_hex, serial, "{text}");
            }
        }
        for wrong in ["", "-", "0x", "12a", "0xgg", " 1"] {
            assert!(wrong.parse::<Serial>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn random_ones_are_positive_and_long_enough() {
        for _ in 0..200 {
            let serial = Serial::random().unwrap();
            let octets = serial.content_octets();
            assert!((16..=20).contains(&octets.len()) && octets[0] & 0x80 == 0);
        }
    }
}
