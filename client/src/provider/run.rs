//! An attempt from its beginning to its end, for hosts that may block.

use super::{Attempt, Outcome, Prepared, Step};
use crate::transport::Transport;
use std::time::{Duration, Instant};

/// All the steps of an attempt, with the snapshot's own key.
#[must_use]
pub fn run(attempt: Attempt, transport: &dyn Transport, time_limit: Duration) -> Outcome {
    let plan = attempt.plan();
    let outcome = attempt.prepare().and_then(Prepared::sign).map(|signed| {
        plan.tell(&Step::Sending(signed.request()));
        let started = Instant::now();
        let response = transport.send_within(signed.request(), time_limit);
        if let Ok(response) = &response {
            plan.tell(&Step::Received(response, started.elapsed()));
        }
        signed.receive(response)
    });
    let outcome = outcome.unwrap_or_else(|failed| failed);
    if let Some(error) = outcome.error() {
        plan.tell(&Step::Failed(error));
    }
    outcome
}
