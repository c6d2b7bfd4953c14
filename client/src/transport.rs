//! How a request travels.

#[cfg(feature = "http")]
mod http;

#[cfg(feature = "http")]
pub use http::{HttpOptions, HttpTransport};

use rolesanywhere_core::HttpRequest;
use rolesanywhere_core::error::Result;
use std::fmt;
use std::time::Duration;
use zeroize::Zeroizing;

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

/// A reply. It may hold credentials: `Debug` shows status and sizes, and the body is wiped on drop.
#[non_exhaustive]
pub struct HttpResponse {
    /// The HTTP status.
    pub status: u16,
    /// Names in lower case and values, in wire order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Zeroizing<Vec<u8>>,
}

impl HttpResponse {
    /// A reply from a transport of one's own.
    #[must_use]
    pub const fn new(
        status: u16,
        headers: Vec<(String, String)>,
        body: Zeroizing<Vec<u8>>,
    ) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("headers", &self.headers.len())
            .field("body", &self.body.len())
            .finish()
    }
}
