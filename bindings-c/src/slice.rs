//! Texts and bytes: (pointer, length) in, borrowed (pointer, length) out.

use crate::handle::null;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use std::ffi::c_char;
use std::ptr;
use std::slice;
use zeroize::Zeroizing;

/// Text that somebody else owns: whoever gave it says how long it lives. UTF-8. `data[length]` is NUL,
/// so that text without a NUL inside can be used as a C string. `{NULL, 0}` where there is none.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Text {
    /// The first character, or NULL.
    pub data: *const c_char,
    /// How many bytes there are before the NUL.
    pub length: usize,
}

/// Bytes that somebody else owns: whoever gave them says how long they live. `{NULL, 0}` where there
/// are none.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Bytes {
    /// The first byte, or NULL.
    pub data: *const u8,
    /// How many bytes there are.
    pub length: usize,
}

impl Text {
    /// No text.
    pub(crate) const NONE: Self = Self {
        data: ptr::null(),
        length: 0,
    };

    /// Text that ends with a NUL already.
    pub(crate) const fn of_terminated(text: &'static str) -> Self {
        Self {
            data: text.as_ptr().cast(),
            length: text.len().saturating_sub(1),
        }
    }
}

impl Bytes {
    /// No bytes.
    pub(crate) const NONE: Self = Self {
        data: ptr::null(),
        length: 0,
    };

    /// Lends bytes; for how long, the function that returns them says.
    pub(crate) const fn of(bytes: &[u8]) -> Self {
        Self {
            data: bytes.as_ptr(),
            length: bytes.len(),
        }
    }
}

/// Text that a handle owns and lends, with its NUL. Wiped: it may be a secret.
pub(crate) struct OwnedText(Zeroizing<Vec<u8>>);

impl OwnedText {
    pub(crate) fn new(text: &str) -> Self {
        // In one piece: a vector that grows leaves copies behind.
        let mut bytes = Vec::with_capacity(text.len().saturating_add(1));
        bytes.extend_from_slice(text.as_bytes());
        bytes.push(0);
        Self(Zeroizing::new(bytes))
    }

    pub(crate) fn lend(&self) -> Text {
        Text {
            data: self.0.as_ptr().cast(),
            length: self.0.len().saturating_sub(1),
        }
    }
}

/// Text of a fixed set, such as the name of an algorithm, made once.
pub(crate) fn lend_option(text: Option<&OwnedText>) -> Text {
    text.map_or(Text::NONE, OwnedText::lend)
}

/// What the caller lends for the length of a call.
///
/// # Safety
/// `data` is NULL or points to `length` bytes that nobody writes meanwhile.
pub(crate) unsafe fn bytes<'a>(
    data: *const u8,
    length: usize,
    name: &'static str,
) -> Result<&'a [u8]> {
    if length == 0 {
        return Ok(&[]);
    }
    if data.is_null() {
        return Err(null(name));
    }
    if isize::try_from(length).is_err() {
        let message = format!("the length of `{name}` is more than there can be in memory");
        return Err(Error::new(ErrorCode::ArgumentInvalid, message));
    }
    // SAFETY: not NULL, not too long; else this function's own condition.
    Ok(unsafe { slice::from_raw_parts(data, length) })
}

/// The same where there may be none, which is NULL.
///
/// # Safety
/// As [`bytes`].
pub(crate) unsafe fn optional_bytes<'a>(
    data: *const u8,
    length: usize,
    name: &'static str,
) -> Result<Option<&'a [u8]>> {
    if data.is_null() && length == 0 {
        return Ok(None);
    }
    // SAFETY: this function's own condition.
    unsafe { bytes(data, length, name) }.map(Some)
}

/// Text that the caller lends for the length of a call.
///
/// # Safety
/// As [`bytes`].
pub(crate) unsafe fn text<'a>(
    data: *const c_char,
    length: usize,
    name: &'static str,
) -> Result<&'a str> {
    // SAFETY: this function's own condition.
    let text = unsafe { any_text(data, length, name) }?;
    if text.contains('\0') {
        let message = format!("`{name}` holds a NUL");
        return Err(Error::new(ErrorCode::ArgumentInvalid, message));
    }
    Ok(text)
}

/// The same where core says what is wrong with a NUL.
///
/// # Safety
/// As [`bytes`].
pub(crate) unsafe fn any_text<'a>(
    data: *const c_char,
    length: usize,
    name: &'static str,
) -> Result<&'a str> {
    // SAFETY: this function's own condition.
    let bytes = unsafe { bytes(data.cast(), length, name) }?;
    str::from_utf8(bytes).map_err(|_| {
        let message = format!("`{name}` is not UTF-8");
        Error::new(ErrorCode::ArgumentInvalid, message)
    })
}

/// The same where there may be none, which is NULL.
///
/// # Safety
/// As [`bytes`].
pub(crate) unsafe fn optional_text<'a>(
    data: *const c_char,
    length: usize,
    name: &'static str,
) -> Result<Option<&'a str>> {
    if data.is_null() && length == 0 {
        return Ok(None);
    }
    // SAFETY: this function's own condition.
    unsafe { any_text(data, length, name) }.map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lent_text_ends_with_a_nul() {
        let text = OwnedText::new("äb");
        let lent = text.lend();
        assert_eq!(lent.length, 3);
        // SAFETY: `text` lives, and has one byte more than it says.
        let with_nul = unsafe { slice::from_raw_parts(lent.data.cast::<u8>(), 4) };
        assert_eq!(with_nul, "äb\0".as_bytes());
        let version = crate::version::rolesanywhere_version();
        assert_eq!(version.length, env!("CARGO_PKG_VERSION").len());
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let cases: [(&[u8], usize, ErrorCode); 4] = [
            (b"\xff", 1, ErrorCode::ArgumentInvalid),
            (b"a\0b", 3, ErrorCode::ArgumentInvalid),
            (b"a", usize::MAX, ErrorCode::ArgumentInvalid),
            (b"", 0, ErrorCode::NullArgument),
        ];
        for (given, length, code) in cases {
            let (data, length) = match code {
                ErrorCode::NullArgument => (ptr::null(), 1),
                _ => (given.as_ptr().cast(), length),
            };
            // SAFETY: as many bytes as it says, or refused before they are looked at.
            let error = unsafe { text(data, length, "name") }.unwrap_err();
            assert_eq!(error.code(), code);
        }
        // SAFETY: nothing is looked at.
        assert_eq!(unsafe { text(ptr::null(), 0, "name") }, Ok(""));
    }
}
