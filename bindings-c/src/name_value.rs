//! `rolesanywhere_name_value`: a header, a variable or an argument, as C hands it in.

use crate::handle::borrow;
use crate::slice::{any_text, optional_text};
use rolesanywhere::core::error::Result;
use std::ffi::c_char;

/// A name and its value: a header, an environment variable, an argument. Both texts are the caller's,
/// in UTF-8, and are only read during the call that they are handed to.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct NameValue {
    /// The name.
    pub name: *const c_char,
    /// How many bytes the name has.
    pub name_length: usize,
    /// The value; NULL with length 0 where there is none.
    pub value: *const c_char,
    /// How many bytes the value has.
    pub value_length: usize,
}

/// What an array from C holds, for the length of a call. A value is none where it is NULL.
///
/// # Safety
/// `array` is NULL or points to `count` of them, whose texts point to as many bytes as they say.
pub(crate) unsafe fn name_values<'a>(
    array: *const NameValue,
    count: usize,
    what: &'static str,
) -> Result<Vec<(&'a str, Option<&'a str>)>> {
    let mut found = Vec::new();
    for index in 0..count {
        // SAFETY: this function's own condition.
        found.push(unsafe {
            let it = borrow(array.wrapping_add(index), what)?;
            let name = any_text(it.name, it.name_length, what)?;
            (name, optional_text(it.value, it.value_length, what)?)
        });
    }
    Ok(found)
}

/// [`name_values`] where a value that is not there is the empty text.
///
/// # Safety
/// As [`name_values`].
pub(crate) unsafe fn texts<'a>(
    array: *const NameValue,
    count: usize,
    what: &'static str,
) -> Result<Vec<(&'a str, &'a str)>> {
    // SAFETY: this function's own condition.
    let found = unsafe { name_values(array, count, what) }?;
    let texts = found.into_iter();
    Ok(texts
        .map(|(name, value)| (name, value.unwrap_or_default()))
        .collect())
}
