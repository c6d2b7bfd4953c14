//! The canonical URI.

use crate::encoding::{ascii, percent_decode, split, uri_encode_into};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// How often each path segment stands percent-encoded in the canonical request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "SigV4 has these two and no third")]
pub enum PathEncoding {
    /// The path as sent, encoded once more: every service but Amazon S3.
    Twice,
    /// The path as sent, its escapes made uniform: Amazon S3.
    Once,
}

/// The canonical form of a path as it is sent. Does not remove dot segments: see
/// [`normalize_path`].
///
/// # Examples
/// ```
/// use rolesanywhere_core::sigv4::canonical::{PathEncoding, canonical_path};
///
/// assert_eq!(canonical_path("/a%20b/c", PathEncoding::Twice), "/a%2520b/c");
/// assert_eq!(canonical_path("/a%20b/c", PathEncoding::Once), "/a%20b/c");
/// ```
#[must_use]
pub fn canonical_path(path: &str, encoding: PathEncoding) -> String {
    if path.is_empty() {
        return "/".into();
    }
    let mut canonical = Vec::with_capacity(path.len());
    for (index, segment) in split(path, b'/').enumerate() {
        if index > 0 {
            canonical.push(b'/');
        }
        let bytes = match encoding {
            PathEncoding::Twice => Cow::Borrowed(segment.as_bytes()),
            PathEncoding::Once => percent_decode(segment),
        };
        uri_encode_into(&mut canonical, &bytes);
    }
    ascii(canonical)
}

/// Removes `.` and empty segments and resolves `..` (RFC 3986 §5.2.4, and runs of `/` become one).
///
/// # Examples
/// ```
/// use rolesanywhere_core::sigv4::canonical::normalize_path;
///
/// assert_eq!(normalize_path("/a/./b//../c/"), "/a/c/");
/// ```
#[must_use]
pub fn normalize_path(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in split(path, b'/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
    }
    let ends_open = path.ends_with("/") || path.ends_with("/.") || path.ends_with("/..");
    let mut normal = String::with_capacity(path.len());
    for segment in &kept {
        normal.push('/');
        normal.push_str(segment);
    }
    if normal.is_empty() || ends_open {
        normal.push('/');
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::{PathEncoding, canonical_path, normalize_path};

    #[test]
    fn dot_segments() {
        for (path, normal) in [
            ("", "/"),
            ("/", "/"),
            ("//", "/"),
            ("/..", "/"),
            ("/../../a", "/a"),
            ("/a/..", "/"),
            ("/a/b/..", "/a/"),
            ("/a/.", "/a/"),
            ("/a/b/../", "/a/"),
            ("/.a/..b", "/.a/..b"),
        ] {
            assert_eq!(normalize_path(path), normal, "{path}");
        }
    }

    #[test]
    fn segments_are_encoded_and_slashes_kept() {
        assert_eq!(
            canonical_path("/a//b%2Fc", PathEncoding::Twice),
            "/a//b%252Fc"
        );
        assert_eq!(canonical_path("/a//b%2fc", PathEncoding::Once), "/a//b%2Fc");
        assert_eq!(canonical_path("", PathEncoding::Twice), "/");
    }
}
