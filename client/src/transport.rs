//! How a request travels.

#[cfg(feature = "http")]
mod http;

#[cfg(feature = "http")]
pub use http::{HttpOptions, HttpTransport, Probe, ProbeStep};

pub use rolesanywhere_core::http::HttpResponse;

use rolesanywhere_core::HttpRequest;
use rolesanywhere_core::error::Result;
use std::fmt;
use std::time::Duration;

/// Sends one request and returns one reply.
///
/// Attempts, back-off and redirects are not a transport's business: the signature covers one
/// request, and whoever calls decides about the next.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends exactly this request, once; every HTTP status is a reply, not an error.
    ///
    /// # Errors
    /// codes of kind `transport`
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse>;

    /// The same, giving up after `time_limit` where that is shorter than the transport's own.
    ///
    /// Without an implementation of its own it is [`send`](Self::send): then a refresh may keep its
    /// caller for as long as the transport allows itself.
    ///
    /// # Errors
    /// codes of kind `transport`
    fn send_within(&self, request: &HttpRequest, time_limit: Duration) -> Result<HttpResponse> {
        let _ = time_limit;
        self.send(request)
    }
}
