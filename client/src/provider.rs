//! Credentials that stay fresh.
//!
//! [`Provider`] is for programs with threads. Hosts that wait in another way (an event loop, another
//! language) drive a [`ProviderState`] themselves. Where the identity comes from is an
//! [`IdentitySource`]'s business; when to fetch is decided by
//! [`Refresh`](rolesanywhere_core::Refresh).

#[cfg(feature = "aws-config")]
mod aws_config;
mod builder;
mod cell;
mod clock;
mod external;
mod from_options;
mod identity_source;
mod polled;
mod run;
mod steady;

pub use builder::ProviderBuilder;
pub use clock::{Clock, SystemClock};
pub use external::{ExternalKey, SignCallback};
#[cfg(feature = "http")]
pub use from_options::http_options;
pub use from_options::{GivenBytes, identity_sources, identity_sources_with, passphrase_source};
pub use identity_source::IdentityFiles;
pub use polled::Polled;
pub use rolesanywhere_core::provider::{
    Action, Attempt, Identified, IdentityDetails, IdentitySource, Machine, Outcome, Plan, Prepared,
    ProviderEvent, ProviderState, Signed, SignerError, Step,
};
pub use run::run;

use crate::transport::Transport;
use builder::{JitterSource, OnEvent};
use cell::Cell;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_core::refresh::{Next, Now};
use rolesanywhere_core::{CreateSession, Credentials, Timestamp};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

/// Serves credentials from memory and fetches new ones in time; for any number of threads, which
/// share it by cloning.
///
/// It never serves credentials that have expired, and makes one request however many ask. While
/// credentials are valid, the one caller who finds a refresh due makes it (up to 5 seconds; see
/// [`background_refresh`](ProviderBuilder::background_refresh)) and all others are served at once.
/// Without credentials, callers wait for the one who fetches. It starts no thread unless asked to,
/// and holds no lock while a transport, a signer or a callback runs.
///
/// # Examples
/// ```no_run
/// use rolesanywhere::core::session::{CreateSession, CreateSessionOptions};
/// use rolesanywhere::{HttpOptions, HttpTransport, IdentityFiles, IdentitySources};
/// use rolesanywhere::{Provider, Source, process_environment};
/// use std::sync::Arc;
///
/// # fn main() -> Result<(), rolesanywhere::core::Error> {
/// let create = CreateSession::new(&CreateSessionOptions {
///     trust_anchor_arn: "arn:aws:rolesanywhere:eu-central-1:123456789012:trust-anchor/1",
///     profile_arn: "arn:aws:rolesanywhere:eu-central-1:123456789012:profile/2",
///     role_arn: "arn:aws:iam::123456789012:role/app",
///     ..CreateSessionOptions::default()
/// })?;
/// let identity = IdentityFiles::new(IdentitySources::new(Source::parse("leaf.pem", "certificate")?));
/// let transport = HttpTransport::new(HttpOptions::default(), &process_environment)?;
/// let provider = Provider::builder(create, Arc::new(identity), Arc::new(transport))
///     .on_event(|event| eprintln!("{}", event.name()))
///     .build();
/// let credentials = provider.credentials()?;
/// println!("{}", credentials.access_key_id());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

struct Inner {
    cell: Cell,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    jitter: Box<JitterSource>,
    on_event: Option<Box<OnEvent>>,
    background_refresh: bool,
}

/// Whether what is at hand will do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    Valid,
    New,
}

impl Provider {
    /// A provider for what `create` asks for, as whom `identity` says.
    #[must_use]
    pub fn builder(
        create: CreateSession,
        identity: Arc<dyn IdentitySource>,
        transport: Arc<dyn Transport>,
    ) -> ProviderBuilder {
        ProviderBuilder::new(create, identity, transport)
    }

    /// Valid credentials: from memory, or fetched now.
    ///
    /// # Errors
    /// Only without valid credentials: why the last fetch failed, with a code of any kind;
    /// `internal` when a transport or signer panicked; `provider_closed`
    pub fn credentials(&self) -> Result<Arc<Credentials>> {
        match self.steady() {
            Some(credentials) => Ok(credentials),
            None => self.obtain(Want::Valid),
        }
    }

    /// What everybody gets just now, without asking.
    fn steady(&self) -> Option<Arc<Credentials>> {
        let inner = &self.0;
        inner.cell.youngest().steady.get(inner.clock.now())
    }

    /// Credentials that are newer than those at hand, fetched now; others are served the old ones
    /// meanwhile. After a failure the minimum interval between requests holds here too.
    ///
    /// # Errors
    /// As [`credentials`](Self::credentials); the old credentials stay at hand.
    pub fn refresh(&self) -> Result<Arc<Credentials>> {
        let (cell, _) = self.0.cell();
        cell.lock().state.request_refresh();
        self.obtain(Want::New)
    }

    /// Stops serving the credentials: somebody knows that they no longer work.
    pub fn invalidate(&self) {
        let (cell, now) = self.0.cell();
        let mut guarded = cell.lock();
        guarded.state.invalidate();
        cell.publish(&guarded, now);
    }

    /// When the next refresh is due, by this machine's clock; `None` without credentials.
    #[must_use]
    pub fn next_refresh(&self) -> Option<Timestamp> {
        let (cell, now) = self.0.cell();
        let due = cell.lock().state.next_refresh()?;
        let left = due.saturating_sub(now.monotonic_millis);
        let seconds = now.unix_millis.saturating_add(left) / 1000;
        Timestamp::from_unix_seconds(i64::try_from(seconds).ok()?).ok()
    }

    /// Valid credentials if they are at hand. Fetches nothing and waits for nobody.
    #[must_use]
    pub fn cached(&self) -> Option<Arc<Credentials>> {
        let (cell, now) = self.0.cell();
        let guarded = cell.lock();
        guarded.check_open().ok()?;
        guarded.state.credentials(now)
    }

    /// Forgets the credentials; every call from now on, and every caller who waits, gets
    /// `provider_closed`. A request that is under way is not recalled.
    pub fn close(&self) {
        let (cell, now) = self.0.cell();
        cell.close(now);
    }

    fn obtain(&self, want: Want) -> Result<Arc<Credentials>> {
        let result = self.poll_until_settled(want);
        let (cell, _) = self.0.cell();
        let events = cell.lock().state.take_events();
        self.0.tell(&events);
        result
    }

    fn poll_until_settled(&self, want: Want) -> Result<Arc<Credentials>> {
        let (cell, _) = self.0.cell();
        let mut guarded = cell.lock();
        loop {
            guarded.check_open()?;
            let now = self.0.clock.now();
            let poll = guarded.state.poll(now);
            let credentials = poll.credentials.filter(|_| want == Want::Valid);
            if let Next::Fetch(fetch) = poll.next {
                let attempt = guarded.state.attempt(fetch);
                cell.note_steady(&guarded, now);
                drop(guarded);
                match credentials {
                    Some(credentials) if self.0.background_refresh => {
                        self.fetch_in_background(attempt);
                        return Ok(credentials);
                    }
                    _ => self.0.fetch(cell, attempt),
                }
                guarded = cell.lock();
            } else if let Some(credentials) = credentials {
                cell.note_steady(&guarded, now);
                return Ok(credentials);
            } else if let Some(error) = poll.error {
                return Err(Error::clone(&error));
            } else if let (Next::Idle, Some(credentials)) =
                (poll.next, guarded.state.credentials(now))
            {
                return Ok(credentials);
            } else {
                guarded = cell.wait(guarded, until(poll.next, now));
            }
        }
    }

    /// On a thread that ends with the refresh. Where there can be none, nobody fetches this time.
    fn fetch_in_background(&self, attempt: Attempt) {
        let provider = self.clone();
        let thread = std::thread::Builder::new().name("rolesanywhere-refresh".to_owned());
        let spawned = thread.spawn(move || {
            let (cell, _) = provider.0.cell();
            provider.0.fetch(cell, attempt);
        });
        if spawned.is_err() {
            let (cell, now) = self.0.cell();
            let mut guarded = cell.lock();
            guarded.state.cancel(now);
            cell.publish(&guarded, now);
        }
    }
}

impl Inner {
    fn cell(&self) -> (&Cell, Now) {
        let now = self.clock.now();
        (self.cell.own(std::process::id(), now), now)
    }

    /// Makes an attempt and reports its outcome, whatever happens in it.
    fn fetch(&self, cell: &Cell, attempt: Attempt) {
        let fetch = attempt.fetch();
        let left = fetch
            .deadline
            .saturating_sub(self.clock.now().monotonic_millis);
        let time_limit = Duration::from_millis(left);
        let run = AssertUnwindSafe(|| run(attempt, self.transport.as_ref(), time_limit));
        let outcome = catch_unwind(run).unwrap_or_else(|_| {
            let message = "the transport, the signer or the identity source panicked";
            Outcome::broken_off(fetch.id, Error::new(ErrorCode::Internal, message))
        });
        self.report(cell, outcome);
    }

    fn report(&self, cell: &Cell, outcome: Outcome) {
        let (now, jitter) = (self.clock.now(), (self.jitter)());
        let mut guarded = cell.lock();
        guarded.state.report(outcome, now, jitter);
        cell.publish(&guarded, now);
        let events = guarded.state.take_events();
        drop(guarded);
        self.tell(&events);
    }

    fn tell(&self, events: &[ProviderEvent]) {
        let Some(on_event) = &self.on_event else {
            return;
        };
        for event in events {
            // The panic has been printed, and the credentials are none the worse for it.
            let _ = catch_unwind(AssertUnwindSafe(|| on_event(event)));
        }
    }
}

fn until(next: Next, now: Now) -> Duration {
    match next {
        Next::Wait(until) => Duration::from_millis(until.saturating_sub(now.monotonic_millis)),
        _ => Duration::ZERO,
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Provider")
            .field("cell", &self.0.cell)
            .finish_non_exhaustive()
    }
}
