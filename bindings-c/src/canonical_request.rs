//! `rolesanywhere_canonical_request`: the first stage of SigV4 by itself.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::handle::{Out, ask, free};
use crate::name_value::{NameValue, texts};
use crate::slice::{OwnedText, Text, any_text, bytes};
use rolesanywhere::core::encoding::sha256_hex;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::core::sigv4::canonical::{
    CanonicalRequest, PathEncoding, canonical_path, normalize_path,
};
use std::ffi::c_char;

/// Each segment of the path is percent-encoded once, as S3 has it.
pub const ROLESANYWHERE_PATH_ENCODING_ONCE: u32 = 1;
/// Each segment of the path is percent-encoded twice, as every other service has it.
pub const ROLESANYWHERE_PATH_ENCODING_TWICE: u32 = 2;

/// A canonical request. Immutable: any number of threads may read one.
///
/// The texts that it lends live as long as it does.
pub struct CanonicalRequestHandle {
    text: OwnedText,
    signed_headers: OwnedText,
}

/// Puts a canonical request together from what is sent: for those who look into a signature that a
/// service refuses, or sign by themselves. Method, path and query are as sent, the query without `?`;
/// every header given is signed. `normalize_path` resolves segments `.` and `..` first, as every service
/// but S3 has it; `path_encoding` is a `ROLESANYWHERE_PATH_ENCODING_…`. Nothing is checked.
///
/// `*canonical_request` is the caller's, to be freed with `rolesanywhere_canonical_request_free`; it
/// borrows nothing. Any thread. Fails with `argument_invalid` for what is not UTF-8 and for the encoding.
///
/// # Safety
/// `headers` points to `header_count` headers; the texts and the body point to as many bytes as their
/// lengths say; `canonical_request` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_canonical_request_new(
    method: *const c_char,
    method_length: usize,
    path: *const c_char,
    path_length: usize,
    query: *const c_char,
    query_length: usize,
    headers: *const NameValue,
    header_count: usize,
    body: *const u8,
    body_length: usize,
    normalize_path: bool,
    path_encoding: u32,
    canonical_request: *mut *mut CanonicalRequestHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(canonical_request, "canonical_request")?;
            let method = any_text(method, method_length, "method")?;
            let path = any_text(path, path_length, "path")?;
            let path = canonical(path, normalize_path, path_encoding)?;
            let query = any_text(query, query_length, "query")?;
            let headers = texts(headers, header_count, "headers")?;
            let hash = sha256_hex(bytes(body, body_length, "body")?);
            let made = CanonicalRequest::new(method, &path, query, &headers, &hash);
            out.give(CanonicalRequestHandle {
                text: OwnedText::new(made.as_str()),
                signed_headers: OwnedText::new(made.signed_headers()),
            });
            Ok(())
        })
    }
}

fn canonical(path: &str, normalize: bool, encoding: u32) -> Result<String> {
    let encoding = match encoding {
        ROLESANYWHERE_PATH_ENCODING_ONCE => PathEncoding::Once,
        ROLESANYWHERE_PATH_ENCODING_TWICE => PathEncoding::Twice,
        _ => {
            let message = format!("there is no encoding of paths of number {encoding}");
            return Err(Error::new(ErrorCode::ArgumentInvalid, message));
        }
    };
    let normalized = normalize.then(|| normalize_path(path));
    let path = normalized.as_deref().unwrap_or(path);
    Ok(canonical_path(path, encoding))
}

/// The canonical request. Borrowed from it.
///
/// # Safety
/// `canonical_request` is NULL or a canonical request that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_canonical_request_text(
    canonical_request: *const CanonicalRequestHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(canonical_request, Text::NONE, |it| Some(it.text.lend())) }
}

/// The names of the signed headers, joined by `;`. Borrowed from the canonical request.
///
/// # Safety
/// `canonical_request` is NULL or a canonical request that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_canonical_request_signed_headers(
    canonical_request: *const CanonicalRequestHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(canonical_request, Text::NONE, |it| {
            Some(it.signed_headers.lend())
        })
    }
}

/// Ends a canonical request and what it lent. NULL is fine.
///
/// # Safety
/// `canonical_request` is NULL or a canonical request that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_canonical_request_free(
    canonical_request: *mut CanonicalRequestHandle,
) {
    // SAFETY: the caller's promise above.
    unsafe { free(canonical_request) }
}
