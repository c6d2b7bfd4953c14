//! `rolesanywhere_signable_request`: SigV4-X509 for any request.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::handle::{Out, borrow, borrow_mut, free};
use crate::http_request::HttpRequestHandle;
use crate::identity::{IdentityHandle, at};
use crate::pending_signature::PendingSignatureHandle;
use crate::private_key::PrivateKeyHandle;
use crate::slice::{any_text, bytes, text};
use rolesanywhere::core::SignableRequest;
use std::ffi::c_char;

/// Any request, to be signed. Changed by one thread at a time; signed by any number at once.
pub struct SignableRequestHandle {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    region: String,
    service: String,
}

impl SignableRequestHandle {
    fn with<A>(&self, run: impl FnOnce(&SignableRequest<'_>) -> A) -> A {
        let headers: Vec<(&str, &str)> = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        run(&SignableRequest {
            method: &self.method,
            url: &self.url,
            headers: &headers,
            body: &self.body,
            region: &self.region,
            service: &self.service,
        })
    }
}

/// A request to be signed: method in upper case, absolute URL, region and service of the credential
/// scope (`rolesanywhere`). All are copied; they are checked when the request is prepared.
///
/// `*request` is the caller's, to be freed with `rolesanywhere_signable_request_free`. Any thread. Fails
/// with `argument_invalid` for what is not UTF-8.
///
/// # Safety
/// The texts point to as many bytes as their lengths say; `request` and `error` are NULL or may be
/// written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signable_request_new(
    method: *const c_char,
    method_length: usize,
    url: *const c_char,
    url_length: usize,
    region: *const c_char,
    region_length: usize,
    service: *const c_char,
    service_length: usize,
    request: *mut *mut SignableRequestHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            Out::new(request, "request")?.give(SignableRequestHandle {
                method: text(method, method_length, "method")?.to_owned(),
                url: text(url, url_length, "url")?.to_owned(),
                headers: Vec::new(),
                body: Vec::new(),
                region: text(region, region_length, "region")?.to_owned(),
                service: text(service, service_length, "service")?.to_owned(),
            });
            Ok(())
        })
    }
}

/// Adds a header; both are copied. `host`, `x-amz-date`, `x-amz-x509` and `x-amz-x509-chain` are added
/// by signing.
///
/// # Safety
/// `request` is NULL or a request that nobody else uses; the texts point to as many bytes as their
/// lengths say; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signable_request_add_header(
    request: *mut SignableRequestHandle,
    name: *const c_char,
    name_length: usize,
    value: *const c_char,
    value_length: usize,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let request = borrow_mut(request, "request")?;
            let name = any_text(name, name_length, "name")?.to_owned();
            let value = any_text(value, value_length, "value")?.to_owned();
            request.headers.push((name, value));
            Ok(())
        })
    }
}

/// Sets the body, which is empty before; it is copied.
///
/// # Safety
/// `request` is NULL or a request that nobody else uses; `body` points to as many bytes as its length
/// says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signable_request_set_body(
    request: *mut SignableRequestHandle,
    body: *const u8,
    body_length: usize,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let request = borrow_mut(request, "request")?;
            request.body = bytes(body, body_length, "body")?.to_vec();
            Ok(())
        })
    }
}

/// Everything up to the signature. `now` is in Unix seconds and becomes the request's date.
///
/// `*pending` is the caller's, to be freed with `rolesanywhere_pending_signature_free`; it borrows
/// nothing. Fails with `request_malformed`, `timestamp_malformed`.
///
/// # Safety
/// The handles are NULL or not changed or freed meanwhile; `pending` and `error` are NULL or may be
/// written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signable_request_prepare(
    request: *const SignableRequestHandle,
    identity: *const IdentityHandle,
    now: i64,
    pending: *mut *mut PendingSignatureHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(pending, "pending")?;
            let request = borrow(request, "request")?;
            let identity = borrow(identity, "identity")?.identity();
            let now = at(now)?;
            let pending = request.with(|request| request.prepare(identity, now))?;
            out.give(PendingSignatureHandle::new(pending));
            Ok(())
        })
    }
}

/// `rolesanywhere_signable_request_prepare`, the key's signature, and
/// `rolesanywhere_pending_signature_finish` in one.
///
/// `*http_request` is the caller's, to be freed with `rolesanywhere_http_request_free`. Fails with
/// `request_malformed`, `timestamp_malformed`, `key_mismatch`, `signing_failed`.
///
/// # Safety
/// The handles are NULL or not changed or freed meanwhile; `http_request` and `error` are NULL or may
/// be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signable_request_sign(
    request: *const SignableRequestHandle,
    identity: *const IdentityHandle,
    private_key: *const PrivateKeyHandle,
    now: i64,
    http_request: *mut *mut HttpRequestHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(http_request, "http_request")?;
            let request = borrow(request, "request")?;
            let identity = borrow(identity, "identity")?.identity();
            let key = borrow(private_key, "private_key")?.key();
            let now = at(now)?;
            let signed = request.with(|request| request.sign(identity, key, now))?;
            out.give(HttpRequestHandle::new(&signed));
            Ok(())
        })
    }
}

/// Ends a request. NULL is fine.
///
/// # Safety
/// `request` is NULL or a request that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_signable_request_free(request: *mut SignableRequestHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(request) }
}
