//! `rolesanywhere_refresh_poll`: the state machine's answer.

use crate::boundary::ResultCode;
use crate::create_session::ROLESANYWHERE_NO_TIME;
use crate::credentials::CredentialsHandle;
use crate::error::ErrorHandle;
use crate::handle::{ask, free};
use crate::refresh::ROLESANYWHERE_NO_MONOTONIC_TIME;
use rolesanywhere::core::refresh::{Fetch, Next, Poll};
use std::ptr::null;

/// Send one request and report. Nobody else is told to.
pub const ROLESANYWHERE_NEXT_FETCH: u32 = 1;
/// Nothing to send before a point in time: poll again then, or when somebody reports.
pub const ROLESANYWHERE_NEXT_WAIT: u32 = 2;
/// The credentials are fresh.
pub const ROLESANYWHERE_NEXT_IDLE: u32 = 3;

/// What may be served now, and what the asking caller does next. Immutable.
pub struct RefreshPollHandle {
    credentials: Option<CredentialsHandle>,
    error: Option<ErrorHandle>,
    next: Next,
}

impl RefreshPollHandle {
    pub(crate) fn new(poll: Poll) -> Self {
        Self {
            credentials: poll
                .credentials
                .map(|credentials| CredentialsHandle::new(credentials.share())),
            error: poll
                .error
                .map(|error| ErrorHandle::new(error.as_ref().clone())),
            next: poll.next,
        }
    }

    const fn fetch(&self) -> Option<Fetch> {
        match self.next {
            Next::Fetch(fetch) => Some(fetch),
            _ => None,
        }
    }
}

/// What to do: a `ROLESANYWHERE_NEXT_…`; 0 for NULL.
///
/// # Safety
/// `poll` is NULL or a poll that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_poll_next(poll: *const RefreshPollHandle) -> u32 {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(poll, 0, |it| {
            Some(match it.next {
                Next::Fetch(_) => ROLESANYWHERE_NEXT_FETCH,
                Next::Wait(_) => ROLESANYWHERE_NEXT_WAIT,
                _ => ROLESANYWHERE_NEXT_IDLE,
            })
        })
    }
}

/// By which name the fetch is reported; 0 where there is none.
///
/// # Safety
/// `poll` is NULL or a poll that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_poll_fetch_id(
    poll: *const RefreshPollHandle,
) -> u64 {
    // SAFETY: the caller's promise above.
    unsafe { ask(poll, 0, |it| it.fetch().map(|fetch| fetch.id)) }
}

/// What to sign the fetch with, in Unix seconds; `ROLESANYWHERE_NO_TIME` where there is none.
///
/// # Safety
/// `poll` is NULL or a poll that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_poll_signing_time(
    poll: *const RefreshPollHandle,
) -> i64 {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(poll, ROLESANYWHERE_NO_TIME, |it| {
            it.fetch().map(|fetch| fetch.signing_time.unix_seconds())
        })
    }
}

/// In monotonic milliseconds: of a fetch, when it is forfeit; of a wait, when it is over;
/// `ROLESANYWHERE_NO_MONOTONIC_TIME` where there is neither.
///
/// # Safety
/// `poll` is NULL or a poll that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_poll_until(poll: *const RefreshPollHandle) -> u64 {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(poll, ROLESANYWHERE_NO_MONOTONIC_TIME, |it| match it.next {
            Next::Fetch(fetch) => Some(fetch.deadline),
            Next::Wait(until) => Some(until),
            _ => None,
        })
    }
}

/// Credentials that may be used now; NULL where there are none. Borrowed from the poll, not to be freed.
///
/// # Safety
/// `poll` is NULL or a poll that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_poll_credentials(
    poll: *const RefreshPollHandle,
) -> *const CredentialsHandle {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(poll, null(), |it| {
            it.credentials.as_ref().map(|it| &raw const *it)
        })
    }
}

/// The code with which the last fetch failed, or 0: with no credentials, it is what the caller gets.
///
/// # Safety
/// `poll` is NULL or a poll that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_poll_error_code(
    poll: *const RefreshPollHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(poll, 0, |it| {
            let error = it.error.as_ref()?.error();
            Some(ResultCode::from(error.code().number()))
        })
    }
}

/// The error with which the last fetch failed; NULL where none did. Borrowed from the poll, not to be
/// freed.
///
/// # Safety
/// `poll` is NULL or a poll that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_poll_error(
    poll: *const RefreshPollHandle,
) -> *const ErrorHandle {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(poll, null(), |it| {
            it.error.as_ref().map(|it| &raw const *it)
        })
    }
}

/// Ends a poll and what it lent. NULL is fine.
///
/// # Safety
/// `poll` is NULL or a poll that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_poll_free(poll: *mut RefreshPollHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(poll) }
}
