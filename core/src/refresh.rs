//! When credentials are fetched, by whom, and what may be served meanwhile.
//!
//! [`Refresh`] is a state machine. It never blocks, reads no clock, holds no lock and knows no
//! thread: the host asks [`poll`](Refresh::poll), does what the answer says, and reports back with
//! [`on_success`](Refresh::on_success) or [`on_failure`](Refresh::on_failure). The states and the
//! reasons behind each rule stand in `docs/refresh.md`.

mod clock;
mod event;
mod failure;
mod held;
mod policy;

pub use clock::{Jitter, Now};
pub use event::Event;
pub use policy::RefreshPolicy;

use crate::credentials::Credentials;
use crate::error::{Error, ErrorCode};
use crate::time::Timestamp;
use alloc::{sync::Arc, vec::Vec};
use clock::ClockOffset;
use event::Events;
use held::Held;

/// How early AWS's SDK for JavaScript asks for new credentials.
const ASKS_EARLY_SECONDS: i64 = 5 * 60;

/// The state machine. One per source of credentials, shared by all callers behind the host's lock.
///
/// # Examples
/// ```
/// use rolesanywhere_core::refresh::{Next, Now, Refresh, RefreshPolicy};
///
/// let mut refresh = Refresh::new(RefreshPolicy::default());
/// let now = Now { unix_millis: 1_795_240_399_000, monotonic_millis: 0 };
/// let poll = refresh.poll(now);
/// assert!(poll.credentials.is_none());
/// assert!(matches!(poll.next, Next::Fetch(_)), "the first caller fetches");
/// assert!(matches!(refresh.poll(now).next, Next::Wait(_)), "everybody else waits");
/// ```
#[derive(Debug)]
pub struct Refresh {
    policy: RefreshPolicy,
    held: Option<Held>,
    in_flight: Option<Fetch>,
    next_id: u64,
    /// Attempts made in the fetch that is going on, whether in flight or between two attempts.
    attempts: u32,
    /// Whether this fetch has already been repeated with a corrected date.
    corrected: bool,
    /// Monotonic milliseconds before which nothing is sent.
    not_before: u64,
    failed_fetches: u32,
    /// Why the last fetch failed, until one succeeds.
    error: Option<Arc<Error>>,
    refresh_requested: bool,
    offset: ClockOffset,
    events: Events,
}

/// One attempt to fetch: the host sends exactly one request for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fetch {
    /// Names the attempt in the report.
    pub id: u64,
    /// What to sign with: this machine's time, corrected where the service's clock is known better.
    pub signing_time: Timestamp,
    /// Monotonic milliseconds after which the attempt is forfeit and its report ignored.
    pub deadline: u64,
}

/// What the asking caller does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Next {
    /// Send one request and report. Nobody else is told to.
    Fetch(Fetch),
    /// Nothing to send before this point in monotonic milliseconds: poll again then, or when
    /// somebody reports.
    Wait(u64),
    /// The credentials are fresh; [`Refresh::next_refresh`] tells until when.
    Idle,
}

/// The answer to a caller.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Poll {
    /// Credentials that may be served now.
    pub credentials: Option<Arc<Credentials>>,
    /// What to do, also while credentials are served.
    pub next: Next,
    /// Why the last fetch failed. With no credentials, this is what the caller gets.
    pub error: Option<Arc<Error>>,
}

impl Refresh {
    /// A machine without credentials.
    #[must_use]
    pub fn new(policy: RefreshPolicy) -> Self {
        Self {
            policy,
            held: None,
            in_flight: None,
            next_id: 1,
            attempts: 0,
            corrected: false,
            not_before: 0,
            failed_fetches: 0,
            error: None,
            refresh_requested: false,
            offset: ClockOffset::default(),
            events: Events::default(),
        }
    }

    /// What may be served now, and what the asking caller does next.
    pub fn poll(&mut self, now: Now) -> Poll {
        self.forfeit_if_late(now);
        let credentials = self
            .held
            .as_ref()
            .filter(|held| !held.is_expired(now))
            .map(Held::credentials);
        let next = self.next(now, credentials.is_some());
        // A fetch that goes on has not failed yet: who has no credentials waits for its end.
        let is_pending = matches!(next, Next::Fetch(_)) || self.attempts > 0;
        let error = if is_pending { None } else { self.error.clone() };
        Poll {
            credentials,
            next,
            error,
        }
    }

    /// Reports that a fetch brought credentials.
    ///
    /// `identity_not_after` is the end of the leaf they were fetched with, `server_date` the
    /// reply's `Date`. A stale `id` is ignored.
    pub fn on_success(
        &mut self,
        id: u64,
        credentials: Credentials,
        identity_not_after: Option<Timestamp>,
        server_date: Option<Timestamp>,
        now: Now,
        jitter: Jitter,
    ) {
        if !self.take_in_flight(id) {
            return;
        }
        if let Some(date) = server_date {
            self.offset.observe(date, now, &self.policy);
        }
        let server_time = self.offset.apply(now);
        let server_time = server_date.unwrap_or(server_time);
        let Some(held) = Held::new(
            credentials,
            identity_not_after,
            server_time,
            now,
            jitter,
            &self.policy,
        ) else {
            let message = "the credentials had already expired when they came";
            return self.fail(Error::new(ErrorCode::ClockSkewed, message), now, jitter);
        };
        if let Some(not_after) = identity_not_after {
            self.events
                .certificate(not_after, server_time, &self.policy);
        }
        self.events.push(Event::Refreshed {
            expiration: held.expiration(),
        });
        self.held = Some(held);
        self.error = None;
        self.failed_fetches = 0;
        self.not_before = 0;
        self.refresh_requested = false;
        self.end_fetch();
    }

    /// Reports that a fetch failed: refused, unreachable, unreadable, not signed.
    ///
    /// A stale `id` is ignored.
    pub fn on_failure(&mut self, id: u64, error: Error, now: Now, jitter: Jitter) {
        let signing_time = self.in_flight.map(|fetch| fetch.signing_time);
        if self.take_in_flight(id) {
            self.failed(error, signing_time, now, jitter);
        }
    }

    /// Reports that whoever was fetching gave up. A stale `id` is ignored.
    ///
    /// The request may have been sent, so it counts as an attempt.
    pub fn cancel(&mut self, id: u64, now: Now) {
        if self.take_in_flight(id) {
            self.forfeited(now);
        }
    }

    /// Stops serving the credentials: somebody knows that they no longer work.
    pub fn invalidate(&mut self) {
        self.held = None;
        self.refresh_requested = true;
    }

    /// Makes a refresh due now; the credentials are served meanwhile.
    pub const fn request_refresh(&mut self) {
        self.refresh_requested = true;
    }

    /// When the next refresh is due, in monotonic milliseconds; `None` without credentials.
    #[must_use]
    pub fn next_refresh(&self) -> Option<u64> {
        self.held.as_ref().map(Held::refresh_at)
    }

    /// Until when a cache in front of this one may take the credentials for good, where that cache
    /// asks again only when less than 5 minutes are left, as AWS's SDK for JavaScript does: their
    /// expiry, or 5 minutes after the next refresh is due if that is earlier. `None` without valid
    /// credentials.
    ///
    /// Such a cache then asks when a refresh is due, while there is still time for it to fail.
    #[must_use]
    pub fn cacheable_until(&self, now: Now) -> Option<Timestamp> {
        let held = self.held.as_ref().filter(|held| !held.is_expired(now))?;
        let until_due = held.refresh_at().saturating_sub(now.monotonic_millis);
        let asks_at = now.unix_millis.saturating_add(until_due) / 1000;
        let early = i64::try_from(asks_at)
            .ok()?
            .saturating_add(ASKS_EARLY_SECONDS);
        let early = Timestamp::from_unix_seconds(early).unwrap_or(held.expiration());
        Some(early.min(held.expiration()))
    }

    /// The credentials, if they may still be served. Changes nothing and asks nobody to fetch.
    #[must_use]
    pub fn credentials(&self, now: Now) -> Option<Arc<Credentials>> {
        let held = self.held.as_ref().filter(|held| !held.is_expired(now));
        held.map(Held::credentials)
    }

    /// What every caller gets until a point in time, unless somebody reports or asks for a refresh
    /// before: hosts may hand it out without polling. `None` where a poll may say [`Next::Fetch`].
    ///
    /// The point is reached as soon as either clock [has](Now::has_reached).
    #[must_use]
    pub fn steady(&self, now: Now) -> Option<(Arc<Credentials>, Now)> {
        let held = self.held.as_ref().filter(|held| !held.is_expired(now))?;
        let until = match self.in_flight {
            Some(fetch) => held.end_or(fetch.deadline),
            None if self.is_due(now) => held.end_or(self.not_before),
            None => held.due(),
        };
        (!now.has_reached(until)).then(|| (held.credentials(), until))
    }

    /// What happened since this was last called; at most the latest 32.
    pub fn take_events(&mut self) -> Vec<Event> {
        self.events.take()
    }

    fn next(&mut self, now: Now, has_credentials: bool) -> Next {
        if let Some(fetch) = self.in_flight {
            return Next::Wait(fetch.deadline);
        }
        if has_credentials && !self.is_due(now) {
            return Next::Idle;
        }
        if now.monotonic_millis < self.not_before {
            return Next::Wait(self.not_before);
        }
        Next::Fetch(self.start(now, has_credentials))
    }

    fn is_due(&self, now: Now) -> bool {
        self.attempts > 0
            || self.refresh_requested
            || self.held.as_ref().is_none_or(|held| held.is_due(now))
    }

    fn start(&mut self, now: Now, has_credentials: bool) -> Fetch {
        let fetch = Fetch {
            id: self.next_id,
            signing_time: self.offset.apply(now),
            deadline: now
                .monotonic_millis
                .saturating_add(self.policy.deadline(has_credentials)),
        };
        self.next_id = self.next_id.saturating_add(1);
        self.attempts = self.attempts.saturating_add(1);
        self.in_flight = Some(fetch);
        fetch
    }

    fn take_in_flight(&mut self, id: u64) -> bool {
        self.in_flight.take_if(|fetch| fetch.id == id).is_some()
    }

    const fn end_fetch(&mut self) {
        self.attempts = 0;
        self.corrected = false;
    }
}
