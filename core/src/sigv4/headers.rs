//! The headers that signing adds, and which ones it takes.

use super::{String, ToString, Vec, base64};
use crate::error::{Error, ErrorCode, Result, shown};
use crate::identity::Identity;
use alloc::format;

/// What signing sets itself; a caller who gives one of these would send it twice.
const SET_BY_SIGNING: [&str; 5] = [
    "authorization",
    "host",
    "x-amz-date",
    "x-amz-x509",
    "x-amz-x509-chain",
];

/// Names are tokens, values have no control characters (RFC 9110 §5).
pub(super) fn check(headers: &[(&str, &str)]) -> Result<()> {
    for (name, value) in headers {
        let is_token = !name.is_empty() && name.bytes().all(is_token_byte);
        if !is_token {
            return Err(malformed(format!(
                "{} is not the name of a header",
                shown(name)
            )));
        }
        if SET_BY_SIGNING
            .iter()
            .any(|set| name.eq_ignore_ascii_case(set))
        {
            return Err(malformed(format!(
                "the header {} is set by signing",
                shown(name)
            )));
        }
        let is_printable = |c: char| c == '\t' || (c.is_ascii() && !c.is_ascii_control());
        if !value.chars().all(is_printable) {
            let message = format!(
                "the value of header {} holds a character beyond ASCII text",
                shown(name)
            );
            return Err(malformed(message));
        }
    }
    Ok(())
}

/// The caller's headers, then ours, in wire order.
pub(super) fn with_signing_headers(
    headers: &[(&str, &str)],
    identity: &Identity,
    date: &str,
) -> Vec<(String, String)> {
    // Three of ours and, later, `Authorization`.
    let mut all = Vec::with_capacity(headers.len().saturating_add(4));
    all.extend(
        headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string())),
    );
    all.push(("X-Amz-Date".into(), date.into()));
    all.push(("X-Amz-X509".into(), base64(identity.certificate_der())));
    let chain: Vec<String> = identity.chain_der().map(base64).collect();
    if !chain.is_empty() {
        all.push(("X-Amz-X509-Chain".into(), chain.join(",")));
    }
    all
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

fn malformed(message: String) -> Error {
    Error::new(ErrorCode::RequestMalformed, message)
}
