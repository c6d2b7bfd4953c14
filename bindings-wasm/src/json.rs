//! JSON as answers are written: straight into one buffer, which is wiped.
//!
//! Credentials go through here. A buffer that grows would leave a copy of them behind in freed memory,
//! so the old one is wiped where a larger one takes its place.

use rolesanywhere_core::encoding::{base64, hex};
use zeroize::Zeroizing;

/// A JSON object that is being written, member by member, with what is nested in it.
pub(crate) struct Object(Zeroizing<Vec<u8>>);

impl Object {
    pub(crate) fn new() -> Self {
        let mut object = Self(Zeroizing::new(Vec::new()));
        object.push(b"{");
        object
    }

    pub(crate) fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.push_name(name).push_text(value)
    }

    /// In base64.
    pub(crate) fn bytes(&mut self, name: &str, value: &[u8]) -> &mut Self {
        self.text(name, &base64(value))
    }

    pub(crate) fn flag(&mut self, name: &str, value: bool) -> &mut Self {
        let literal = if value { "true" } else { "false" };
        self.push_name(name).push(literal.as_bytes())
    }

    /// Handles, identifiers and milliseconds.
    pub(crate) fn number(&mut self, name: &str, value: u64) -> &mut Self {
        self.push_name(name).push(value.to_string().as_bytes())
    }

    /// Unix seconds, and differences of them.
    pub(crate) fn seconds(&mut self, name: &str, value: i64) -> &mut Self {
        self.push_name(name).push(value.to_string().as_bytes())
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

    pub(crate) fn texts(&mut self, name: &str, values: &[String]) -> &mut Self {
        self.list(name);
        for value in values {
            self.push_comma().push_text(value);
        }
        self.end_list()
    }

    /// A list of lists of name and value.
    pub(crate) fn pairs(&mut self, name: &str, pairs: &[(String, String)]) -> &mut Self {
        self.list(name);
        for (name, value) in pairs {
            self.push_comma().push(b"[").push_text(name);
            self.push(b",").push_text(value).push(b"]");
        }
        self.end_list()
    }

    /// Begins an object, whose members come next, up to [`end`](Self::end).
    pub(crate) fn object(&mut self, name: &str) -> &mut Self {
        self.push_name(name).push(b"{")
    }

    /// Begins a list, up to [`end_list`](Self::end_list).
    pub(crate) fn list(&mut self, name: &str) -> &mut Self {
        self.push_name(name).push(b"[")
    }

    /// Begins an object of the list that was begun.
    pub(crate) fn element(&mut self) -> &mut Self {
        self.push_comma().push(b"{")
    }

    /// Ends an object that was begun.
    pub(crate) fn end(&mut self) -> &mut Self {
        self.push(b"}")
    }

    /// Ends a list that was begun.
    pub(crate) fn end_list(&mut self) -> &mut Self {
        self.push(b"]")
    }

    /// The whole.
    pub(crate) fn into_bytes(mut self) -> Zeroizing<Vec<u8>> {
        self.end();
        self.0
    }

    fn push_name(&mut self, name: &str) -> &mut Self {
        self.push_comma().push_text(name).push(b":")
    }

    /// After what stands before in the same object or list.
    fn push_comma(&mut self) -> &mut Self {
        match self.0.last() {
            Some(b'{' | b'[') => self,
            _ => self.push(b","),
        }
    }

    /// RFC 8259 §7.
    fn push_text(&mut self, text: &str) -> &mut Self {
        self.push(b"\"");
        for run in text.as_bytes().split_inclusive(is_escaped) {
            match run.split_last() {
                Some((octet, plain)) if is_escaped(octet) => {
                    self.push(plain).push_escaped(*octet);
                }
                _ => {
                    self.push(run);
                }
            }
        }
        self.push(b"\"")
    }

    fn push_escaped(&mut self, octet: u8) {
        match octet {
            b'"' | b'\\' => self.push(&[b'\\', octet]),
            _ => self.push(b"\\u00").push(hex(&[octet]).as_bytes()),
        };
    }

    fn push(&mut self, octets: &[u8]) -> &mut Self {
        let needed = self.0.len().saturating_add(octets.len());
        if needed > self.0.capacity() {
            let mut larger = Zeroizing::new(Vec::with_capacity(needed.saturating_mul(2)));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(octets);
        self
    }
}

fn is_escaped(octet: &u8) -> bool {
    matches!(octet, b'"' | b'\\' | 0..0x20)
}

#[cfg(test)]
mod tests {
    use super::Object;
    use serde_json::{Value, json};

    #[test]
    fn what_is_written_reads_as_it_was_meant() {
        let odd = "\"\\\u{0}\u{1f}\n\u{7f}é\u{2028}🦀";
        let mut written = Object::new();
        written
            .text(odd, odd)
            .bytes("bytes", &[0xff])
            .seconds("seconds", -1)
            .number("number", u64::MAX)
            .flag("flag", true)
            .optional_text("absent", None)
            .optional_number("present", Some(0))
            .texts("texts", &["a".into(), odd.into()])
            .texts("none", &[])
            .pairs(
                "pairs",
                &[("a".into(), odd.into()), ("a".into(), "b".into())],
            )
            .pairs("no_pairs", &[]);
        written.list("objects").element().end();
        written.element().text("ends_like_an_object", "{").end();
        written.end_list().object("empty").end();
        written.object("object").list("list").end_list().end();
        written.flag("last", false);
        let read: Value = serde_json::from_slice(&written.into_bytes()).unwrap();
        let meant = json!({
            odd: odd,
            "bytes": "/w==",
            "seconds": -1,
            "number": u64::MAX,
            "flag": true,
            "present": 0,
            "texts": ["a", odd],
            "none": [],
            "pairs": [["a", odd], ["a", "b"]],
            "no_pairs": [],
            "objects": [{}, { "ends_like_an_object": "{" }],
            "empty": {},
            "object": { "list": [] },
            "last": false,
        });
        assert_eq!(read, meant);
    }
}
