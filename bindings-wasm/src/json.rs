//! JSON as answers are written: straight into one buffer, which is wiped.
//!
//! Credentials go through here. A buffer that grows would leave a copy of them behind in freed memory,
//! so the old one is wiped where a larger one takes its place.

use std::mem;
use zeroize::Zeroizing;

/// One JSON value.
#[derive(Default)]
pub(crate) struct Json(Zeroizing<Vec<u8>>);

impl Json {
    pub(crate) fn null() -> Self {
        Self::literal("null")
    }

    pub(crate) fn flag(value: bool) -> Self {
        Self::literal(if value { "true" } else { "false" })
    }

    pub(crate) fn number(value: u64) -> Self {
        Self::literal(&value.to_string())
    }

    pub(crate) fn text(value: &str) -> Self {
        let mut json = Self::literal("");
        json.push_text(value);
        json
    }

    pub(crate) fn list(values: impl IntoIterator<Item = Self>) -> Self {
        let mut json = Self::literal("[");
        for value in values {
            json.push_element(&value);
        }
        json.push(b"]");
        json
    }

    pub(crate) fn texts(values: &[String]) -> Self {
        Self::list(values.iter().map(|value| Self::text(value)))
    }

    pub(crate) fn into_bytes(self) -> Zeroizing<Vec<u8>> {
        self.0
    }

    fn literal(text: &str) -> Self {
        let mut json = Self(Zeroizing::new(Vec::new()));
        json.push(text.as_bytes());
        json
    }

    /// After a comma, unless it is the first.
    fn push_element(&mut self, value: &Self) {
        if !self.0.ends_with(b"[") {
            self.push(b",");
        }
        self.push(&value.0);
    }

    /// RFC 8259 §7.
    fn push_text(&mut self, text: &str) {
        self.push(b"\"");
        for run in text.as_bytes().split_inclusive(is_escaped) {
            match run.split_last() {
                Some((octet, plain)) if is_escaped(octet) => {
                    self.push(plain);
                    self.push_escaped(*octet);
                }
                _ => self.push(run),
            }
        }
        self.push(b"\"");
    }

    fn push_escaped(&mut self, octet: u8) {
        match octet {
            b'"' | b'\\' => self.push(&[b'\\', octet]),
            _ => self.push(format!("\\u{octet:04x}").as_bytes()),
        }
    }

    fn push(&mut self, octets: &[u8]) {
        let needed = self.0.len().saturating_add(octets.len());
        if needed > self.0.capacity() {
            let mut larger = Zeroizing::new(Vec::with_capacity(needed.saturating_mul(2)));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(octets);
    }
}

fn is_escaped(octet: &u8) -> bool {
    matches!(octet, b'"' | b'\\' | 0..0x20)
}

/// An object that is being written, member by member.
pub(crate) struct Object(Json);

impl Object {
    pub(crate) fn new() -> Self {
        Self(Json::literal("{"))
    }

    pub(crate) fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.push_name(name).push_text(value);
        self
    }

    pub(crate) fn flag(&mut self, name: &str, value: bool) -> &mut Self {
        self.member(name, &Json::flag(value))
    }

    /// Handles, identifiers and milliseconds.
    pub(crate) fn number(&mut self, name: &str, value: u64) -> &mut Self {
        self.member(name, &Json::number(value))
    }

    /// Unix seconds, and differences of them.
    pub(crate) fn seconds(&mut self, name: &str, value: i64) -> &mut Self {
        self.member(name, &Json::literal(&value.to_string()))
    }

    /// Nothing where there is no value.
    pub(crate) fn optional_text(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    /// Nothing where there is no value.
    pub(crate) fn optional_number(&mut self, name: &str, value: Option<u64>) -> &mut Self {
        match value {
            Some(value) => self.number(name, value),
            None => self,
        }
    }

    /// A list of lists of name and value.
    pub(crate) fn pairs(&mut self, name: &str, pairs: &[(String, String)]) -> &mut Self {
        let json = self.push_name(name);
        let mut before = "[";
        for (name, value) in pairs {
            json.push(before.as_bytes());
            json.push(b"[");
            json.push_text(name);
            json.push(b",");
            json.push_text(value);
            json.push(b"]");
            before = ",";
        }
        json.push(if pairs.is_empty() { b"[]" } else { b"]" });
        self
    }

    pub(crate) fn member(&mut self, name: &str, value: &Json) -> &mut Self {
        self.push_name(name).push(&value.0);
        self
    }

    fn push_name(&mut self, name: &str) -> &mut Json {
        let json = &mut self.0;
        if json.0.len() > 1 {
            json.push(b",");
        }
        json.push_text(name);
        json.push(b":");
        json
    }

    /// The whole, once.
    pub(crate) fn done(&mut self) -> Json {
        self.0.push(b"}");
        mem::take(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, Object};
    use serde_json::{Value, json};

    #[test]
    fn what_is_written_reads_as_it_was_meant() {
        let odd = "\"\\\u{0}\u{1f}\n\u{7f}é\u{2028}🦀";
        let written = Object::new()
            .text(odd, odd)
            .seconds("seconds", -1)
            .number("number", u64::MAX)
            .flag("flag", true)
            .optional_text("absent", None)
            .optional_number("present", Some(0))
            .member("null", &Json::null())
            .member("texts", &Json::texts(&["a".into(), odd.into()]))
            .member("none", &Json::list([]))
            .pairs(
                "pairs",
                &[("a".into(), odd.into()), ("a".into(), "b".into())],
            )
            .pairs("no_pairs", &[])
            .member(
                "objects",
                &Json::list([Object::new().done(), Json::flag(false)]),
            )
            .done();
        let read: Value = serde_json::from_slice(&written.into_bytes()).unwrap();
        let meant = json!({
            odd: odd,
            "seconds": -1,
            "number": u64::MAX,
            "flag": true,
            "present": 0,
            "null": null,
            "texts": ["a", odd],
            "none": [],
            "pairs": [["a", odd], ["a", "b"]],
            "no_pairs": [],
            "objects": [{}, false],
        });
        assert_eq!(read, meant);
    }
}
