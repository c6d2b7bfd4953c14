//! One CreateSession from beginning to end: check, sign, send, read.

use crate::snapshot::Snapshot;
use crate::transport::{HttpResponse, Transport};
use rolesanywhere_core::error::{ErrorCode, Result};
use rolesanywhere_core::identity::{Finding, Severity};
use rolesanywhere_core::session::explain_refusal;
use rolesanywhere_core::sigv4::PendingSignature;
use rolesanywhere_core::{CreateSession, Credentials, HttpRequest, Timestamp};
use std::time::{Duration, Instant};

/// What happens on the way, for logs. No event carries a key; requests and replies carry secrets.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Something about the identity that does not keep the request from being sent.
    Finding(&'a Finding),
    /// The request is complete but for its signature.
    Prepared(&'a PendingSignature),
    /// The request goes out now.
    Sending(&'a HttpRequest),
    /// The reply is here; the time since sending.
    Received(&'a HttpResponse, Duration),
}

/// Asks once for a session.
///
/// Everything that can be known before is checked first. A certificate that is expired or not yet
/// valid by this machine's clock is only reported and sent all the same: the reply's `Date` then
/// tells a wrong clock from a wrong certificate.
///
/// # Errors
/// - codes of kind `identity` that do not depend on the clock
/// - `signing_failed`
/// - codes of kind `transport`
/// - codes of kind `service`, and `certificate_expired`, from the reply
pub fn create_session(
    create: &CreateSession,
    snapshot: &Snapshot,
    transport: &dyn Transport,
    clock: &dyn Fn() -> Result<Timestamp>,
    observe: &mut dyn FnMut(Event<'_>),
) -> Result<Credentials> {
    let now = clock()?;
    preflight(snapshot, now, observe)?;
    let pending = create.prepare(&snapshot.identity, now)?;
    observe(Event::Prepared(&pending));
    let request = pending.sign(snapshot.key.as_ref())?;
    observe(Event::Sending(&request));
    let started = Instant::now();
    let response = transport.send(&request)?;
    observe(Event::Received(&response, started.elapsed()));
    let now = clock()?;
    create
        .parse_response(
            response.status,
            &response.headers,
            &response.body,
            Some(now),
        )
        .map_err(|error| explain_refusal(error, &snapshot.identity, now))
}

/// Raises the first finding that no clock can excuse and reports the others.
pub(crate) fn preflight(
    snapshot: &Snapshot,
    now: Timestamp,
    observe: &mut dyn FnMut(Event<'_>),
) -> Result<()> {
    for finding in snapshot.identity.findings(now, Some(snapshot.key.as_ref())) {
        if finding.severity == Severity::Error && !depends_on_clock(finding.error.code()) {
            return Err(finding.error);
        }
        observe(Event::Finding(&finding));
    }
    Ok(())
}

fn depends_on_clock(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::CertificateExpired | ErrorCode::CertificateNotYetValid
    )
}
