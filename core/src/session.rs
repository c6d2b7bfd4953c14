//! CreateSession: the request out, the reply in.
//!
//! Source: IAM Roles Anywhere user guide, "CreateSession". The ARNs travel in the query, as AWS's
//! own helper sends them; the body holds only what the user set.

mod causes;
mod findings;
mod preview;
mod refusal;
mod request;
mod response;
pub(crate) mod tags;

pub use causes::{LikelyCause, likely_causes};
pub use preview::SessionPreview;
pub use refusal::{explain_refusal, reply_date};
pub use request::CreateSessionOptions;

use crate::arn::{ProfileArn, RoleArn, TrustAnchorArn};
use crate::credentials::Credentials;
use crate::error::Result;
use crate::http::HttpRequest;
use crate::identity::Identity;
use crate::signing::SigningKey;
use crate::sigv4::{CheckedRequest, PendingSignature, Target};
use crate::time::Timestamp;
use alloc::{string::String, vec::Vec};

/// A checked CreateSession, ready to be signed any number of times.
///
/// # Examples
/// ```
/// use rolesanywhere_core::session::{CreateSession, CreateSessionOptions};
///
/// let session = CreateSession::new(&CreateSessionOptions {
///     trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/3f2a8c1e",
///     profile_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:profile/0c1d2e3f",
///     role_arn: "arn:aws:iam::111122223333:role/deploy",
///     ..CreateSessionOptions::default()
/// })?;
/// assert_eq!(session.region(), "us-east-1");
/// assert!(session.url().starts_with("https://rolesanywhere.us-east-1.amazonaws.com/sessions?"));
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct CreateSession {
    trust_anchor_arn: TrustAnchorArn,
    profile_arn: ProfileArn,
    role_arn: RoleArn,
    region: String,
    target: Target,
    body: Vec<u8>,
    payload_hash: String,
    duration_seconds: Option<u32>,
    role_session_name: Option<String>,
}

impl CreateSession {
    /// The region signed for.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The URL that is asked, with its query.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.target.url
    }

    /// The trust anchor.
    #[must_use]
    pub const fn trust_anchor_arn(&self) -> &TrustAnchorArn {
        &self.trust_anchor_arn
    }

    /// The profile.
    #[must_use]
    pub const fn profile_arn(&self) -> &ProfileArn {
        &self.profile_arn
    }

    /// The role.
    #[must_use]
    pub const fn role_arn(&self) -> &RoleArn {
        &self.role_arn
    }

    /// Everything up to the signature. `now` becomes the request's date.
    ///
    /// Does not check the identity: [`Identity::check`] does, when the caller wants it.
    ///
    /// # Errors
    /// None that a checked session can cause; the type is that of
    /// [`SignableRequest::prepare`](crate::SignableRequest::prepare).
    pub fn prepare(&self, identity: &Identity, now: Timestamp) -> Result<PendingSignature> {
        let request = CheckedRequest {
            method: "POST",
            target: &self.target,
            headers: &[("Content-Type", "application/json")],
            body: &self.body,
            payload_hash: &self.payload_hash,
            region: &self.region,
            service: "rolesanywhere",
        };
        Ok(request.prepare(identity, now))
    }

    /// [`prepare`](Self::prepare), the key's signature, `finish`. Compares the key's public half
    /// with the leaf's; does not verify the signature.
    ///
    /// # Errors
    /// `key_mismatch`, `signing_failed`
    pub fn sign(
        &self,
        identity: &Identity,
        key: &dyn SigningKey,
        now: Timestamp,
    ) -> Result<HttpRequest> {
        self.prepare(identity, now)?.sign(key)
    }

    /// Reads the reply; header names in any case.
    ///
    /// `now` is compared with the reply's `Date` when the service refuses: a difference over 4
    /// minutes becomes `clock_skewed`. Without `now` a refusal stays what it is.
    ///
    /// # Errors
    /// `access_denied`, `validation_rejected`, `resource_not_found`, `throttled`,
    /// `service_unavailable`, `service_refused`, `clock_skewed`, `response_malformed`
    pub fn parse_response(
        &self,
        status: u16,
        headers: &[(String, String)],
        body: &[u8],
        now: Option<Timestamp>,
    ) -> Result<Credentials> {
        if !(200..300).contains(&status) {
            return Err(refusal::refusal(status, headers, body, now));
        }
        let credentials = response::credentials(body)?;
        let account_id = self.role_arn.account_id().into();
        Ok(credentials.with_role(self.role_arn.as_str().into(), account_id))
    }
}
