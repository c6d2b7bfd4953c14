//! The provider for hosts that only pass messages: JavaScript, and whoever embeds WebAssembly.

use super::SignerError;
use super::attempt::{Attempt, Identified, Outcome, Prepared, Signed};
use super::event::ProviderEvent;
use super::snapshot::Snapshot;
use super::state::ProviderState;
use crate::error::{Error, ErrorCode, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::refresh::{Jitter, Next, Now, Poll};
use crate::signing::{Backend, Signature};
use crate::sigv4::{SignatureEncoding, SigningRequest};
use crate::time::Timestamp;
use alloc::{boxed::Box, sync::Arc, vec::Vec};

/// A [`ProviderState`] that keeps the attempt which is going on, so that a host needs to hold no
/// more than its id.
///
/// The host asks [`poll`](Self::poll). Told to fetch, it calls [`identify`](Self::identify) with the
/// fetch's id and does what each [`Action`] says until one says [`Action::Settled`]; then it polls
/// again. Whatever comes for an attempt that is forfeit by now is ignored.
#[derive(Debug)]
pub struct Machine {
    state: ProviderState,
    verifier: Box<dyn Backend>,
    stage: Option<(u64, Stage)>,
}

/// What the host does next for an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Have this signed, and bring the signature to [`Machine::signed`].
    Sign(SigningRequest),
    /// Send this once, and bring the reply to [`Machine::received`].
    Send(HttpRequest),
    /// The attempt is over: poll again.
    Settled,
}

/// How far the attempt is.
#[derive(Debug)]
enum Stage {
    Begun(Attempt),
    Elsewhere,
    Prepared(Box<Prepared>),
    Signed(Signed),
}

impl Machine {
    /// Drives `state`; `verifier` verifies the signatures that the host brings, where it can.
    #[must_use]
    pub fn new(state: ProviderState, verifier: Box<dyn Backend>) -> Self {
        Self {
            state,
            verifier,
            stage: None,
        }
    }

    /// What may be served now, and what the asking caller does next: with [`Next::Fetch`] it goes to
    /// [`identify`](Self::identify).
    pub fn poll(&mut self, now: Now) -> Poll {
        let poll = self.state.poll(now);
        if let Next::Fetch(fetch) = poll.next {
            let attempt = self.state.attempt(fetch);
            self.stage = Some((fetch.id, Stage::Begun(attempt)));
        }
        poll
    }

    /// Begins the attempt: with what the host has read, or with `None` with what the plan's own
    /// source says.
    pub fn identify(
        &mut self,
        id: u64,
        read: Option<Result<Arc<Snapshot>>>,
        now: Now,
        jitter: Jitter,
    ) -> Action {
        match self.take(id) {
            Some(Stage::Begun(attempt)) => self.proceed(id, attempt.identify(read), now, jitter),
            other => self.out_of_turn(id, other, now, jitter),
        }
    }

    /// The attempt, for hosts that do [`Attempt::identify`] on another thread: reading, deriving and
    /// signing take their time. What comes of it goes to [`identified`](Self::identified).
    pub fn begin(&mut self, id: u64) -> Option<Attempt> {
        match self.take(id)? {
            Stage::Begun(attempt) => {
                self.stage = Some((id, Stage::Elsewhere));
                Some(attempt)
            }
            other => {
                self.stage = Some((id, other));
                None
            }
        }
    }

    /// Takes what came of an attempt that [began](Self::begin) elsewhere.
    pub fn identified(
        &mut self,
        id: u64,
        identified: Identified,
        now: Now,
        jitter: Jitter,
    ) -> Action {
        match self.take(id) {
            Some(Stage::Elsewhere) => self.proceed(id, identified, now, jitter),
            other => self.out_of_turn(id, other, now, jitter),
        }
    }

    /// Takes what the signer returned or raised.
    pub fn signed(
        &mut self,
        id: u64,
        signature: core::result::Result<(Signature, SignatureEncoding), SignerError>,
        now: Now,
        jitter: Jitter,
    ) -> Action {
        let prepared = match self.take(id) {
            Some(Stage::Prepared(prepared)) => *prepared,
            other => return self.out_of_turn(id, other, now, jitter),
        };
        let signed = match signature {
            Ok((signature, encoding)) => {
                prepared.finish(&signature, encoding, self.verifier.as_ref())
            }
            Err(cause) => Err(prepared.signer_failed(cause)),
        };
        self.send(id, signed, now, jitter)
    }

    /// Takes the reply, or why there is none.
    pub fn received(
        &mut self,
        id: u64,
        response: Result<HttpResponse>,
        now: Now,
        jitter: Jitter,
    ) -> Action {
        match self.take(id) {
            Some(Stage::Signed(signed)) => self.report(signed.receive(response), now, jitter),
            other => self.out_of_turn(id, other, now, jitter),
        }
    }

    /// Ends the attempt for a reason of the host's, at any stage.
    pub fn fail(&mut self, id: u64, error: Error, now: Now, jitter: Jitter) -> Action {
        match self.take(id) {
            Some(_) => self.report(Outcome::broken_off(id, error), now, jitter),
            None => Action::Settled,
        }
    }

    /// Stops serving the credentials: somebody knows that they no longer work.
    pub fn invalidate(&mut self) {
        self.state.invalidate();
    }

    /// Makes a refresh due now; the credentials are served meanwhile.
    pub const fn request_refresh(&mut self) {
        self.state.request_refresh();
    }

    /// When the next refresh is due, in monotonic milliseconds; `None` without credentials.
    #[must_use]
    pub fn next_refresh(&self) -> Option<u64> {
        self.state.next_refresh()
    }

    /// See [`Refresh::cacheable_until`](crate::Refresh::cacheable_until).
    #[must_use]
    pub fn cacheable_until(&self, now: Now) -> Option<Timestamp> {
        self.state.cacheable_until(now)
    }

    /// What happened since this was last called.
    pub fn take_events(&mut self) -> Vec<ProviderEvent> {
        self.state.take_events()
    }

    fn take(&mut self, id: u64) -> Option<Stage> {
        self.stage
            .take_if(|(live, _)| *live == id)
            .map(|(_, stage)| stage)
    }

    fn proceed(&mut self, id: u64, identified: Identified, now: Now, jitter: Jitter) -> Action {
        match identified {
            Identified::Awaited(prepared) => {
                let request = prepared.pending().request();
                self.stage = Some((id, Stage::Prepared(prepared)));
                Action::Sign(request)
            }
            Identified::Signed(signed) => self.send(id, Ok(*signed), now, jitter),
            Identified::Failed(outcome) => self.report(*outcome, now, jitter),
        }
    }

    fn send(
        &mut self,
        id: u64,
        signed: core::result::Result<Signed, Outcome>,
        now: Now,
        jitter: Jitter,
    ) -> Action {
        match signed {
            Ok(signed) => {
                let request = signed.request().clone();
                self.stage = Some((id, Stage::Signed(signed)));
                Action::Send(request)
            }
            Err(outcome) => self.report(outcome, now, jitter),
        }
    }

    fn report(&mut self, outcome: Outcome, now: Now, jitter: Jitter) -> Action {
        self.state.report(outcome, now, jitter);
        Action::Settled
    }

    /// Nothing for an attempt that is over; a fault of the host's for one that is not there yet.
    fn out_of_turn(&mut self, id: u64, found: Option<Stage>, now: Now, jitter: Jitter) -> Action {
        if found.is_some() {
            let message = "the host brought the steps of an attempt in the wrong order";
            let error = Error::new(ErrorCode::Internal, message);
            self.report(Outcome::broken_off(id, error), now, jitter);
        }
        Action::Settled
    }
}
