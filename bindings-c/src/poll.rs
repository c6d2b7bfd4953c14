//! `rolesanywhere_poll`: the answer to a program with an event loop.

use crate::attempt::AttemptHandle;
use crate::credentials::CredentialsHandle;
use crate::error::ErrorHandle;
use crate::handle::{ask, free};
use rolesanywhere::Provider;
use rolesanywhere::provider::Polled;
use std::ptr::{null, null_mut};

/// What may be served now, and what to do next. Of one thread at a time.
pub struct PollHandle {
    credentials: Option<CredentialsHandle>,
    attempt: Option<AttemptHandle>,
    error: Option<ErrorHandle>,
    wait_millis: u64,
}

impl PollHandle {
    pub(crate) fn new(polled: Polled, provider: Provider) -> Self {
        let millis = |wait: std::time::Duration| u64::try_from(wait.as_millis());
        Self {
            credentials: polled
                .credentials
                .map(|credentials| CredentialsHandle::new(credentials.share())),
            error: polled
                .error
                .map(|error| ErrorHandle::new(error.as_ref().clone())),
            wait_millis: millis(polled.wait).unwrap_or(u64::MAX),
            attempt: polled
                .attempt
                .map(|attempt| AttemptHandle::new(attempt, provider)),
        }
    }
}

/// Credentials that may be used now; NULL where there are none. Borrowed from the poll, not to be freed.
///
/// # Safety
/// `poll` is NULL or a poll that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_poll_credentials(
    poll: *const PollHandle,
) -> *const CredentialsHandle {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(poll, null(), |it| {
            it.credentials.as_ref().map(|it| &raw const *it)
        })
    }
}

/// The attempt to fetch credentials that this caller is to make, and nobody else; NULL where there is
/// nothing to send. The caller's from now on, to be freed with `rolesanywhere_attempt_free`; a second
/// call gives NULL. An attempt that is not taken is given up with the poll.
///
/// # Safety
/// `poll` is NULL or a poll that nobody else uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_poll_take_attempt(
    poll: *mut PollHandle,
) -> *mut AttemptHandle {
    // SAFETY: the caller's promise above.
    let poll = unsafe { poll.as_mut() };
    crate::boundary::infallible(null_mut(), || {
        let attempt = poll?.attempt.take()?;
        Some(Box::into_raw(Box::new(attempt)))
    })
}

/// How long, in milliseconds, until another poll may say something else: until the attempt's deadline,
/// the end of a pause, or the next refresh. 0 for NULL.
///
/// # Safety
/// `poll` is NULL or a poll that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_poll_wait_millis(poll: *const PollHandle) -> u64 {
    // SAFETY: the caller's promise above.
    unsafe { ask(poll, 0, |it| Some(it.wait_millis)) }
}

/// Why the last fetch failed, until one succeeds; NULL where none did. Borrowed from the poll, not to be
/// freed.
///
/// # Safety
/// `poll` is NULL or a poll that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_poll_error(poll: *const PollHandle) -> *const ErrorHandle {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(poll, null(), |it| {
            it.error.as_ref().map(|it| &raw const *it)
        })
    }
}

/// Ends a poll and what it lent; an attempt that was not taken is given up. NULL is fine.
///
/// # Safety
/// `poll` is NULL or a poll that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_poll_free(poll: *mut PollHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(poll) }
}
