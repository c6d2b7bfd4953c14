//! The refresh machine, for hosts that do their own fetching.

use crate::arguments::{Count, Time};
use crate::boundary::{attached, error_of, exception_object, spent};
use crate::credentials::Credentials;
use crate::event::Event;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_core::refresh::{
    Jitter, Next, Now, Poll as CorePoll, Refresh as CoreRefresh, RefreshPolicy,
};
use std::sync::{Arc, Mutex};

/// The machine that says when to fetch, for hosts that do their own fetching.
///
/// It reads no clock and waits for nobody. Times are milliseconds: `unix_millis` of the wall clock,
/// `monotonic_millis` of a clock that never goes back. The policy's parts are ints by name, such as
/// ``attempts=3``.
#[pyclass(frozen, module = "rolesanywhere")]
pub(crate) struct Refresh(Mutex<CoreRefresh>);

/// The answer to a caller: serve these, fetch, wait, or nothing.
#[pyclass(frozen, get_all, module = "rolesanywhere")]
pub(crate) struct Poll {
    /// `Credentials` that may be served now.
    credentials: Option<Py<Credentials>>,
    /// A `Fetch` that this caller is to make now.
    fetch: Option<Py<Fetch>>,
    /// Until when somebody else fetches or nobody may, in milliseconds of the monotonic clock.
    wait_until: Option<u64>,
    /// Why there are no credentials: a `RolesAnywhereError`, not raised.
    error: Option<Py<PyAny>>,
}

/// One attempt.
#[pyclass(frozen, get_all, module = "rolesanywhere")]
pub(crate) struct Fetch {
    /// What `Refresh.on_success` or `Refresh.on_failure` is told.
    id: u64,
    /// The date to sign with, in Unix seconds, corrected by what is known of the service's clock.
    signing_time: i64,
    /// When the attempt is forfeit, in milliseconds of the monotonic clock.
    deadline: u64,
}

#[pymethods]
impl Refresh {
    #[new]
    #[pyo3(signature = (**policy))]
    fn new(policy: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let mut values = RefreshPolicy::default();
        for (name, value) in policy.into_iter().flatten() {
            set(&mut values, &name, &value)?;
        }
        Ok(Self(Mutex::new(CoreRefresh::new(values))))
    }

    /// What may be served now, and what this caller does next: a `Poll`.
    fn poll(&self, py: Python<'_>, unix_millis: Count, monotonic_millis: Count) -> PyResult<Poll> {
        let now = now(unix_millis, monotonic_millis);
        let poll = self.with(py, |refresh| refresh.poll(now))?;
        Poll::of(py, poll)
    }

    /// Takes what a fetch brought; one that is forfeit is ignored.
    ///
    /// `identity_not_after` is the end of the certificate's validity and `server_date` the reply's
    /// ``Date``, each in Unix seconds or a datetime; `jitter` is a fraction between 0 and 1. Raises
    /// `InputError`: ``timestamp_malformed``.
    #[pyo3(signature = (
        id, credentials, unix_millis, monotonic_millis, *, identity_not_after=None, server_date=None,
        jitter=0.5
    ))]
    #[expect(clippy::too_many_arguments, reason = "everything that a reply tells")]
    fn on_success(
        &self,
        py: Python<'_>,
        id: Count,
        credentials: PyRef<'_, Credentials>,
        unix_millis: Count,
        monotonic_millis: Count,
        identity_not_after: Option<Time>,
        server_date: Option<Time>,
        jitter: f64,
    ) -> PyResult<()> {
        let (now, jitter) = (
            now(unix_millis, monotonic_millis),
            Jitter::from_fraction(jitter),
        );
        let credentials = credentials.0.share();
        attached(py, || {
            let not_after = identity_not_after.map(Time::timestamp).transpose()?;
            let date = server_date.map(Time::timestamp).transpose()?;
            let mut refresh = lock(&self.0)?;
            refresh.on_success(id.0, credentials, not_after, date, now, jitter);
            Ok(())
        })
    }

    /// Takes why a fetch failed; one that is forfeit is ignored.
    ///
    /// `error` is an exception; one that is not of this package counts as ``connection_failed``.
    #[pyo3(signature = (id, error, unix_millis, monotonic_millis, *, jitter=0.5))]
    fn on_failure(
        &self,
        py: Python<'_>,
        id: Count,
        error: &Bound<'_, PyAny>,
        unix_millis: Count,
        monotonic_millis: Count,
        jitter: f64,
    ) -> PyResult<()> {
        let fallback = Error::new(ErrorCode::ConnectionFailed, "the fetch failed");
        let error = error_of(py, PyErr::from_value(error.clone()), fallback);
        let (now, jitter) = (
            now(unix_millis, monotonic_millis),
            Jitter::from_fraction(jitter),
        );
        self.with(py, |refresh| refresh.on_failure(id.0, error, now, jitter))
    }

    /// Ends a fetch that nobody goes on with, so that the next caller fetches.
    fn cancel(
        &self,
        py: Python<'_>,
        id: Count,
        unix_millis: Count,
        monotonic_millis: Count,
    ) -> PyResult<()> {
        let now = now(unix_millis, monotonic_millis);
        self.with(py, |refresh| refresh.cancel(id.0, now))
    }

    /// Stops serving the credentials: somebody knows that they no longer work.
    fn invalidate(&self, py: Python<'_>) -> PyResult<()> {
        self.with(py, CoreRefresh::invalidate)
    }

    /// Lets the next `poll` fetch, however fresh the credentials are.
    fn request_refresh(&self, py: Python<'_>) -> PyResult<()> {
        self.with(py, CoreRefresh::request_refresh)
    }

    /// When the next refresh is due, in milliseconds of the monotonic clock; `None` without
    /// credentials.
    #[getter]
    fn next_refresh(&self, py: Python<'_>) -> PyResult<Option<u64>> {
        self.with(py, |refresh| refresh.next_refresh())
    }

    /// What happened since the last call: `Event`s, oldest first.
    fn take_events(&self, py: Python<'_>) -> PyResult<Vec<Event>> {
        let events = self.with(py, CoreRefresh::take_events)?;
        Ok(events
            .into_iter()
            .map(|event| Event::of_refresh(py, event))
            .collect())
    }
}

impl Refresh {
    fn with<T>(&self, py: Python<'_>, ask: impl FnOnce(&mut CoreRefresh) -> T) -> PyResult<T> {
        attached(py, || Ok(ask(&mut *lock(&self.0)?)))
    }
}

impl Poll {
    fn of(py: Python<'_>, poll: CorePoll) -> PyResult<Self> {
        let fetch = match poll.next {
            Next::Fetch(fetch) => Some(Py::new(
                py,
                Fetch {
                    id: fetch.id,
                    signing_time: fetch.signing_time.unix_seconds(),
                    deadline: fetch.deadline,
                },
            )?),
            _ => None,
        };
        Ok(Self {
            credentials: served(py, poll.credentials)?,
            fetch,
            wait_until: wait_until(poll.next),
            error: poll.error.map(|error| exception_object(py, &error)),
        })
    }
}

pub(crate) fn served(
    py: Python<'_>,
    credentials: Option<Arc<rolesanywhere_core::Credentials>>,
) -> PyResult<Option<Py<Credentials>>> {
    credentials
        .map(|credentials| Py::new(py, Credentials(credentials)))
        .transpose()
}

pub(crate) const fn wait_until(next: Next) -> Option<u64> {
    match next {
        Next::Wait(until) => Some(until),
        _ => None,
    }
}

pub(crate) const fn now(unix_millis: Count, monotonic_millis: Count) -> Now {
    Now {
        unix_millis: unix_millis.0,
        monotonic_millis: monotonic_millis.0,
    }
}

/// A lock that is only ever held with the interpreter held, and for no longer than a call of the
/// core.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> Result<std::sync::MutexGuard<'_, T>> {
    mutex.lock().map_err(|_| spent("after a panic, the state"))
}

fn set(
    policy: &mut RefreshPolicy,
    name: &Bound<'_, PyAny>,
    value: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let name = name.cast::<PyString>()?.to_string_lossy();
    let Count(value) = value.extract()?;
    let field = match &*name {
        "lead_divisor" => &mut policy.lead_divisor,
        "lead_minimum_seconds" => &mut policy.lead_minimum_seconds,
        "lead_maximum_percent" => &mut policy.lead_maximum_percent,
        "spread_percent" => &mut policy.spread_percent,
        "attempts" => {
            policy.attempts = u32::try_from(value).unwrap_or(u32::MAX);
            return Ok(());
        }
        "advisory_deadline_seconds" => &mut policy.advisory_deadline_seconds,
        "mandatory_deadline_seconds" => &mut policy.mandatory_deadline_seconds,
        "backoff_base_millis" => &mut policy.backoff_base_millis,
        "backoff_cap_seconds" => &mut policy.backoff_cap_seconds,
        "minimum_interval_seconds" => &mut policy.minimum_interval_seconds,
        "retry_after_maximum_seconds" => &mut policy.retry_after_maximum_seconds,
        "skew_threshold_seconds" => &mut policy.skew_threshold_seconds,
        "certificate_margin_seconds" => &mut policy.certificate_margin_seconds,
        "certificate_warning_seconds" => &mut policy.certificate_warning_seconds,
        other => {
            let message = format!("Refresh() got an unexpected keyword argument '{other}'");
            return Err(PyTypeError::new_err(message));
        }
    };
    *field = value;
    Ok(())
}
