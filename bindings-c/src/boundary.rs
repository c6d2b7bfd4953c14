//! Nothing unwinds into C, nothing is printed, and what fails says so in the same way everywhere.

use crate::error::ErrorHandle;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::Once;

/// What a function says of how it went: `ROLESANYWHERE_RESULT_OK`, or the number of an error code.
/// A later version may return numbers that this header does not name.
pub type ResultCode = u32;

const OK: ResultCode = 0;

thread_local! {
    /// How many calls of ours this thread is in.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    /// Where the last panic of this thread came from.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs what may fail. The error goes to `error` where that is not NULL.
///
/// # Safety
/// `error` is NULL or points to a pointer that may be written.
pub(crate) unsafe fn fallible(
    error: *mut *mut ErrorHandle,
    run: impl FnOnce() -> Result<()>,
) -> ResultCode {
    let Err(failure) = guarded(run) else {
        return OK;
    };
    let code = ResultCode::from(failure.code().number());
    // SAFETY: this function's own condition.
    if let Some(slot) = unsafe { error.as_mut() } {
        *slot = Box::into_raw(Box::new(ErrorHandle::new(failure)));
    }
    code
}

/// Runs what has an answer for every case, and gives `otherwise` where it has none.
pub(crate) fn infallible<T>(otherwise: T, run: impl FnOnce() -> Option<T>) -> T {
    guarded(|| Ok(run())).ok().flatten().unwrap_or(otherwise)
}

/// Turns a panic into an error.
fn guarded<T>(run: impl FnOnce() -> Result<T>) -> Result<T> {
    silence_panics();
    DEPTH.with(|depth| depth.set(depth.get().saturating_add(1)));
    let caught = catch_unwind(AssertUnwindSafe(run));
    DEPTH.with(|depth| depth.set(depth.get().saturating_sub(1)));
    caught.unwrap_or_else(|payload| {
        // Its own drop might panic again.
        std::mem::forget(payload);
        let place = PLACE.with(RefCell::take);
        let message = format!("the library panicked at {place}");
        Err(Error::new(ErrorCode::Panic, message))
    })
}

/// A panic within a call is told by its error and not on standard error, which is the host's. The
/// hook is of this library's own copy of Rust's runtime; other panics go where they went before.
fn silence_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if DEPTH.with(Cell::get) == 0 {
                before(panic);
            } else {
                note_place(panic);
            }
        }));
    });
}

/// The place alone: a message may hold anything.
fn note_place(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map_or_else(
        || "an unknown place".to_owned(),
        |it| format!("{}:{}", it.file(), it.line()),
    );
    PLACE.with(|known| {
        if let Ok(mut known) = known.try_borrow_mut() {
            *known = place;
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ptr::null_mut;

    #[test]
    fn a_panic_becomes_an_error_that_says_where() {
        let mut error = null_mut();
        // SAFETY: `error` may be written.
        let code = unsafe { fallible(&raw mut error, || panic!("a secret")) };
        assert_eq!(code, u32::from(ErrorCode::Panic.number()));
        // SAFETY: it was made just now.
        let error = unsafe { Box::from_raw(error) };
        let message = error.error().message();
        assert!(message.contains("boundary.rs:"), "{message}");
        assert!(!message.contains("secret"));
        assert_eq!(infallible(7, || panic!("again")), 7);
    }

    #[test]
    fn without_a_place_for_the_error_there_is_its_number() {
        let fail = || Err(Error::new(ErrorCode::Timeout, "too late"));
        // SAFETY: NULL is allowed.
        assert_eq!(unsafe { fallible(null_mut(), fail) }, 502);
        // SAFETY: NULL is allowed.
        assert_eq!(unsafe { fallible(null_mut(), || Ok(())) }, 0);
    }
}
