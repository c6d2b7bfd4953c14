//! Ownership: a handle is made by `give`, lent by `borrow`, and ends with `free`.

use crate::boundary::infallible;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use std::ptr::NonNull;

/// A place for a result, checked before any work is done and written once the work is done.
pub(crate) struct Out<T>(NonNull<T>);

impl<T> Out<T> {
    /// # Safety
    /// `place` is NULL or may be written until this is given its value.
    pub(crate) unsafe fn new(place: *mut T, name: &'static str) -> Result<Self> {
        NonNull::new(place).map(Self).ok_or_else(|| null(name))
    }

    pub(crate) fn set(self, value: T) {
        // SAFETY: `new`'s condition.
        unsafe { self.0.write(value) }
    }
}

impl<T> Out<*mut T> {
    /// Hands a value over to the caller.
    pub(crate) fn give(self, value: T) {
        self.set(Box::into_raw(Box::new(value)));
    }
}

/// Lends a handle for the length of a call.
///
/// # Safety
/// `handle` is NULL or came from `give`, and nobody frees or changes it meanwhile.
pub(crate) unsafe fn borrow<'a, T>(handle: *const T, name: &'static str) -> Result<&'a T> {
    // SAFETY: this function's own condition.
    unsafe { handle.as_ref() }.ok_or_else(|| null(name))
}

/// Lends a handle for the length of a call that changes it.
///
/// # Safety
/// `handle` is NULL or came from `give`, and nobody else uses it meanwhile.
pub(crate) unsafe fn borrow_mut<'a, T>(handle: *mut T, name: &'static str) -> Result<&'a mut T> {
    // SAFETY: this function's own condition.
    unsafe { handle.as_mut() }.ok_or_else(|| null(name))
}

/// Asks a handle; `otherwise` is the answer of NULL.
///
/// # Safety
/// As [`borrow`].
pub(crate) unsafe fn ask<T, A>(
    handle: *const T,
    otherwise: A,
    question: impl FnOnce(&T) -> Option<A>,
) -> A {
    // SAFETY: this function's own condition.
    let handle = unsafe { handle.as_ref() };
    infallible(otherwise, || handle.and_then(question))
}

/// Ends a handle. NULL is fine.
///
/// # Safety
/// `handle` is NULL or came from `give`, and nobody uses it now or later.
pub(crate) unsafe fn free<T>(handle: *mut T) {
    infallible((), || {
        if !handle.is_null() {
            // SAFETY: this function's own condition.
            drop(unsafe { Box::from_raw(handle) });
        }
        Some(())
    });
}

pub(crate) fn null(name: &str) -> Error {
    Error::new(ErrorCode::NullArgument, format!("`{name}` is NULL"))
}
