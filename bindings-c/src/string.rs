//! `rolesanywhere_string`: text that a call made.

use crate::handle::{ask, free};
use crate::slice::{OwnedText, Text};

/// Text that a call made for its caller. Wiped when freed. Immutable: any number of threads may read
/// one.
pub struct StringHandle(OwnedText);

impl StringHandle {
    pub(crate) fn new(text: &str) -> Self {
        Self(OwnedText::new(text))
    }
}

/// The text. Borrowed from the string.
///
/// # Safety
/// `string` is NULL or a string that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_string_text(string: *const StringHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(string, Text::NONE, |it| Some(it.0.lend())) }
}

/// Ends a string. NULL is fine.
///
/// # Safety
/// `string` is NULL or a string that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_string_free(string: *mut StringHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(string) }
}
