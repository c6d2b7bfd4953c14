//! `rolesanywhere_http_response`: the reply that a host's transport fills in.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::error_code;
use crate::handle::{Out, borrow_mut, free};
use crate::slice::{bytes, text};
use rolesanywhere::HttpResponse;
use rolesanywhere::core::error::{Error, ErrorCode, ErrorKind, Result};
use std::ffi::c_char;
use zeroize::Zeroizing;

/// The longest body that is taken, in bytes: as the built-in transport.
const BODY_LIMIT: usize = 1 << 20;

/// The place for a reply: status, headers, body. Of one thread at a time. Wiped when freed, because a
/// reply holds secrets.
pub struct HttpResponseHandle {
    status: u16,
    headers: Vec<(String, String)>,
    body: Zeroizing<Vec<u8>>,
    message: Option<String>,
}

impl HttpResponseHandle {
    pub(crate) fn new() -> Self {
        Self {
            status: 0,
            headers: Vec::new(),
            body: Zeroizing::new(Vec::new()),
            message: None,
        }
    }

    /// The reply, or why there is none: `code` is what the transport returned.
    pub(crate) fn taken(self, code: ResultCode) -> Result<HttpResponse> {
        if code != 0 {
            return Err(failure(code, self.message.as_deref()));
        }
        if self.status == 0 {
            let message = "the transport returned neither a reply nor an error";
            return Err(Error::new(ErrorCode::ConnectionFailed, message));
        }
        Ok(HttpResponse::new(self.status, self.headers, self.body))
    }

    pub(crate) fn take(&mut self) -> Self {
        std::mem::replace(self, Self::new())
    }
}

/// A transport's own failure: of kind `transport`, whatever it returned.
pub(crate) fn failure(code: ResultCode, message: Option<&str>) -> Error {
    let known = error_code::find(code).filter(|known| known.kind() == ErrorKind::Transport);
    let message = message.map_or_else(
        || format!("the transport failed with {code}"),
        |message| format!("the transport failed: {message}"),
    );
    Error::new(known.unwrap_or(ErrorCode::ConnectionFailed), message)
}

/// An empty reply, for programs that send by themselves and bring the reply to
/// `rolesanywhere_attempt_receive` or `rolesanywhere_create_session_parse_response`.
///
/// `*response` is the caller's, to be freed with `rolesanywhere_http_response_free`. Any thread.
///
/// # Safety
/// `response` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_http_response_new(
    response: *mut *mut HttpResponseHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            Out::new(response, "response")?.give(HttpResponseHandle::new());
            Ok(())
        })
    }
}

/// Sets the HTTP status, 100 to 599. Fails with `argument_invalid`.
///
/// # Safety
/// `response` is NULL or a reply that nobody else uses; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_http_response_set_status(
    response: *mut HttpResponseHandle,
    status: u32,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let response = borrow_mut(response, "response")?;
            let valid = u16::try_from(status)
                .ok()
                .filter(|it| (100..600).contains(it));
            response.status = valid.ok_or_else(|| {
                let message = format!("{status} is no HTTP status");
                Error::new(ErrorCode::ArgumentInvalid, message)
            })?;
            Ok(())
        })
    }
}

/// Adds a header, its name in any case; both are copied. Bytes that are not UTF-8 are replaced. The
/// reply's `Date`, `Retry-After` and `x-amzn-*` headers are the ones that count.
///
/// # Safety
/// `response` is NULL or a reply that nobody else uses; `name` and `value` point to as many bytes as
/// their lengths say; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_http_response_add_header(
    response: *mut HttpResponseHandle,
    name: *const c_char,
    name_length: usize,
    value: *const c_char,
    value_length: usize,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let response = borrow_mut(response, "response")?;
            let name = String::from_utf8_lossy(bytes(name.cast(), name_length, "name")?);
            let value = String::from_utf8_lossy(bytes(value.cast(), value_length, "value")?);
            let pair = (name.to_ascii_lowercase(), value.into_owned());
            response.headers.push(pair);
            Ok(())
        })
    }
}

/// Adds to the body; the bytes are copied. Fails with `response_too_large` beyond 1 MiB.
///
/// # Safety
/// `response` is NULL or a reply that nobody else uses; `data` points to as many bytes as its length
/// says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_http_response_append_body(
    response: *mut HttpResponseHandle,
    data: *const u8,
    data_length: usize,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let response = borrow_mut(response, "response")?;
            append(&mut response.body, bytes(data, data_length, "data")?)
        })
    }
}

/// Says why there is no reply; it is copied, and becomes part of the error's message. Within the
/// callback, which then returns something else than 0.
///
/// # Safety
/// `response` is NULL or what the callback got; `message` points to as many bytes as its length says;
/// `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_http_response_set_message(
    response: *mut HttpResponseHandle,
    message: *const c_char,
    message_length: usize,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let response = borrow_mut(response, "response")?;
            response.message = Some(text(message, message_length, "message")?.to_owned());
            Ok(())
        })
    }
}

/// Ends a reply that `rolesanywhere_http_response_new` made; not one that a callback got. NULL is fine.
///
/// # Safety
/// `response` is NULL or a reply that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_http_response_free(response: *mut HttpResponseHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(response) }
}

fn append(body: &mut Zeroizing<Vec<u8>>, more: &[u8]) -> Result<()> {
    let length = body.len().saturating_add(more.len());
    if length > BODY_LIMIT {
        let message = "the reply is longer than 1 MiB";
        return Err(Error::new(ErrorCode::ResponseTooLarge, message));
    }
    if length > body.capacity() {
        // A vector that grows by itself leaves copies of secrets behind.
        let mut larger = Zeroizing::new(Vec::with_capacity(length.next_power_of_two()));
        larger.extend_from_slice(body);
        *body = larger;
    }
    body.extend_from_slice(more);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_grow_up_to_their_limit() {
        let mut body = Zeroizing::new(Vec::new());
        append(&mut body, b"ab").unwrap();
        append(&mut body, &[b'c'; 5000]).unwrap();
        assert_eq!((body.len(), &body[..3]), (5002, b"abc".as_slice()));
        let error = append(&mut body, &vec![0; BODY_LIMIT]).unwrap_err();
        assert_eq!(error.code(), ErrorCode::ResponseTooLarge);
        assert_eq!(body.len(), 5002);
    }

    #[test]
    fn what_a_transport_returns_is_of_its_kind() {
        let code = |code| failure(code, None).code();
        assert_eq!(code(502), ErrorCode::Timeout);
        assert_eq!(code(400), ErrorCode::ConnectionFailed);
        assert_eq!(code(7), ErrorCode::ConnectionFailed);
        let empty = HttpResponseHandle::new().taken(0).unwrap_err();
        assert_eq!(empty.code(), ErrorCode::ConnectionFailed);
    }
}
