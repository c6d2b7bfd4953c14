//! The state between the attempts.

use super::attempt::{Attempt, Outcome, Reading};
use super::event::{IdentityDetails, ProviderEvent};
use super::plan::Plan;
use super::snapshot::{IdentitySource, Snapshot};
use crate::config::{OptionName, Options};
use crate::credentials::Credentials;
use crate::error::Result;
use crate::refresh::{Fetch, Jitter, Now, Poll, Refresh, RefreshPolicy};
use crate::session::CreateSession;
use crate::time::Timestamp;
use alloc::{sync::Arc, vec::Vec};

/// The state of a provider: [`Refresh`] with an identity that rotates and a CreateSession.
///
/// It never blocks, reads no clock and holds no lock, so that a host may guard it with its own and
/// wait in its own way: a condition variable, a future, a promise, an event loop. The host asks
/// [`poll`](Self::poll); told to fetch, it takes an [`attempt`](Self::attempt), lets go of its
/// lock, goes through the attempt's steps, and brings the outcome to [`report`](Self::report).
///
/// # Examples
/// ```
/// use rolesanywhere_core::refresh::{Jitter, Next, Now, RefreshPolicy};
/// use rolesanywhere_core::session::{CreateSession, CreateSessionOptions};
/// use rolesanywhere_core::{Error, ErrorCode};
/// use rolesanywhere_core::provider::ProviderState;
/// use std::sync::Arc;
///
/// # fn main() -> Result<(), Error> {
/// # let create = CreateSession::new(&CreateSessionOptions {
/// #     trust_anchor_arn: "arn:aws:rolesanywhere:eu-central-1:123456789012:trust-anchor/1",
/// #     profile_arn: "arn:aws:rolesanywhere:eu-central-1:123456789012:profile/2",
/// #     role_arn: "arn:aws:iam::123456789012:role/app",
/// #     ..CreateSessionOptions::default()
/// # })?;
/// let nobody = || Err(Error::new(ErrorCode::FileNotFound, "there is no identity yet"));
/// let mut state = ProviderState::new(create, Arc::new(nobody), RefreshPolicy::default());
///
/// let now = Now { unix_millis: 1_795_240_399_000, monotonic_millis: 0 };
/// let Next::Fetch(fetch) = state.poll(now).next else { unreachable!() };
/// let attempt = state.attempt(fetch);
/// // Without the host's lock from here …
/// let outcome = attempt.prepare().expect_err("nobody signs");
/// // … to here.
/// state.report(outcome, now, Jitter::from_fraction(0.5));
/// assert_eq!(state.poll(now).error.unwrap().code(), ErrorCode::FileNotFound);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct ProviderState {
    refresh: Refresh,
    plan: Arc<Plan>,
    current: Option<Arc<Snapshot>>,
    in_flight: Option<u64>,
    events: Vec<ProviderEvent>,
}

impl ProviderState {
    /// A state without credentials.
    #[must_use]
    pub fn new(
        create: CreateSession,
        identity: Arc<dyn IdentitySource>,
        policy: RefreshPolicy,
    ) -> Self {
        Self::with_plan(Arc::new(Plan::new(create, identity)), policy)
    }

    /// The state that resolved options describe.
    ///
    /// # Errors
    /// Those of [`Options::create_session`]
    pub fn from_options(
        options: &Options,
        identity: Arc<dyn IdentitySource>,
        policy: RefreshPolicy,
    ) -> Result<Self> {
        let plan = Plan::new(options.create_session()?, identity);
        let account_id = options.flag(OptionName::AccountId);
        Ok(Self::with_plan(
            Arc::new(plan.with_account_id(account_id)),
            policy,
        ))
    }

    /// The same with all that a plan can say.
    #[must_use]
    pub fn with_plan(plan: Arc<Plan>, policy: RefreshPolicy) -> Self {
        Self {
            refresh: Refresh::new(policy),
            plan,
            current: None,
            in_flight: None,
            events: Vec::new(),
        }
    }

    /// What may be served now, and what the asking caller does next.
    pub fn poll(&mut self, now: Now) -> Poll {
        self.refresh.poll(now)
    }

    /// What a fetch consists of: what `poll` said with `Next::Fetch` goes in here.
    pub fn attempt(&mut self, fetch: Fetch) -> Attempt {
        self.in_flight = Some(fetch.id);
        Attempt::new(fetch, Arc::clone(&self.plan), self.current.clone())
    }

    /// Takes an attempt's outcome. That of one that is forfeit by now is ignored.
    pub fn report(&mut self, outcome: Outcome, now: Now, jitter: Jitter) {
        let Outcome {
            id,
            identity,
            result,
        } = outcome;
        if self.in_flight.take_if(|live| *live == id).is_some() {
            self.note_identity(identity);
        }
        match result {
            Ok(granted) => self.refresh.on_success(
                id,
                granted.credentials,
                Some(granted.identity_not_after),
                granted.server_date,
                now,
                jitter,
            ),
            Err(error) => self.refresh.on_failure(id, error, now, jitter),
        }
    }

    /// Gives up the attempt that is in flight, if one is. Its outcome is ignored from now on.
    pub fn cancel(&mut self, now: Now) {
        if let Some(id) = self.in_flight.take() {
            self.refresh.cancel(id, now);
        }
    }

    /// Gives up this very attempt. One that is forfeit by now is ignored.
    pub fn give_up(&mut self, fetch: Fetch, now: Now) {
        if self.in_flight.take_if(|live| *live == fetch.id).is_some() {
            self.refresh.cancel(fetch.id, now);
        }
    }

    /// Stops serving the credentials: somebody knows that they no longer work.
    pub fn invalidate(&mut self) {
        self.refresh.invalidate();
    }

    /// Makes a refresh due now; the credentials are served meanwhile.
    pub const fn request_refresh(&mut self) {
        self.refresh.request_refresh();
    }

    /// When the next refresh is due, in monotonic milliseconds; `None` without credentials.
    #[must_use]
    pub fn next_refresh(&self) -> Option<u64> {
        self.refresh.next_refresh()
    }

    /// Until when a cache that asks again 5 minutes early may keep them; see
    /// [`Refresh::cacheable_until`].
    #[must_use]
    pub fn cacheable_until(&self, now: Now) -> Option<Timestamp> {
        self.refresh.cacheable_until(now)
    }

    /// The credentials, if they may still be served. Changes nothing.
    #[must_use]
    pub fn credentials(&self, now: Now) -> Option<Arc<Credentials>> {
        self.refresh.credentials(now)
    }

    /// What may be handed out without polling, and until when; see [`Refresh::steady`].
    #[must_use]
    pub fn steady(&self, now: Now) -> Option<(Arc<Credentials>, Now)> {
        self.refresh.steady(now)
    }

    /// What happened since this was last called.
    pub fn take_events(&mut self) -> Vec<ProviderEvent> {
        let refresh = self.refresh.take_events();
        self.events
            .extend(refresh.into_iter().map(ProviderEvent::Refresh));
        core::mem::take(&mut self.events)
    }

    fn note_identity(&mut self, read: Reading) {
        if let Some(error) = read.failure {
            let event = ProviderEvent::IdentityFailed(Arc::new(error));
            self.events.push(event);
        }
        let Some(snapshot) = read.snapshot else {
            return;
        };
        let is_other = self.current.as_ref().is_some_and(|current| {
            current.identity.certificate_der() != snapshot.identity.certificate_der()
        });
        if is_other {
            let details = IdentityDetails::of(&snapshot.identity);
            self.events.push(ProviderEvent::IdentityChanged(details));
        }
        self.current = Some(snapshot);
    }
}
