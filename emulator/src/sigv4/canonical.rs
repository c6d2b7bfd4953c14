//! The canonical request (AWS, "Create a signed AWS API request", step 1).

use super::sha256_hex;
use crate::message::Request;
use std::fmt::Write;

/// The canonical request over the headers named, or the name of one that the request lacks.
pub(crate) fn canonical_request<'a>(
    request: &Request,
    signed_headers: &'a [String],
) -> Result<Vec<u8>, &'a str> {
    let mut canonical = Vec::with_capacity(1024);
    let mut line = |bytes: &[u8]| {
        canonical.extend_from_slice(bytes);
        canonical.push(b'\n');
    };
    line(request.method.as_bytes());
    line(canonical_path(request.path()).as_bytes());
    line(canonical_query(request.query()).as_bytes());
    for name in signed_headers {
        let value = canonical_value(request, name).ok_or(name.as_str())?;
        line(&[name.as_bytes(), b":", &value].concat());
    }
    line(b"");
    line(signed_headers.join(";").as_bytes());
    canonical.extend_from_slice(sha256_hex(&request.body).as_bytes());
    Ok(canonical)
}

/// The pairs of a query, percent-decoded, in the order they were sent.
pub(crate) fn query_pairs(query: &str) -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> {
    let pieces = query.split('&').filter(|piece| !piece.is_empty());
    pieces.map(|piece| {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        (decode(name), decode(value))
    })
}

/// The path as sent carries the first encoding of each segment; this is the second.
fn canonical_path(path: &str) -> String {
    let segments: Vec<_> = path
        .split('/')
        .map(|segment| encode(segment.as_bytes()))
        .collect();
    if path.is_empty() {
        "/".to_owned()
    } else {
        segments.join("/")
    }
}

/// Names and values encoded afresh, then sorted by name and, where names repeat, by value.
fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<_> = query_pairs(query)
        .map(|(name, value)| (encode(&name), encode(&value)))
        .collect();
    pairs.sort();
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("&")
}

/// A header's values, each trimmed and its runs of spaces collapsed, joined with commas.
fn canonical_value(request: &Request, name: &str) -> Option<Vec<u8>> {
    let values: Vec<_> = request.values(name).map(collapse).collect();
    (!values.is_empty()).then(|| values.join(&b','))
}

fn collapse(value: &[u8]) -> Vec<u8> {
    let words = value
        .trim_ascii()
        .split(|byte| *byte == b' ')
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(&b' ')
}

/// `UriEncode`: everything but `A-Z a-z 0-9 - . _ ~` as `%XX` in upper case.
fn encode(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len()), |mut text, byte| {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    text.push(char::from(*byte));
                }
                // Writing to a string cannot fail.
                _ => drop(write!(text, "%{byte:02X}")),
            }
            text
        })
}

/// `%XX` to bytes; a `%` that two hexadecimal digits do not follow stands for itself.
fn decode(text: &str) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        let escape = match rest {
            [high, low, after @ ..] if *byte == b'%' => nibbles(*high, *low).zip(Some(after)),
            _ => None,
        };
        let (value, after) = escape.unwrap_or((*byte, rest));
        decoded.push(value);
        rest = after;
    }
    decoded
}

fn nibbles(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    Some(digit(high)? * 16 + digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::{canonical_path, canonical_query, canonical_request, canonical_value};
    use crate::message::Request;

    #[test]
    fn queries_are_sorted_and_encoded_once() {
        for (query, canonical) in [
            ("", ""),
            ("b=2&a=1", "a=1&b=2"),
            ("a=b&a=B&a", "a=&a=B&a=b"),
            ("a=%2f%7e+~", "a=%2F~%2B~"),
            ("a-b=1&a=2", "a=2&a-b=1"),
            ("a=x=y&%C3%BC=%zz%4", "%C3%BC=%25zz%254&a=x%3Dy"),
            ("&&a=1&", "a=1"),
            ("=v", "=v"),
        ] {
            assert_eq!(canonical_query(query), canonical, "{query}");
        }
    }

    #[test]
    fn path_segments_are_encoded_a_second_time() {
        assert_eq!(canonical_path("/sessions"), "/sessions");
        assert_eq!(canonical_path("/"), "/");
        assert_eq!(canonical_path(""), "/");
        assert_eq!(canonical_path("/a%20b/c:d"), "/a%2520b/c%3Ad");
    }

    #[test]
    fn headers_fold() {
        let request = Request::new("GET", "/")
            .header("My-Header", "  a   b\tc ")
            .header("other", "")
            .header("my-header", "d,  e");
        assert_eq!(
            canonical_value(&request, "my-header").unwrap(),
            b"a b\tc,d, e"
        );
        assert_eq!(canonical_value(&request, "other").unwrap(), b"");
        assert_eq!(canonical_value(&request, "third"), None);
    }

    #[test]
    fn a_whole_request() {
        let request = Request::new("POST", "/x?b&a=1")
            .header("Host", "h")
            .header("B", " 1 ");
        let signed = ["b".to_owned(), "host".to_owned()];
        let canonical = canonical_request(&request, &signed).unwrap();
        let expected = "POST\n/x\na=1&b=\nb:1\nhost:h\n\nb;host\n\
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(String::from_utf8(canonical).unwrap(), expected);
        assert_eq!(canonical_request(&request, &["c".to_owned()]), Err("c"));
    }
}
