//! `rolesanywhere_error`: what went wrong, and what to do about it.

use crate::boundary::ResultCode;
use crate::handle::{ask, free};
use crate::slice::{OwnedText, Text, lend_option};
use rolesanywhere::core::error::Error;

/// Why a call failed. Immutable: any number of threads may read one. No text in it holds a secret.
///
/// The texts that it lends live as long as the error.
pub struct ErrorHandle {
    error: Error,
    message: OwnedText,
    hint: OwnedText,
    service_code: Option<OwnedText>,
    service_message: Option<OwnedText>,
    request_id: Option<OwnedText>,
}

impl ErrorHandle {
    pub(crate) fn new(error: Error) -> Self {
        let message = cause_and_all(&error);
        let service = error.service();
        let text = |text: Option<&String>| text.map(|text| OwnedText::new(text));
        Self {
            message: OwnedText::new(&message),
            hint: OwnedText::new(error.hint()),
            service_code: text(service.and_then(|it| it.service_code.as_ref())),
            service_message: text(service.and_then(|it| it.service_message.as_ref())),
            request_id: text(service.and_then(|it| it.request_id.as_ref())),
            error,
        }
    }

    pub(crate) const fn error(&self) -> &Error {
        &self.error
    }
}

/// The sentence, and behind a colon what somebody else (a signer of the host's) said.
fn cause_and_all(error: &Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{}: {cause}", error.message()),
        None => error.message().to_owned(),
    }
}

/// The error's code: what the call returned. 0 for NULL.
///
/// # Safety
/// `error` is NULL or an error that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_error_code(error: *const ErrorHandle) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(error, 0, |it| {
            Some(ResultCode::from(it.error.code().number()))
        })
    }
}

/// One sentence in lower case: what is wrong. Borrowed from the error.
///
/// # Safety
/// `error` is NULL or an error that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_error_message(error: *const ErrorHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(error, Text::NONE, |it| Some(it.message.lend())) }
}

/// One sentence: what to do about it. Borrowed from the error.
///
/// # Safety
/// `error` is NULL or an error that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_error_hint(error: *const ErrorHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(error, Text::NONE, |it| Some(it.hint.lend())) }
}

/// Whether the same call may succeed later without anyone changing anything.
///
/// # Safety
/// `error` is NULL or an error that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_error_is_retryable(error: *const ErrorHandle) -> bool {
    // SAFETY: the caller's promise above.
    unsafe { ask(error, false, |it| Some(it.error.is_retryable())) }
}

/// The HTTP status of the service's refusal, or 0 where the service said nothing.
///
/// # Safety
/// `error` is NULL or an error that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_error_status(error: *const ErrorHandle) -> u32 {
    // SAFETY: the caller's promise above.
    unsafe { ask(error, 0, |it| Some(u32::from(it.error.service()?.status))) }
}

/// The service's error type, such as `AccessDeniedException`. Borrowed from the error; none where the
/// service gave none.
///
/// # Safety
/// `error` is NULL or an error that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_error_service_code(error: *const ErrorHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(error, Text::NONE, |it| {
            Some(lend_option(it.service_code.as_ref()))
        })
    }
}

/// The service's own message, bounded and without control characters. Borrowed from the error; none
/// where the service gave none.
///
/// # Safety
/// `error` is NULL or an error that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_error_service_message(error: *const ErrorHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(error, Text::NONE, |it| {
            Some(lend_option(it.service_message.as_ref()))
        })
    }
}

/// The id by which AWS finds the request. Borrowed from the error; none where the service gave none.
///
/// # Safety
/// `error` is NULL or an error that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_error_request_id(error: *const ErrorHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(error, Text::NONE, |it| {
            Some(lend_option(it.request_id.as_ref()))
        })
    }
}

/// The seconds that the service asks to wait (`Retry-After`), or -1 where it does not.
///
/// # Safety
/// `error` is NULL or an error that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_error_retry_after(error: *const ErrorHandle) -> i64 {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(error, -1, |it| {
            it.error.service()?.retry_after.map(i64::from)
        })
    }
}

/// Ends an error and the texts it lent. NULL is fine.
///
/// # Safety
/// `error` is NULL or an error that nobody uses any more; not one that was borrowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_error_free(error: *mut ErrorHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(error) }
}
