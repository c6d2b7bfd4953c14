//! CreateSession, once, and what lies behind a refusal.

use super::record::{Asked, Record, Topic};
use crate::command::now;
use rolesanywhere::core::error::Result;
use rolesanywhere::core::session::{explain_refusal, likely_causes};
use rolesanywhere::core::{CreateSession, Credentials, Timestamp};
use rolesanywhere::{HttpTransport, Snapshot, Transport};

/// Asks with the service's own time, as the other commands do at their second attempt.
pub(super) fn ask(
    transport: &HttpTransport,
    session: &CreateSession,
    snapshot: &Snapshot,
    offset: i64,
    record: &mut Record,
) -> Asked {
    if record.has_error(Topic::Network) {
        return Asked::Not("the service was not reached");
    }
    match create(transport, session, snapshot, offset) {
        Ok(credentials) => Asked::Granted {
            access_key_id: credentials.access_key_id().to_owned(),
            expiration: credentials.expiration().rfc3339(),
        },
        Err(error) => {
            record.causes = likely_causes(&error, session, Some(&snapshot.identity));
            Asked::Failed(error)
        }
    }
}

fn create(
    transport: &HttpTransport,
    session: &CreateSession,
    snapshot: &Snapshot,
    offset: i64,
) -> Result<Credentials> {
    let seconds = now()?.unix_seconds().saturating_add(offset);
    let signing_time = Timestamp::from_unix_seconds(seconds)?;
    let request = session.sign(&snapshot.identity, snapshot.key.as_ref(), signing_time)?;
    let response = transport.send(&request)?;
    let (status, headers) = (response.status, &response.headers);
    session
        .parse_response(status, headers, &response.body, Some(signing_time))
        .map_err(|error| explain_refusal(error, &snapshot.identity, signing_time))
}
