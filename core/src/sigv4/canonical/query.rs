//! The canonical query string.

use super::{Pair, sort};
use crate::encoding::{ascii, is_uri_encoded, percent_decode, split, split_once, uri_encode_into};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// Encodes each name and value once, whatever escapes they came with, and sorts by name, then by
/// value, both in their encoded form. A name without `=` gets one.
///
/// # Examples
/// ```
/// use rolesanywhere_core::sigv4::canonical::canonical_query;
///
/// assert_eq!(canonical_query("b=1&a=%2f&a="), "a=&a=%2F&b=1");
/// ```
#[must_use]
pub fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<Pair<'_>> = split(query, b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = split_once(pair, b'=').unwrap_or((pair, ""));
            (encoded_once(name), encoded_once(value))
        })
        .collect();
    sort(&mut pairs, Ord::cmp);
    let mut canonical = String::with_capacity(query.len());
    for (name, value) in &pairs {
        if !canonical.is_empty() {
            canonical.push('&');
        }
        canonical.push_str(name);
        canonical.push('=');
        canonical.push_str(value);
    }
    canonical
}

fn encoded_once(text: &str) -> Cow<'_, str> {
    if is_uri_encoded(text) {
        return Cow::Borrowed(text);
    }
    let mut encoded = Vec::with_capacity(text.len());
    uri_encode_into(&mut encoded, &percent_decode(text));
    Cow::Owned(ascii(encoded))
}

#[cfg(test)]
mod tests {
    use super::canonical_query;

    #[test]
    fn sorted_by_name_then_value() {
        assert_eq!(canonical_query("a-=1&a=2&A=3"), "A=3&a=2&a-=1");
        assert_eq!(canonical_query("x=b&x=a&x"), "x=&x=a&x=b");
        assert_eq!(canonical_query("&&a=1&"), "a=1");
        assert_eq!(canonical_query(""), "");
    }

    #[test]
    fn encoded_exactly_once() {
        assert_eq!(
            canonical_query("a=%2f&b=+&c=%41~&d=x=y"),
            "a=%2F&b=%2B&c=A~&d=x%3Dy"
        );
    }
}
