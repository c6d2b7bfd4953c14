//! One flat JSON object, written into a buffer that never grows.
//!
//! A buffer that grows leaves a copy of the secret behind in freed memory, and `serde_json` without
//! std offers no serializer over a buffer of the caller's.

use crate::json::push_string;
use alloc::string::String;
use zeroize::Zeroizing;

/// Members of an object: names that need no escape, and text values.
pub(super) fn object(prefix: &str, members: &[(&str, &str)]) -> Zeroizing<String> {
    // An escape makes at most six bytes of one.
    let bound = |(name, value): &(&str, &str)| name.len() + value.len() * 6 + 6;
    let capacity = prefix.len() + members.iter().map(bound).sum::<usize>() + 2;
    let mut json = Zeroizing::new(String::with_capacity(capacity));
    json.push('{');
    json.push_str(prefix);
    for (name, value) in members {
        if json.len() > 1 {
            json.push(',');
        }
        push_string(&mut json, name);
        json.push(':');
        push_string(&mut json, value);
    }
    json.push('}');
    debug_assert!(json.capacity() <= capacity.max(8), "the buffer grew");
    json
}

#[cfg(test)]
mod tests {
    use super::object;

    #[test]
    fn a_reader_gets_back_what_was_written() {
        let odd = "q\"b\\n\n\u{0}\u{1f}\u{7f}é𝄞/";
        let json = object(r#""Version":1"#, &[("A", odd), ("B", "")]);
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read, serde_json::json!({"Version": 1, "A": odd, "B": ""}));
        assert_eq!(*object("", &[]), "{}");
    }
}
