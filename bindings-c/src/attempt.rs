//! `rolesanywhere_attempt`: one attempt to fetch, step by step, for programs that send by themselves.

mod stage;

pub use stage::AttemptHandle;

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::handle::{ask, borrow_mut, free};
use crate::http_request::HttpRequestHandle;
use crate::http_response::{HttpResponseHandle, failure};
use crate::signature::encoding;
use crate::signing_request::SigningRequestHandle;
use crate::slice::{bytes, text};
use rolesanywhere::core::Signature;
use std::ffi::c_char;
use std::ptr::null;

/// Reads the identity as it is now, checks it and prepares the request. Afterwards
/// `rolesanywhere_attempt_signing_request` says what is to be signed. Reads files.
///
/// Fails with a code of kind `identity`, which ends the attempt: the provider knows, and the next poll
/// says what to do. Fails with `argument_invalid` where it is not this step's turn.
///
/// # Safety
/// `attempt` is NULL or an attempt that nobody else uses; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_attempt_prepare(
    attempt: *mut AttemptHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe { fallible(error, || borrow_mut(attempt, "attempt")?.prepare()) }
}

/// Signs with the configured key or signer, and prepares before where that was not done. Afterwards
/// `rolesanywhere_attempt_http_request` is what to send.
///
/// Fails with a code of kind `identity` or `signing`, which ends the attempt; with `argument_invalid`
/// where it is not this step's turn.
///
/// # Safety
/// `attempt` is NULL or an attempt that nobody else uses; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_attempt_sign(
    attempt: *mut AttemptHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe { fallible(error, || borrow_mut(attempt, "attempt")?.sign()) }
}

/// What is to be signed, once the attempt is prepared; NULL otherwise. Borrowed from the attempt until
/// its next step.
///
/// # Safety
/// `attempt` is NULL or an attempt that is not changed or freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_attempt_signing_request(
    attempt: *const AttemptHandle,
) -> *const SigningRequestHandle {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(attempt, null(), |it| {
            it.signing_request().map(|it| &raw const *it)
        })
    }
}

/// Takes a signature that somebody made meanwhile, in place of `rolesanywhere_attempt_sign`. It is
/// verified with the certificate. `signature_encoding` is a `ROLESANYWHERE_SIGNATURE_ENCODING_…`.
///
/// Fails with `signature_malformed` or `signature_invalid`, which ends the attempt; with
/// `argument_invalid` where it is not this step's turn.
///
/// # Safety
/// `attempt` is NULL or an attempt that nobody else uses; `signature` points to as many bytes as its
/// length says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_attempt_finish(
    attempt: *mut AttemptHandle,
    signature: *const u8,
    signature_length: usize,
    signature_encoding: u32,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let attempt = borrow_mut(attempt, "attempt")?;
            let signature = bytes(signature, signature_length, "signature")?;
            let signature = Signature::new(signature.to_vec());
            attempt.finish(&signature, encoding(signature_encoding)?)
        })
    }
}

/// What to send, once the attempt is signed; NULL otherwise. Borrowed from the attempt until its next
/// step.
///
/// # Safety
/// `attempt` is NULL or an attempt that is not changed or freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_attempt_http_request(
    attempt: *const AttemptHandle,
) -> *const HttpRequestHandle {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(attempt, null(), |it| {
            it.http_request().map(|it| &raw const *it)
        })
    }
}

/// Takes the reply, and ends the attempt: the next poll serves the credentials or says what to do.
/// `response` is the caller's still, and empty afterwards.
///
/// Fails with a code of kind `service` where the reply is a refusal; the provider knows. Fails with
/// `argument_invalid` where it is not this step's turn.
///
/// # Safety
/// `attempt` is NULL or an attempt that nobody else uses, `response` NULL or a reply that nobody else
/// uses; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_attempt_receive(
    attempt: *mut AttemptHandle,
    response: *mut HttpResponseHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let attempt = borrow_mut(attempt, "attempt")?;
            attempt.receive(borrow_mut(response, "response")?)
        })
    }
}

/// Says that no reply came, and ends the attempt. `code` is an error code of kind `transport`; any other
/// counts as `connection_failed`. `message` is copied, and may be NULL.
///
/// Fails with `argument_invalid` where the attempt has ended already.
///
/// # Safety
/// `attempt` is NULL or an attempt that nobody else uses; `message` points to as many bytes as its
/// length says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_attempt_fail(
    attempt: *mut AttemptHandle,
    code: ResultCode,
    message: *const c_char,
    message_length: usize,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let attempt = borrow_mut(attempt, "attempt")?;
            let message = text(message, message_length, "message")?;
            let message = Some(message).filter(|message| !message.is_empty());
            attempt.fail(failure(code, message))
        })
    }
}

/// Ends an attempt; one that is under way is given up, and somebody else may begin another. NULL is
/// fine.
///
/// # Safety
/// `attempt` is NULL or an attempt that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_attempt_free(attempt: *mut AttemptHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(attempt) }
}
