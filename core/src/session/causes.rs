//! From a failure to what most likely lies behind it, the likeliest first.
//!
//! The service says little on purpose. Which cause its messages had is known from its user guide
//! ("Troubleshooting") and from reports of its users; another service's text is never relied on for
//! more than advice.

mod refused;
mod unreached;

use super::CreateSession;
use crate::error::{Error, ErrorKind};
use crate::identity::Identity;
use alloc::{string::String, vec::Vec};

/// One thing that may lie behind a failure, and how to find out or mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LikelyCause {
    /// What may be wrong, in one sentence.
    pub cause: String,
    /// What to look at or to do, with the command where there is one.
    pub remedy: String,
}

impl LikelyCause {
    fn new(cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            cause: cause.into(),
            remedy: remedy.into(),
        }
    }
}

/// What most likely lies behind an error of a CreateSession, the likeliest first. Empty where the
/// error's own hint says it all. A refusal is explained by the identity that was sent.
///
/// # Examples
/// ```
/// use rolesanywhere_core::session::{CreateSession, CreateSessionOptions, likely_causes};
/// use rolesanywhere_core::Identity;
///
/// let identity = Identity::from_pem(include_bytes!("../../tests/data/certificates/leaf.pem"), None)?;
/// let session = CreateSession::new(&CreateSessionOptions {
///     trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/3f2a8c1e",
///     profile_arn: "arn:aws:rolesanywhere:us-east-1:111122223333:profile/0c1d2e3f",
///     role_arn: "arn:aws:iam::111122223333:role/deploy",
///     ..CreateSessionOptions::default()
/// })?;
/// let body = br#"{"message":"Untrusted Signing Certificate"}"#;
/// let headers = [("x-amzn-errortype".into(), "AccessDeniedException".into())];
/// let error = session.parse_response(403, &headers, body, None).unwrap_err();
/// let causes = likely_causes(&error, &session, Some(&identity));
/// assert!(causes[0].cause.contains("does not hold the issuer `CN=root,O=Example,C=DE`"));
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[must_use]
pub fn likely_causes(
    error: &Error,
    session: &CreateSession,
    identity: Option<&Identity>,
) -> Vec<LikelyCause> {
    match (error.kind(), identity) {
        (ErrorKind::Service, Some(identity)) => refused::causes(error, session, identity),
        (ErrorKind::Transport, _) => unreached::causes(error),
        _ => Vec::new(),
    }
}
