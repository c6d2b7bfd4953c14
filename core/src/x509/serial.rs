//! Serial numbers: unbounded integers, which SigV4-X509 writes in decimal.

use super::certificate::malformed;
use crate::error::Result;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

/// RFC 5280 §4.1.2.2 allows 20 octets. Far more are read, but not so many that the conversion,
/// which is quadratic, takes time.
const MAX_OCTETS: usize = 4096;

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SerialNumber {
    octets: Vec<u8>,
    decimal: String,
}

impl SerialNumber {
    /// From the content octets of a DER `INTEGER`.
    pub(super) fn new(octets: &[u8]) -> Result<Self> {
        if octets.is_empty() || octets.len() > MAX_OCTETS {
            return Err(malformed("the certificate's serial number is malformed"));
        }
        Ok(Self {
            octets: octets.to_vec(),
            decimal: decimal(octets),
        })
    }

    pub(super) fn octets(&self) -> &[u8] {
        &self.octets
    }

    pub(super) fn decimal(&self) -> &str {
        &self.decimal
    }

    /// What RFC 5280 has against it, and the service may have.
    pub(crate) fn oddity(&self) -> Option<&'static str> {
        if is_negative(&self.octets) {
            Some("negative")
        } else if self.octets.iter().all(|octet| *octet == 0) {
            Some("zero")
        } else if self.octets.len() > 20 {
            Some("longer than 20 octets")
        } else {
            None
        }
    }
}

fn is_negative(octets: &[u8]) -> bool {
    octets.first().is_some_and(|first| first & 0x80 != 0)
}

/// Two's complement, big-endian, to decimal.
fn decimal(octets: &[u8]) -> String {
    let mut text = String::new();
    let magnitude = if is_negative(octets) {
        text.push('-');
        negated(octets)
    } else {
        octets.to_vec()
    };
    let mut groups = groups_of_nine(&magnitude).into_iter().rev();
    // Writing to a string does not fail.
    let _ = write!(text, "{}", groups.next().unwrap_or(0));
    for group in groups {
        let _ = write!(text, "{group:09}");
    }
    text
}

fn negated(octets: &[u8]) -> Vec<u8> {
    let mut carry = true;
    let mut magnitude: Vec<u8> = octets.iter().map(|octet| !octet).collect();
    for octet in magnitude.iter_mut().rev() {
        (*octet, carry) = octet.overflowing_add(u8::from(carry));
    }
    magnitude
}

/// The number in base 10⁹, least significant group first.
fn groups_of_nine(magnitude: &[u8]) -> Vec<u64> {
    const BASE: u64 = 1_000_000_000;
    let mut groups: Vec<u64> = Vec::new();
    for octet in magnitude {
        let mut carry = u64::from(*octet);
        for group in &mut groups {
            // Below 10⁹ × 256 + 256: far from overflow.
            let value = group.wrapping_mul(256).wrapping_add(carry);
            *group = value % BASE;
            carry = value / BASE;
        }
        if carry > 0 {
            groups.push(carry);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::SerialNumber;
    use crate::error::ErrorCode;
    use alloc::vec;

    fn decimal(octets: &[u8]) -> alloc::string::String {
        SerialNumber::new(octets).ok().unwrap().decimal
    }

    #[test]
    fn small_numbers() {
        for number in [
            0_i64,
            1,
            127,
            128,
            255,
            256,
            999_999_999,
            1_000_000_000,
            i64::MAX,
        ] {
            assert_eq!(decimal(&number.to_be_bytes()), std::format!("{number}"));
            assert_eq!(
                decimal(&(-number).to_be_bytes()),
                std::format!("{}", -number)
            );
        }
        assert_eq!(decimal(&[0x80]), "-128");
        assert_eq!(
            decimal(&i64::MIN.to_be_bytes()),
            std::format!("{}", i64::MIN)
        );
    }

    #[test]
    fn large_numbers() {
        assert_eq!(
            decimal(&[0x7f; 20]),
            "727885129180488904360266563744972327436484050815"
        );
        assert_eq!(
            decimal(&[&[0][..], &[0xff; 20]].concat()),
            "1461501637330902918203684832716283019655932542975"
        );
        // 2^128, with zero groups inside.
        assert_eq!(
            decimal(&[&[1][..], &[0; 16]].concat()),
            "340282366920938463463374607431768211456"
        );
        assert_eq!(decimal(&[0x01; super::MAX_OCTETS]).len(), 9862);
    }

    #[test]
    fn oddities() {
        let oddity = |octets: &[u8]| SerialNumber::new(octets).ok().unwrap().oddity();
        assert_eq!(oddity(&[1]), None);
        assert_eq!(oddity(&[0x7f; 20]), None);
        assert_eq!(oddity(&[0]), Some("zero"));
        assert_eq!(oddity(&[0xff]), Some("negative"));
        assert_eq!(oddity(&[0x01; 21]), Some("longer than 20 octets"));
    }

    #[test]
    fn empty_and_endless_are_refused() {
        for octets in [vec![], vec![1; super::MAX_OCTETS + 1]] {
            let error = SerialNumber::new(&octets).err().unwrap();
            assert_eq!(error.code(), ErrorCode::CertificateMalformed);
        }
    }
}
