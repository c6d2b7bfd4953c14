//! `rolesanywhere_refresh`: the bare state machine, for hosts whose credentials come from elsewhere.

use crate::boundary::{ResultCode, fallible};
use crate::create_session::{ROLESANYWHERE_NO_TIME, optional_at};
use crate::credentials::CredentialsHandle;
use crate::error::ErrorHandle;
use crate::error_code;
use crate::event::EventHandle;
use crate::handle::{Out, borrow, borrow_mut, free};
use crate::refresh_poll::RefreshPollHandle;
use rolesanywhere::core::RefreshPolicy;
use rolesanywhere::core::error::{Error, ErrorCode, Result, ServiceDetails};
use rolesanywhere::core::refresh::{Event, Jitter, Now, Refresh};
use std::collections::VecDeque;
use std::ptr::null_mut;

/// No point in monotonic time.
pub const ROLESANYWHERE_NO_MONOTONIC_TIME: u64 = u64::MAX;

/// When credentials are fetched and which may be served, decided without a clock, a lock or a wait: two
/// clocks go in, both in milliseconds, the one since 1970, the other monotonic. Of one thread at a time.
pub struct RefreshHandle {
    refresh: Refresh,
    events: VecDeque<Event>,
}

/// A machine without credentials.
///
/// `*refresh` is the caller's, to be freed with `rolesanywhere_refresh_free`. Any thread.
///
/// # Safety
/// `refresh` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_new(
    refresh: *mut *mut RefreshHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            Out::new(refresh, "refresh")?.give(RefreshHandle {
                refresh: Refresh::new(RefreshPolicy::default()),
                events: VecDeque::new(),
            });
            Ok(())
        })
    }
}

/// What may be served now, and what the asking caller does next.
///
/// `*poll` is the caller's, to be freed with `rolesanywhere_refresh_poll_free`.
///
/// # Safety
/// `refresh` is NULL or a machine that nobody else uses; `poll` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_poll(
    refresh: *mut RefreshHandle,
    unix_millis: u64,
    monotonic_millis: u64,
    poll: *mut *mut RefreshPollHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(poll, "poll")?;
            let machine = borrow_mut(refresh, "refresh")?;
            let polled = machine.refresh.poll(now(unix_millis, monotonic_millis));
            out.give(RefreshPollHandle::new(polled));
            Ok(())
        })
    }
}

/// Reports that the fetch `id` brought credentials, which stay the caller's. `identity_not_after` is the
/// end of the certificate they were fetched with and `server_date` the reply's date, both in Unix
/// seconds or `ROLESANYWHERE_NO_TIME`; `jitter` is a random fraction between 0 and 1. A stale id is
/// ignored.
///
/// # Safety
/// `refresh` is NULL or a machine that nobody else uses, `credentials` NULL or not freed meanwhile;
/// `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_on_success(
    refresh: *mut RefreshHandle,
    id: u64,
    credentials: *const CredentialsHandle,
    identity_not_after: i64,
    server_date: i64,
    unix_millis: u64,
    monotonic_millis: u64,
    jitter: f64,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let machine = borrow_mut(refresh, "refresh")?;
            let credentials = borrow(credentials, "credentials")?.credentials().share();
            machine.refresh.on_success(
                id,
                credentials,
                optional_at(identity_not_after)?,
                optional_at(server_date)?,
                now(unix_millis, monotonic_millis),
                Jitter::from_fraction(jitter),
            );
            Ok(())
        })
    }
}

/// Reports that the fetch `id` failed with an error of a call, which stays the caller's. A stale id is
/// ignored.
///
/// # Safety
/// `refresh` is NULL or a machine that nobody else uses, `failure` NULL or not freed meanwhile; `error`
/// is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_on_error(
    refresh: *mut RefreshHandle,
    id: u64,
    failure: *const ErrorHandle,
    unix_millis: u64,
    monotonic_millis: u64,
    jitter: f64,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let machine = borrow_mut(refresh, "refresh")?;
            let failure = borrow(failure, "failure")?.error().clone();
            let now = now(unix_millis, monotonic_millis);
            let jitter = Jitter::from_fraction(jitter);
            machine.refresh.on_failure(id, failure, now, jitter);
            Ok(())
        })
    }
}

/// Reports that the fetch `id` failed for a reason of the host's: an error code, whether it is worth
/// retrying, `Retry-After` in seconds or -1, the reply's date in Unix seconds or
/// `ROLESANYWHERE_NO_TIME`. A stale id is ignored.
///
/// Fails with `argument_invalid` for a number that is no code.
///
/// # Safety
/// `refresh` is NULL or a machine that nobody else uses; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_on_failure(
    refresh: *mut RefreshHandle,
    id: u64,
    code: ResultCode,
    retryable: bool,
    retry_after: i64,
    server_date: i64,
    unix_millis: u64,
    monotonic_millis: u64,
    jitter: f64,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let machine = borrow_mut(refresh, "refresh")?;
            let failure = host_failure(code, retryable, retry_after, server_date)?;
            let now = now(unix_millis, monotonic_millis);
            let jitter = Jitter::from_fraction(jitter);
            machine.refresh.on_failure(id, failure, now, jitter);
            Ok(())
        })
    }
}

/// Reports that whoever was fetching `id` gave up. The request may have been sent, so it counts. A stale
/// id is ignored.
///
/// # Safety
/// `refresh` is NULL or a machine that nobody else uses; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_cancel(
    refresh: *mut RefreshHandle,
    id: u64,
    unix_millis: u64,
    monotonic_millis: u64,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let machine = borrow_mut(refresh, "refresh")?;
            machine
                .refresh
                .cancel(id, now(unix_millis, monotonic_millis));
            Ok(())
        })
    }
}

/// Stops serving the credentials: somebody knows that they no longer work.
///
/// # Safety
/// `refresh` is NULL or a machine that nobody else uses; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_invalidate(
    refresh: *mut RefreshHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            borrow_mut(refresh, "refresh")?.refresh.invalidate();
            Ok(())
        })
    }
}

/// Makes a refresh due now; the credentials are served meanwhile.
///
/// # Safety
/// `refresh` is NULL or a machine that nobody else uses; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_request_refresh(
    refresh: *mut RefreshHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            borrow_mut(refresh, "refresh")?.refresh.request_refresh();
            Ok(())
        })
    }
}

/// When the next refresh is due, in monotonic milliseconds; `ROLESANYWHERE_NO_MONOTONIC_TIME` without
/// credentials.
///
/// # Safety
/// `refresh` is NULL or a machine that nobody changes or frees meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_next_refresh(refresh: *const RefreshHandle) -> u64 {
    // SAFETY: the caller's promise above.
    unsafe {
        crate::handle::ask(refresh, ROLESANYWHERE_NO_MONOTONIC_TIME, |it| {
            it.refresh.next_refresh()
        })
    }
}

/// The next thing that happened; at most the latest 32 are kept.
///
/// `*event` is the caller's, to be freed with `rolesanywhere_event_free`; it becomes NULL where nothing
/// more happened.
///
/// # Safety
/// `refresh` is NULL or a machine that nobody else uses; `event` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_next_event(
    refresh: *mut RefreshHandle,
    event: *mut *mut EventHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(event, "event")?;
            let machine = borrow_mut(refresh, "refresh")?;
            machine.events.extend(machine.refresh.take_events());
            match machine.events.pop_front() {
                Some(event) => out.give(EventHandle::of_refresh(&event)),
                None => out.set(null_mut()),
            }
            Ok(())
        })
    }
}

/// Ends a machine. NULL is fine.
///
/// # Safety
/// `refresh` is NULL or a machine that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_refresh_free(refresh: *mut RefreshHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(refresh) }
}

const fn now(unix_millis: u64, monotonic_millis: u64) -> Now {
    Now {
        unix_millis,
        monotonic_millis,
    }
}

fn host_failure(
    code: ResultCode,
    retryable: bool,
    retry_after: i64,
    server_date: i64,
) -> Result<Error> {
    let code = error_code::find(code).ok_or_else(|| {
        Error::new(
            ErrorCode::ArgumentInvalid,
            format!("{code} is no error code"),
        )
    })?;
    let failure = Error::new(code, "the host's own fetch failed").with_retryable(retryable);
    if retry_after < 0 && server_date == ROLESANYWHERE_NO_TIME {
        return Ok(failure);
    }
    let mut details = ServiceDetails::default();
    details.retry_after = u32::try_from(retry_after).ok();
    details.date = optional_at(server_date)?;
    Ok(failure.with_service(details))
}
