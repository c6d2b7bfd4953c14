//! Hex in; the core has hex out.

use crate::Result;

/// Reads hex of either case.
///
/// # Errors
/// Where the text is not hex.
pub fn decode(text: &str) -> Result<Vec<u8>> {
    let digits: Option<Vec<u32>> = text
        .chars()
        .map(|character| character.to_digit(16))
        .collect();
    let digits = digits.ok_or("a character is not a hex digit")?;
    digits
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Ok(u8::try_from(high * 16 + low)?),
            _ => Err("the number of hex digits is odd".into()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn both_cases_are_read() {
        assert_eq!(decode("00fFA5").unwrap(), [0, 255, 0xa5]);
        assert!(decode("0").is_err());
        assert!(decode("0g").is_err());
    }
}
