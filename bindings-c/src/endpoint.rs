//! Which URL a CreateSession is sent to.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::handle::Out;
use crate::slice::any_text;
use crate::string::StringHandle;
use rolesanywhere::core::endpoint::{Endpoint, EndpointVariant, Partition};
use std::ffi::c_char;

/// What is asked, without its query.
fn url(endpoint: &Endpoint) -> StringHandle {
    StringHandle::new(&endpoint.join("/sessions"))
}

/// The URL, without its query, that CreateSession has in a region of a partition (`aws`). Does not know
/// which regions exist: one that fits the partition will do.
///
/// `*url` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails with
/// `partition_unknown`, `region_malformed`, `region_mismatch`.
///
/// # Safety
/// The texts point to as many bytes as their lengths say; `url` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_endpoint_for_region(
    partition: *const c_char,
    partition_length: usize,
    region: *const c_char,
    region_length: usize,
    use_fips_endpoint: bool,
    use_dualstack_endpoint: bool,
    url: *mut *mut StringHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(url, "url")?;
            let partition = any_text(partition, partition_length, "partition")?;
            let region = any_text(region, region_length, "region")?;
            let variant = EndpointVariant {
                use_fips_endpoint,
                use_dualstack_endpoint,
            };
            let partition = Partition::from_id(partition)?;
            out.give(self::url(&Endpoint::for_region(
                partition, region, variant,
            )?));
            Ok(())
        })
    }
}

/// The URL, without its query, that CreateSession has at a base URL of the caller's, whose path prefix
/// is kept.
///
/// `*url` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails with
/// `endpoint_malformed`; with `endpoint_insecure` for plain http beyond the loopback interface, unless
/// `allow_http`: the reply holds secrets.
///
/// # Safety
/// `endpoint` points to as many bytes as its length says; `url` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_endpoint_parse(
    endpoint: *const c_char,
    endpoint_length: usize,
    allow_http: bool,
    url: *mut *mut StringHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(url, "url")?;
            let endpoint = any_text(endpoint, endpoint_length, "endpoint")?;
            out.give(self::url(&Endpoint::parse(endpoint, allow_http)?));
            Ok(())
        })
    }
}
