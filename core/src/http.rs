//! A request as it goes on the wire, and the reply to it.

pub(crate) mod url;

use alloc::{string::String, vec::Vec};
use core::fmt;
use zeroize::Zeroizing;

/// A signed request: send it as it is.
///
/// A signed request is a bearer credential while its date is fresh, so `Debug` hides the signature.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpRequest {
    /// The method, in upper case.
    pub method: String,
    /// The absolute URL; it carries the host, and `host` is not among the headers.
    pub url: String,
    /// Names and values in wire order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl HttpRequest {
    /// A request that nobody signed, without headers and body.
    #[must_use]
    pub const fn unsigned(method: String, url: String) -> Self {
        Self {
            method,
            url,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        formatter
            .debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &names)
            .field("body", &self.body.len())
            .finish()
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
