//! Hex in; the core has hex out.

use crate::Result;

/// Reads hex of either case.
///
/// # Errors
/// Where the text is not hex.
pub fn decode(text: &str) -> Result<Vec<u8>> {
    Ok(lower(&text.to_ascii_lowercase())?)
}

/// Reads hex in lower case, the only form that vectors have.
///
/// # Errors
/// Where the text is not hex: one sentence.
pub fn lower(text: &str) -> core::result::Result<Vec<u8>, String> {
    let digit = |character: char| {
        let value = character.to_digit(16);
        value.filter(|_| !character.is_ascii_uppercase())
    };
    let digits: Option<Vec<u32>> = text.chars().map(digit).collect();
    let digits = digits.ok_or("a character is not a lower-case hex digit")?;
    let byte = |pair: &[u32]| match pair {
        [high, low] => u8::try_from(high * 16 + low).map_err(|error| error.to_string()),
        _ => Err("the number of hex digits is odd".to_owned()),
    };
    digits.chunks(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::{decode, lower};

    #[test]
    fn both_cases_are_read() {
        assert_eq!(decode("00fFA5").unwrap(), [0, 255, 0xa5]);
        assert!(decode("0").is_err());
        assert!(decode("0g").is_err());
        assert!(lower("FF").is_err());
    }
}
