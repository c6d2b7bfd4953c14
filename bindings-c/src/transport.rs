//! `rolesanywhere_transport`: how requests travel.

use crate::boundary::{ResultCode, fallible};
use crate::callback::{DestroyCallback, UserData};
use crate::error::ErrorHandle;
use crate::handle::{Out, free, null};
use crate::http_request::HttpRequestHandle;
use crate::http_response::HttpResponseHandle;
use rolesanywhere::core::HttpRequest;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::{HttpResponse, Transport};
use std::ffi::c_void;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Sends exactly this request, once, and fills in `response`: status, headers, body. Every HTTP status
/// is a reply and not an error; redirects are not followed, failures not repeated. Returns 0; or, when
/// no reply came, an error code of kind `transport` (any other number counts as `connection_failed`).
/// Has `time_limit_millis` to do it. Called on the thread that asks for credentials, by several at once
/// if they belong to several providers, under no lock of the library's. Both handles end when it
/// returns. It must not unwind or jump out.
pub type SendCallback = Option<
    unsafe extern "C" fn(
        user_data: *mut c_void,
        request: *const HttpRequestHandle,
        time_limit_millis: u64,
        response: *mut HttpResponseHandle,
    ) -> ResultCode,
>;

/// How requests travel. Immutable: any number of threads and providers may share one.
pub struct TransportHandle(pub(crate) Carrier);

/// Who sends.
#[derive(Clone)]
pub(crate) enum Carrier {
    /// A function of the host's.
    Callback(Arc<dyn Transport>),
    /// The host, by itself.
    Nobody,
}

/// A transport of the host's own, such as its libcurl handles.
///
/// `user_data` is handed to each call; `destroy`, which may be NULL, is called once with it when the
/// transport and every provider made with it are gone. Both may happen on any thread. `*transport` is
/// the caller's, to be freed with `rolesanywhere_transport_free`, also right after a provider was made
/// with it. Fails with `null_argument`.
///
/// # Safety
/// `send` and `destroy` keep what `rolesanywhere_send_callback` says; `transport` and `error` are NULL
/// or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_transport_new(
    send: SendCallback,
    user_data: *mut c_void,
    destroy: DestroyCallback,
    transport: *mut *mut TransportHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(transport, "transport")?;
            let send = send.ok_or_else(|| null("send"))?;
            let host = HostTransport {
                send,
                user_data: UserData::new(user_data, destroy),
            };
            out.give(TransportHandle(Carrier::Callback(Arc::new(host))));
            Ok(())
        })
    }
}

/// No transport: the host sends by itself, with `rolesanywhere_provider_poll`.
///
/// `*transport` is the caller's, to be freed with `rolesanywhere_transport_free`. Any thread.
///
/// # Safety
/// `transport` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_transport_none(
    transport: *mut *mut TransportHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            Out::new(transport, "transport")?.give(TransportHandle(Carrier::Nobody));
            Ok(())
        })
    }
}

/// Ends a transport. Providers made with it go on. NULL is fine.
///
/// # Safety
/// `transport` is NULL or a transport that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_transport_free(transport: *mut TransportHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(transport) }
}

struct HostTransport {
    send: unsafe extern "C" fn(
        *mut c_void,
        *const HttpRequestHandle,
        u64,
        *mut HttpResponseHandle,
    ) -> ResultCode,
    user_data: UserData,
}

impl Transport for HostTransport {
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse> {
        self.send_within(request, Duration::from_secs(30))
    }

    fn send_within(&self, request: &HttpRequest, time_limit: Duration) -> Result<HttpResponse> {
        let request = HttpRequestHandle::new(request);
        let mut response = HttpResponseHandle::new();
        let millis = u64::try_from(time_limit.as_millis()).unwrap_or(u64::MAX);
        // SAFETY: the host's promise; both handles live until it returns.
        let code = unsafe {
            (self.send)(
                self.user_data.pointer(),
                &raw const request,
                millis,
                &raw mut response,
            )
        };
        response.taken(code)
    }
}

impl fmt::Debug for HostTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("HostTransport")
    }
}

/// What stands where nobody sends. A provider without a transport is refused before it comes to this.
#[derive(Debug)]
pub(crate) struct NoTransport;

impl Transport for NoTransport {
    fn send(&self, _: &HttpRequest) -> Result<HttpResponse> {
        Err(no_transport())
    }
}

pub(crate) fn no_transport() -> Error {
    let message = "this provider has no transport, and the credentials are not at hand";
    let hint = "drive it with rolesanywhere_provider_poll, or give it a transport";
    Error::new(ErrorCode::FeatureUnavailable, message).with_hint(hint)
}
