//! `rolesanywhere_http_request`: a request to be sent as it is.

use crate::handle::{ask, free};
use crate::slice::{Bytes, OwnedText, Text};
use rolesanywhere::core::HttpRequest;

/// A request: send it as it is, once. Signed, it is a bearer credential while its date is fresh.
/// Immutable: any number of threads may read one.
///
/// What it lends lives as long as it does.
pub struct HttpRequestHandle {
    method: OwnedText,
    url: OwnedText,
    headers: Vec<(OwnedText, OwnedText)>,
    body: Vec<u8>,
}

impl HttpRequestHandle {
    pub(crate) fn new(request: &HttpRequest) -> Self {
        let headers = request.headers.iter();
        Self {
            method: OwnedText::new(&request.method),
            url: OwnedText::new(&request.url),
            headers: headers
                .map(|(name, value)| (OwnedText::new(name), OwnedText::new(value)))
                .collect(),
            body: request.body.clone(),
        }
    }
}

/// The method, in upper case. Borrowed from the request.
///
/// # Safety
/// `request` is NULL or a request that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_http_request_method(
    request: *const HttpRequestHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(request, Text::NONE, |it| Some(it.method.lend())) }
}

/// The absolute URL. It carries the host, which is not among the headers. Borrowed from the request.
///
/// # Safety
/// `request` is NULL or a request that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_http_request_url(request: *const HttpRequestHandle) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(request, Text::NONE, |it| Some(it.url.lend())) }
}

/// How many headers there are; 0 for NULL.
///
/// # Safety
/// `request` is NULL or a request that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_http_request_header_count(
    request: *const HttpRequestHandle,
) -> usize {
    // SAFETY: the caller's promise above.
    unsafe { ask(request, 0, |it| Some(it.headers.len())) }
}

/// The name of a header, in wire order. Borrowed from the request; none beyond the last.
///
/// # Safety
/// `request` is NULL or a request that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_http_request_header_name(
    request: *const HttpRequestHandle,
    index: usize,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(request, Text::NONE, |it| {
            it.headers.get(index).map(|(name, _)| name.lend())
        })
    }
}

/// The value of a header, in wire order. Borrowed from the request; none beyond the last.
///
/// # Safety
/// `request` is NULL or a request that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_http_request_header_value(
    request: *const HttpRequestHandle,
    index: usize,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(request, Text::NONE, |it| {
            it.headers.get(index).map(|(_, value)| value.lend())
        })
    }
}

/// The body, which may be empty. Borrowed from the request.
///
/// # Safety
/// `request` is NULL or a request that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_http_request_body(
    request: *const HttpRequestHandle,
) -> Bytes {
    // SAFETY: the caller's promise above.
    unsafe { ask(request, Bytes::NONE, |it| Some(Bytes::of(&it.body))) }
}

/// Ends a request that a call made, and what it lent; not one that was borrowed. NULL is fine.
///
/// # Safety
/// `request` is NULL or a request that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_http_request_free(request: *mut HttpRequestHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(request) }
}
