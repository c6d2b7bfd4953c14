//! JSON (RFC 8259): text out, and replies in.

use alloc::string::String;
use core::fmt::Write;
use serde_json::Value;
use zeroize::Zeroize;

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
            control if u32::from(control) < 0x20 => {
                // Writing into a string cannot fail.
                let _ = write!(json, "\\u{:04x}", u32::from(control));
            }
            plain => json.push(plain),
        }
    }
    json.push('"');
}

/// What a service answered. It is wiped on drop: there may be credentials in it.
pub(crate) struct Reply(Value);

impl Reply {
    /// `None` where it is no JSON.
    pub(crate) fn parse(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok().map(Self)
    }

    pub(crate) const fn value(&self) -> &Value {
        &self.0
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(list) => list.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
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
