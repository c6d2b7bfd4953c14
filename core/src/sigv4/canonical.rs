//! Stage one: the canonical request.

mod path;
mod query;

pub use path::{PathEncoding, canonical_path, normalize_path};
pub use query::canonical_query;

use crate::encoding::split;
use alloc::{borrow::Cow, string::String, vec::Vec};
use core::cmp::Ordering;

/// A canonical request: what the string to sign holds the hash of.
///
/// # Examples
/// ```
/// use rolesanywhere_core::{encoding::sha256_hex, sigv4::canonical::CanonicalRequest};
///
/// let headers = [("X-Amz-Date", "20150830T123600Z"), ("Host", "example.amazonaws.com")];
/// let canonical = CanonicalRequest::new("GET", "/", "", &headers, &sha256_hex(b""));
/// assert_eq!(canonical.signed_headers(), "host;x-amz-date");
/// assert!(canonical.as_str().starts_with("GET\n/\n\nhost:example.amazonaws.com\n"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanonicalRequest {
    text: String,
    signed_headers: String,
}

impl CanonicalRequest {
    /// Puts the parts together.
    ///
    /// `path` is canonical already ([`canonical_path`]); `query` is as sent, without `?`; every
    /// header given is signed; `payload_hash` is the lower-case hex SHA-256 of the body.
    #[must_use]
    pub fn new(
        method: &str,
        path: &str,
        query: &str,
        headers: &[(&str, &str)],
        payload_hash: &str,
    ) -> Self {
        Self::of_parts(
            [method, path, &canonical_query(query)],
            headers,
            payload_hash,
        )
    }

    /// The same with method, path and query that are canonical already.
    pub(super) fn of_parts(
        [method, path, query]: [&str; 3],
        headers: &[(&str, &str)],
        payload_hash: &str,
    ) -> Self {
        let (canonical_headers, signed_headers) = canonical_headers(headers);
        let parts = [
            method,
            path,
            query,
            &canonical_headers,
            &signed_headers,
            payload_hash,
        ];
        Self {
            text: parts.join("\n"),
            signed_headers,
        }
    }

    /// The canonical request.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The names of the signed headers, joined by `;`.
    #[must_use]
    pub fn signed_headers(&self) -> &str {
        &self.signed_headers
    }

    pub(crate) fn into_parts(self) -> (String, String) {
        (self.text, self.signed_headers)
    }
}

/// The lines `name:value\n`, sorted by name, and the names. Values of one name are joined in the
/// order in which they stand.
fn canonical_headers(headers: &[(&str, &str)]) -> (String, String) {
    let mut named: Vec<Pair<'_>> = headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase().into(), collapse_spaces(value)))
        .collect();
    sort(&mut named, |one, other| one.0.cmp(&other.0));
    let lengths = named
        .iter()
        .map(|(name, value)| name.len().saturating_add(value.len()));
    let capacity = lengths.fold(named.len().saturating_mul(2), usize::saturating_add);
    let (mut lines, mut names) = (String::with_capacity(capacity), String::new());
    for group in named.chunk_by(|one, other| one.0 == other.0) {
        let Some((name, _)) = group.first() else {
            continue;
        };
        if !names.is_empty() {
            names.push(';');
        }
        names.push_str(name);
        lines.push_str(name);
        for (index, (_, value)) in group.iter().enumerate() {
            lines.push(if index == 0 { ':' } else { ',' });
            lines.push_str(value);
        }
        lines.push('\n');
    }
    (lines, names)
}

/// A name and a value.
type Pair<'a> = (Cow<'a, str>, Cow<'a, str>);

/// Equal ones keep their order. The comparison is a pointer: sorting is compiled once for both.
fn sort<'a>(pairs: &mut [Pair<'a>], compare: fn(&Pair<'a>, &Pair<'a>) -> Ordering) {
    pairs.sort_by(compare);
}

/// Trims, and makes each inner run of spaces one space.
fn collapse_spaces(value: &str) -> Cow<'_, str> {
    let trimmed = value.trim_matches([' ', '\t']);
    if !trimmed.as_bytes().windows(2).any(|two| two == b"  ") {
        return Cow::Borrowed(trimmed);
    }
    let mut collapsed = String::with_capacity(trimmed.len());
    for word in split(trimmed, b' ').filter(|word| !word.is_empty()) {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    Cow::Owned(collapsed)
}

#[cfg(test)]
mod tests {
    use super::CanonicalRequest;

    #[test]
    fn headers_fold_sort_and_join() {
        let headers = [
            ("My-Header", " b  c "),
            ("host", "h"),
            ("my-header", "a"),
            ("MY-HEADER2", "\t\"x   y\" "),
        ];
        let canonical = CanonicalRequest::new("GET", "/", "", &headers, "hash");
        assert_eq!(
            canonical.as_str(),
            "GET\n/\n\nhost:h\nmy-header:b c,a\nmy-header2:\"x y\"\n\nhost;my-header;my-header2\nhash"
        );
    }
}
