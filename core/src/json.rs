//! JSON (RFC 8259): text out, and values in. For the bindings of this project, which may change with it.

mod value;

pub use value::{Number, Value};

use crate::encoding::hex;
use alloc::string::String;

/// Writes a string with its quotation marks. An escape makes at most six bytes of one.
pub(crate) fn push_string(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\u{8}' => json.push_str("\\b"),
            '\t' => json.push_str("\\t"),
            '\n' => json.push_str("\\n"),
            '\u{c}' => json.push_str("\\f"),
            '\r' => json.push_str("\\r"),
            _ => match u8::try_from(character) {
                Ok(control @ 0..0x20) => {
                    json.push_str("\\u00");
                    json.push_str(&hex(&[control]));
                }
                _ => json.push(character),
            },
        }
    }
    json.push('"');
}

#[cfg(test)]
mod tests {
    use super::push_string;
    use alloc::string::String;

    #[test]
    fn strings_are_written_as_serde_json_does() {
        for text in [
            "",
            "q\"b\\n",
            "\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f} \u{7f}é\u{2028}𝄞/",
        ] {
            let mut written = String::new();
            push_string(&mut written, text);
            assert_eq!(written, serde_json::to_string(text).unwrap());
        }
    }
}
