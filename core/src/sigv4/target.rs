//! Where a request goes, read once for however many requests.

use super::canonical::{PathEncoding, canonical_path, canonical_query};
use crate::error::{ErrorCode, Result};
use crate::http::url::Url;
use alloc::string::{String, ToString};

/// A URL, and what the canonical request has of it.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) url: String,
    pub(super) authority: String,
    pub(super) canonical_path: String,
    pub(super) canonical_query: String,
}

impl Target {
    /// Fails with `request_malformed`.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        let url = Url::parse(url, ErrorCode::RequestMalformed)?;
        Ok(Self {
            authority: url.authority(),
            canonical_path: canonical_path(url.path(), PathEncoding::Twice),
            canonical_query: canonical_query(url.query()),
            url: url.to_string(),
        })
    }
}
