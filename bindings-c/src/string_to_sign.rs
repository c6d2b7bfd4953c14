//! The second stage of SigV4 by itself.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::handle::Out;
use crate::identity::at;
use crate::slice::any_text;
use crate::string::StringHandle;
use rolesanywhere::core::sigv4::{credential_scope, string_to_sign};
use std::ffi::c_char;

/// The credential scope: `YYYYMMDD/region/service/aws4_request`. `now` is in Unix seconds. Region and
/// service are not checked.
///
/// `*credential_scope` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails
/// with `timestamp_malformed`; with `argument_invalid` for what is not UTF-8.
///
/// # Safety
/// The texts point to as many bytes as their lengths say; `credential_scope` and `error` are NULL or may
/// be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_credential_scope(
    now: i64,
    region: *const c_char,
    region_length: usize,
    service: *const c_char,
    service_length: usize,
    credential_scope: *mut *mut StringHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(credential_scope, "credential_scope")?;
            let region = any_text(region, region_length, "region")?;
            let service = any_text(service, service_length, "service")?;
            let scope = self::credential_scope(at(now)?, region, service);
            out.give(StringHandle::new(&scope));
            Ok(())
        })
    }
}

/// The string to sign: `algorithm` is what `rolesanywhere_identity_algorithm` says, `now` in Unix seconds
/// the request's date, `canonical_request` what `rolesanywhere_canonical_request_text` says. Nothing of
/// them is checked.
///
/// `*string_to_sign` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails
/// with `timestamp_malformed`; with `argument_invalid` for what is not UTF-8.
///
/// # Safety
/// The texts point to as many bytes as their lengths say; `string_to_sign` and `error` are NULL or may be
/// written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_string_to_sign(
    algorithm: *const c_char,
    algorithm_length: usize,
    now: i64,
    region: *const c_char,
    region_length: usize,
    service: *const c_char,
    service_length: usize,
    canonical_request: *const c_char,
    canonical_request_length: usize,
    string_to_sign: *mut *mut StringHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(string_to_sign, "string_to_sign")?;
            let algorithm = any_text(algorithm, algorithm_length, "algorithm")?;
            let region = any_text(region, region_length, "region")?;
            let service = any_text(service, service_length, "service")?;
            let canonical = any_text(
                canonical_request,
                canonical_request_length,
                "canonical_request",
            )?;
            let now = at(now)?;
            let scope = credential_scope(now, region, service);
            let text = self::string_to_sign(algorithm, now, &scope, canonical);
            out.give(StringHandle::new(&text));
            Ok(())
        })
    }
}
