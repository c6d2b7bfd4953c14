//! The provider for hosts that send and wait by themselves: an event loop polls it, makes the attempt
//! it is told to make, and reports.

use super::{Attempt, Outcome, Provider};
use rolesanywhere_core::Credentials;
use rolesanywhere_core::error::{Error, Result};
use rolesanywhere_core::refresh::{Fetch, Next};
use std::sync::Arc;
use std::time::Duration;

/// What may be served now, and what the host does next.
#[derive(Debug)]
#[non_exhaustive]
pub struct Polled {
    /// Credentials that may be served now.
    pub credentials: Option<Arc<Credentials>>,
    /// The attempt that this caller makes, and nobody else. Its outcome goes to
    /// [`report`](Provider::report).
    pub attempt: Option<Attempt>,
    /// Until another poll may say something else: the attempt's deadline, the end of a pause, the
    /// next refresh.
    pub wait: Duration,
    /// Why the last fetch failed.
    pub error: Option<Arc<Error>>,
}

impl Provider {
    /// What may be served now, and what to do next. Waits for nobody. Threads that wait in
    /// [`credentials`](Self::credentials) are served by what is reported here, and the other way round.
    ///
    /// # Errors
    /// `provider_closed`
    pub fn poll(&self) -> Result<Polled> {
        let (cell, now) = self.0.cell();
        let mut guarded = cell.lock();
        guarded.check_open()?;
        let poll = guarded.state.poll(now);
        let (attempt, until) = match poll.next {
            Next::Fetch(fetch) => (Some(guarded.state.attempt(fetch)), fetch.deadline),
            Next::Wait(until) => (None, until),
            _ => (
                None,
                guarded.state.next_refresh().unwrap_or(now.monotonic_millis),
            ),
        };
        cell.note_steady(&guarded, now);
        let events = guarded.state.take_events();
        drop(guarded);
        self.0.tell(&events);
        Ok(Polled {
            credentials: poll.credentials,
            attempt,
            wait: Duration::from_millis(until.saturating_sub(now.monotonic_millis)),
            error: poll.error,
        })
    }

    /// Takes the outcome of an attempt that [`poll`](Self::poll) gave. That of one that is forfeit by
    /// now is ignored.
    pub fn report(&self, outcome: Outcome) {
        let (cell, _) = self.0.cell();
        self.0.report(cell, outcome);
    }

    /// Gives up an attempt that [`poll`](Self::poll) gave, so that another may begin at once.
    pub fn give_up(&self, fetch: Fetch) {
        let (cell, now) = self.0.cell();
        let mut guarded = cell.lock();
        guarded.state.give_up(fetch, now);
        cell.publish(&guarded, now);
    }
}
