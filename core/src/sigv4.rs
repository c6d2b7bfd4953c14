//! Signature Version 4 with X.509, for any request, in two phases.
//!
//! `prepare` makes the canonical request and the string to sign; somebody signs; `finish` puts the
//! signature into `Authorization`. The four stages are AWS's, one file each. Source: IAM Roles
//! Anywhere user guide, "Signing process", and IAM user guide, "Create a signed AWS API request".

mod authorization;
pub mod canonical;
mod explain;
mod headers;
mod pending;
mod string_to_sign;
mod target;

pub use authorization::authorization;
pub use explain::ExplainedLine;
pub use pending::{PendingSignature, SignatureEncoding, SigningRequest};
pub use string_to_sign::{credential_scope, string_to_sign};
pub(crate) use target::Target;

use crate::encoding::{base64, sha256_hex};
use crate::error::{Error, ErrorCode, Result};
use crate::http::HttpRequest;
use crate::identity::Identity;
use crate::signing::SigningKey;
use crate::time::Timestamp;
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use canonical::CanonicalRequest;

/// Any request, to be signed with exactly these headers plus `host`, `x-amz-date`, `x-amz-x509`
/// and, when the identity has a chain, `x-amz-x509-chain`.
///
/// # Examples
/// ```no_run
/// # fn example(identity: &rolesanywhere_core::Identity, now: rolesanywhere_core::Timestamp)
/// # -> rolesanywhere_core::error::Result<()> {
/// use rolesanywhere_core::SignableRequest;
///
/// let request = SignableRequest {
///     method: "GET",
///     url: "https://rolesanywhere.eu-central-1.amazonaws.com/trustanchors",
///     headers: &[("accept", "application/json")],
///     body: b"",
///     region: "eu-central-1",
///     service: "rolesanywhere",
/// };
/// let pending = request.prepare(identity, now)?;
/// assert!(pending.signed_headers().starts_with("accept;host;x-amz-date;x-amz-x509"));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
#[expect(
    clippy::exhaustive_structs,
    reason = "plain input, built by its fields"
)]
pub struct SignableRequest<'a> {
    /// The method, in upper case.
    pub method: &'a str,
    /// The absolute URL, percent-encoded as it is to be sent; the host may be any.
    pub url: &'a str,
    /// Names and values; a name that repeats is joined when signing, wire order is kept.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub body: &'a [u8],
    /// The region of the credential scope.
    pub region: &'a str,
    /// The service of the credential scope: `rolesanywhere`.
    pub service: &'a str,
}

impl SignableRequest<'_> {
    /// Everything up to the signature. `now` becomes `x-amz-date`.
    ///
    /// Checks the request's form only, neither the certificate's validity nor its chain.
    ///
    /// # Errors
    /// `request_malformed` for a method, URL or header that HTTP does not allow, or for a header
    /// that signing adds itself.
    pub fn prepare(&self, identity: &Identity, now: Timestamp) -> Result<PendingSignature> {
        check_method(self.method)?;
        let target = Target::parse(self.url)?;
        headers::check(self.headers)?;
        let request = CheckedRequest {
            method: self.method,
            target: &target,
            headers: self.headers,
            body: self.body,
            payload_hash: &sha256_hex(self.body),
            region: self.region,
            service: self.service,
        };
        Ok(request.prepare(identity, now))
    }

    /// [`prepare`](Self::prepare), the key's signature, [`finish`](PendingSignature::finish).
    ///
    /// Compares the key's public half with the leaf's; does not verify the signature.
    ///
    /// # Errors
    /// `request_malformed`, `key_mismatch`, `signing_failed`
    pub fn sign(
        &self,
        identity: &Identity,
        key: &dyn SigningKey,
        now: Timestamp,
    ) -> Result<HttpRequest> {
        self.prepare(identity, now)?.sign(key)
    }
}

/// A request whose form holds, and what needs no making anew when it is signed again.
pub(crate) struct CheckedRequest<'a> {
    pub(crate) method: &'a str,
    pub(crate) target: &'a Target,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: &'a [u8],
    /// Lower-case hex of the body's SHA-256.
    pub(crate) payload_hash: &'a str,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
}

impl CheckedRequest<'_> {
    pub(crate) fn prepare(&self, identity: &Identity, now: Timestamp) -> PendingSignature {
        let date = now.amz_date();
        let request = HttpRequest {
            method: self.method.to_string(),
            url: self.target.url.clone(),
            headers: headers::with_signing_headers(self.headers, identity, &date),
            body: self.body.to_vec(),
        };
        let canonical = self.canonical_request(&request.headers);
        PendingSignature::new(request, canonical, self.region, self.service, identity, now)
    }

    fn canonical_request(&self, headers: &[(String, String)]) -> CanonicalRequest {
        let mut signed: Vec<(&str, &str)> = Vec::with_capacity(headers.len().saturating_add(1));
        signed.push(("host", &self.target.authority));
        let pairs = headers.iter();
        signed.extend(pairs.map(|(name, value)| (name.as_str(), value.as_str())));
        let Target {
            canonical_path,
            canonical_query,
            ..
        } = self.target;
        CanonicalRequest::of_parts(
            [self.method, canonical_path, canonical_query],
            &signed,
            self.payload_hash,
        )
    }
}

fn check_method(method: &str) -> Result<()> {
    if !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::RequestMalformed,
        "the method is not a word in upper case",
    ))
}
