//! What happens within an attempt, for whoever watches; and the checks before anything is sent.

use super::snapshot::Snapshot;
use crate::error::{Error, ErrorCode, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::identity::{Finding, Severity};
use crate::signing::Backend;
use crate::sigv4::PendingSignature;
use crate::time::Timestamp;
use core::time::Duration;

/// A step of an attempt, for logs. None carries a key; requests and replies carry secrets.
#[derive(Debug)]
#[non_exhaustive]
pub enum Step<'a> {
    /// Something about the identity that does not keep the request from being sent.
    Finding(&'a Finding),
    /// The request is complete but for its signature.
    Prepared(&'a PendingSignature),
    /// The request goes out now.
    Sending(&'a HttpRequest),
    /// The reply is here; the time since sending.
    Received(&'a HttpResponse, Duration),
    /// The attempt failed. Another one may follow.
    Failed(&'a Error),
}

/// Raises the first finding that no clock can excuse and tells the others.
///
/// A certificate that is expired or not yet valid by this machine's clock is sent all the same: the
/// reply's `Date` then tells a wrong clock from a wrong certificate.
pub(super) fn preflight(
    snapshot: &Snapshot,
    now: Timestamp,
    verifier: Option<&dyn Backend>,
    tell: impl Fn(&Step<'_>),
) -> Result<()> {
    let key = Some(snapshot.key.as_ref());
    let findings = match verifier {
        Some(verifier) => snapshot.identity.findings_with(now, key, verifier),
        None => snapshot.identity.findings(now, key),
    };
    for finding in findings {
        if finding.severity == Severity::Error && !depends_on_clock(finding.error.code()) {
            return Err(finding.error);
        }
        tell(&Step::Finding(&finding));
    }
    Ok(())
}

fn depends_on_clock(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::CertificateExpired | ErrorCode::CertificateNotYetValid
    )
}
