//! CreateSession: the request out, the reply in.

use crate::credentials::Credentials;
use crate::error::Result;
use crate::http::HttpRequest;
use crate::identity::Identity;
use crate::signing::SigningKey;
use crate::sigv4::PendingSignature;
use crate::time::Timestamp;
use alloc::string::String;

/// The options of a CreateSession, as text from anywhere; [`CreateSession::new`] checks them.
#[derive(Debug, Clone, Default)]
#[expect(clippy::exhaustive_structs, reason = "built with ..Default::default()")]
pub struct CreateSessionOptions<'a> {
    /// Required: id or alias ARN.
    pub trust_anchor_arn: &'a str,
    /// Required: id or alias ARN.
    pub profile_arn: &'a str,
    /// Required.
    pub role_arn: &'a str,
    /// Default: the trust anchor's.
    pub region: Option<&'a str>,
    /// Full base URL; a path prefix is kept.
    pub endpoint: Option<&'a str>,
    /// Permit plain http beyond loopback.
    pub allow_http: bool,
    /// 900–43200; not sent unless set.
    pub duration_seconds: Option<u32>,
    /// 2–64 of `[\w+=,.@-]`.
    pub role_session_name: Option<&'a str>,
    /// Sent when not empty.
    pub instance_properties: &'a [(&'a str, &'a str)],
    /// `rolesanywhere-fips.<region>`
    pub use_fips_endpoint: bool,
    /// The partition's dual-stack suffix.
    pub use_dualstack_endpoint: bool,
}

/// A checked CreateSession, ready to be signed any number of times.
#[derive(Debug, Clone)]
pub struct CreateSession {
    region: String,
}

impl CreateSession {
    /// Checks the options.
    ///
    /// # Errors
    /// codes of kind `input`
    pub fn new(_options: &CreateSessionOptions<'_>) -> Result<Self> {
        todo!()
    }

    /// The region signed for.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The URL that will be asked, without query.
    #[must_use]
    pub fn url(&self) -> &str {
        todo!()
    }

    /// Everything up to the signature.
    ///
    /// # Errors
    /// `request_malformed`
    pub fn prepare(&self, _identity: &Identity, _now: Timestamp) -> Result<PendingSignature> {
        todo!()
    }

    /// `prepare`, the key's signature, `finish`. Compares the key's public half with the leaf's.
    ///
    /// # Errors
    /// `key_mismatch`, `signing_failed`
    pub fn sign(
        &self,
        _identity: &Identity,
        _key: &dyn SigningKey,
        _now: Timestamp,
    ) -> Result<HttpRequest> {
        todo!()
    }

    /// Reads the reply. `now` and the reply's `Date` tell a skewed clock and an expired leaf.
    ///
    /// # Errors
    /// codes of kind `service`, `certificate_expired`
    pub fn parse_response(
        &self,
        _identity: &Identity,
        _status: u16,
        _headers: &[(String, String)],
        _body: &[u8],
        _now: Timestamp,
    ) -> Result<Credentials> {
        todo!()
    }
}
