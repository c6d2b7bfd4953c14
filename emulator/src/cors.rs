//! Cross-origin requests (Fetch standard, "CORS protocol"), for clients in a browser.

use crate::message::{Reply, Request};
use rolesanywhere_core::error::{Error, ErrorCode, Result};

/// The origin whose pages may ask, or `*` for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cors(String);

impl Cors {
    pub(crate) fn new(origin: &str) -> Result<Self> {
        let authority = origin
            .strip_prefix("https://")
            .or_else(|| origin.strip_prefix("http://"));
        let plain = |c: char| c.is_ascii_graphic() && !"/?#@*".contains(c);
        let valid = authority.is_some_and(|host| !host.is_empty() && host.chars().all(plain));
        if origin == "*" || valid {
            return Ok(Self(origin.to_owned()));
        }
        let message = "the origin is neither * nor a scheme and a host";
        Err(Error::new(ErrorCode::OptionInvalid, message)
            .with_hint("write it as in http://localhost:5173, without a path"))
    }

    /// The answer to a preflight request, if this is one.
    pub(crate) fn preflight(&self, request: &Request) -> Option<Reply> {
        let method = request.text("access-control-request-method")?;
        if request.method != "OPTIONS" || !self.allows(request) {
            return None;
        }
        let headers = request.text("access-control-request-headers");
        let mut reply = Reply::new(204, "text/plain", "")
            .with_header("Access-Control-Allow-Methods", method)
            .with_header("Access-Control-Max-Age", "600");
        if let Some(headers) = headers {
            reply = reply.with_header("Access-Control-Allow-Headers", headers);
        }
        if request.text("access-control-request-private-network") == Some("true") {
            reply = reply.with_header("Access-Control-Allow-Private-Network", "true");
        }
        Some(reply)
    }

    /// The reply, such that the page may read it; faults and refusals too.
    pub(crate) fn open(&self, request: &Request, reply: Reply) -> Reply {
        if !self.allows(request) {
            return reply;
        }
        let exposed = "Date, Retry-After, x-amzn-ErrorType, x-amzn-RequestId";
        reply
            .with_header("Access-Control-Allow-Origin", &self.0)
            .with_header("Access-Control-Expose-Headers", exposed)
            .with_header("Vary", "Origin")
    }

    fn allows(&self, request: &Request) -> bool {
        let origin = request.text("origin");
        origin.is_some_and(|origin| self.0 == "*" || self.0 == origin)
    }
}
