//! Whether the service can be reached, and what its clock says.

use super::record::{Record, Step, Topic};
use crate::command::now;
use rolesanywhere::HttpTransport;
use rolesanywhere::core::CreateSession;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::core::identity::{Finding, Severity};
use rolesanywhere::core::session::likely_causes;
use std::time::Duration;

/// A difference of clocks, in seconds, that the service may refuse.
const SKEWED: u64 = 240;

/// Reaches the endpoint and returns by how many seconds its clock is ahead of this machine's.
pub(super) fn reach(
    transport: &HttpTransport,
    session: &CreateSession,
    record: &mut Record,
) -> Result<i64> {
    let url = session.url().split('?').next().unwrap_or_default();
    let base = url.strip_suffix("sessions").unwrap_or(url);
    let probe = transport.probe(base);
    for step in probe.steps {
        match step.outcome {
            Ok(found) => record.steps.push(Step {
                name: step.name,
                found,
                elapsed: step.elapsed,
            }),
            Err(error) => {
                record.causes = likely_causes(&error, session, None);
                record.found(Topic::Network, Finding::new(Severity::Error, error));
            }
        }
    }
    let Some(date) = probe.date else { return Ok(0) };
    let offset = date.seconds_since(now()?);
    if offset.unsigned_abs() <= SKEWED {
        record.steps.push(Step {
            name: "clock",
            found: format!("{} s away from the other side's", offset.unsigned_abs()),
            elapsed: Duration::ZERO,
        });
        return Ok(0);
    }
    record.found(Topic::Network, skewed(offset));
    Ok(offset)
}

fn skewed(offset: i64) -> Finding {
    let direction = match offset < 0 {
        true => "ahead of",
        false => "behind",
    };
    let message = format!(
        "this machine's clock is {} seconds {direction} the other side's",
        offset.unsigned_abs()
    );
    Finding::new(
        Severity::Warning,
        Error::new(ErrorCode::ClockSkewed, message),
    )
}
