//! `Refresh`, the state machine, for hosts that do their own input and output.

use crate::credentials::Credentials;
use crate::error::{HostError, to_json};
use crate::guard::{guarded, time};
use napi_derive::napi;
use rolesanywhere::core::refresh::{self, Event, Jitter, Next, Now, Poll as Polled};
use rolesanywhere::core::{Refresh as Machine, RefreshPolicy};

/// Both clocks at one moment, in milliseconds.
#[napi(object)]
#[derive(Debug, Clone, Copy)]
pub struct Clocks {
    /// Wall time since 1970.
    pub unix_millis: f64,
    /// A clock that never goes back.
    pub monotonic_millis: f64,
}

/// One attempt to fetch.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Fetch {
    pub id: i64,
    /// Unix seconds.
    pub signing_time: i64,
    /// Monotonic milliseconds.
    pub deadline: f64,
}

/// The answer to a caller. With neither `fetch` nor `wait` there is nothing to do.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Poll {
    pub credentials: Option<Credentials>,
    pub fetch: Option<Fetch>,
    /// Monotonic milliseconds.
    pub wait: Option<f64>,
    /// JSON, as errors are thrown.
    pub error: Option<String>,
}

/// Something that happened.
#[napi(object, object_from_js = false)]
#[derive(Debug, Default)]
pub struct RefreshEvent {
    pub name: String,
    /// Unix seconds: the credentials' end.
    pub expiration: Option<i64>,
    /// JSON, as errors are thrown.
    pub error: Option<String>,
    pub offset_seconds: Option<i64>,
    /// Unix seconds: the leaf's end.
    pub not_after: Option<i64>,
}

/// The state machine.
#[napi]
#[derive(Debug)]
pub struct Refresh(Machine);

#[napi]
impl Refresh {
    #[napi(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self(Machine::new(RefreshPolicy::default()))
    }

    #[napi]
    pub fn poll(&mut self, now: Clocks) -> napi::Result<Poll> {
        guarded(|| Ok(polled(self.0.poll(now.into()))))
    }

    /// Times in Unix seconds; `jitter` from 0 to 1.
    #[napi]
    pub fn on_success(
        &mut self,
        id: i64,
        credentials: &Credentials,
        identity_not_after: Option<i64>,
        server_date: Option<i64>,
        now: Clocks,
        jitter: f64,
    ) -> napi::Result<()> {
        guarded(|| {
            let not_after = identity_not_after.map(time).transpose()?;
            let date = server_date.map(time).transpose()?;
            let jitter = Jitter::from_fraction(jitter);
            let credentials = credentials.0.share();
            self.0.on_success(
                unsigned(id),
                credentials,
                not_after,
                date,
                now.into(),
                jitter,
            );
            Ok(())
        })
    }

    #[napi]
    pub fn on_failure(
        &mut self,
        id: i64,
        error: HostError,
        now: Clocks,
        jitter: f64,
    ) -> napi::Result<()> {
        guarded(|| {
            let jitter = Jitter::from_fraction(jitter);
            self.0
                .on_failure(unsigned(id), error.into_error(), now.into(), jitter);
            Ok(())
        })
    }

    #[napi]
    pub fn cancel(&mut self, id: i64, now: Clocks) -> napi::Result<()> {
        guarded(|| {
            self.0.cancel(unsigned(id), now.into());
            Ok(())
        })
    }

    #[napi]
    pub fn invalidate(&mut self) {
        self.0.invalidate();
    }

    #[napi]
    pub fn request_refresh(&mut self) {
        self.0.request_refresh();
    }

    /// Monotonic milliseconds.
    #[napi(getter)]
    #[must_use]
    pub fn next_refresh(&self) -> Option<f64> {
        self.0.next_refresh().map(number)
    }

    #[napi]
    pub fn credentials(&self, now: Clocks) -> napi::Result<Option<Credentials>> {
        guarded(|| Ok(self.0.credentials(now.into()).map(Credentials)))
    }

    #[napi]
    pub fn take_events(&mut self) -> napi::Result<Vec<RefreshEvent>> {
        guarded(|| Ok(self.0.take_events().iter().map(event).collect()))
    }
}

pub(crate) fn polled(poll: Polled) -> Poll {
    let (fetch, wait) = match poll.next {
        Next::Fetch(fetch) => (Some(fetch.into()), None),
        Next::Wait(until) => (None, Some(number(until))),
        _ => (None, None),
    };
    Poll {
        credentials: poll.credentials.map(Credentials),
        fetch,
        wait,
        error: poll.error.map(|error| to_json(&error)),
    }
}

pub(crate) fn event(event: &Event) -> RefreshEvent {
    let mut told = RefreshEvent {
        name: event.name().to_owned(),
        ..RefreshEvent::default()
    };
    match event {
        Event::Refreshed { expiration } => told.expiration = Some(expiration.unix_seconds()),
        Event::RefreshFailed { error } => told.error = Some(to_json(error)),
        Event::ClockCorrected { offset_seconds } => told.offset_seconds = Some(*offset_seconds),
        Event::CertificateExpiring { not_after } => {
            told.not_after = Some(not_after.unix_seconds());
        }
        _ => {}
    }
    told
}

/// JavaScript's clocks have fractions, and its largest numbers none.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "there is no other conversion from a float; what is out of range becomes the nearest"
)]
pub(crate) const fn whole(number: f64) -> u64 {
    number as u64
}

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "exact up to 285,000 years"
)]
pub(crate) const fn number(whole: u64) -> f64 {
    whole as f64
}

/// There is no attempt of a negative number.
pub(crate) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl From<Clocks> for Now {
    fn from(now: Clocks) -> Self {
        Self {
            unix_millis: whole(now.unix_millis),
            monotonic_millis: whole(now.monotonic_millis),
        }
    }
}

impl From<refresh::Fetch> for Fetch {
    fn from(fetch: refresh::Fetch) -> Self {
        Self {
            id: signed(fetch.id),
            signing_time: fetch.signing_time.unix_seconds(),
            deadline: number(fetch.deadline),
        }
    }
}
