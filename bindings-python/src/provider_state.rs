//! The state of a provider, which Python's locks guard.

use crate::arguments::Count;
use crate::attempt::{Attempt, Outcome};
use crate::boundary::attached;
use crate::credentials::Credentials;
use crate::event::Event;
use crate::options::Options;
use crate::python_identity::{PythonIdentity, elsewhere};
use crate::refresh::{lock, now, served, wait_until};
use pyo3::prelude::*;
use rolesanywhere::provider::{ProviderState as ClientState, identity_sources_with};
use rolesanywhere::{IdentityFiles, IdentitySource};
use rolesanywhere_core::config::OptionName;
use rolesanywhere_core::error::Result;
use rolesanywhere_core::refresh::{Jitter, Next, RefreshPolicy};
use std::sync::{Arc, Mutex};

/// What may be served, who fetches, when next.
#[pyclass(frozen, module = "rolesanywhere._native")]
pub(crate) struct ProviderState(Mutex<ClientState>);

/// The answer to a caller; with an attempt, it is the caller who makes it.
#[pyclass(frozen, get_all, module = "rolesanywhere._native")]
pub(crate) struct ProviderPoll {
    credentials: Option<Py<Credentials>>,
    attempt: Option<Py<Attempt>>,
    wait_until: Option<u64>,
    error: Option<Py<PyAny>>,
}

/// Credentials, and until which point of either clock they may be handed out without asking.
type Steady = (Py<Credentials>, u64, u64);

#[pymethods]
impl ProviderState {
    #[new]
    #[pyo3(signature = (options, identity=None))]
    fn new(py: Python<'_>, options: &Options, identity: Option<Py<PyAny>>) -> PyResult<Self> {
        let state = attached(py, || {
            // What is wrong with the request is told before what is wrong with the identity.
            options.options.create_session()?;
            let identity = identity_source(options, identity)?;
            ClientState::from_options(&options.options, identity, RefreshPolicy::default())
        })?;
        Ok(Self(Mutex::new(state)))
    }

    fn poll(&self, py: Python<'_>, unix_millis: Count, monotonic: Count) -> PyResult<ProviderPoll> {
        let now = now(unix_millis, monotonic);
        let (poll, attempt) = self.with(py, |state| {
            let poll = state.poll(now);
            let attempt = match poll.next {
                Next::Fetch(fetch) => Some(state.attempt(fetch)),
                _ => None,
            };
            (poll, attempt)
        })?;
        Ok(ProviderPoll {
            credentials: served(py, poll.credentials)?,
            attempt: attempt
                .map(|attempt| Py::new(py, Attempt::new(attempt)))
                .transpose()?,
            wait_until: wait_until(poll.next),
            error: poll
                .error
                .map(|error| crate::boundary::exception_object(py, &error)),
        })
    }

    fn report(
        &self,
        py: Python<'_>,
        outcome: PyRef<'_, Outcome>,
        unix_millis: Count,
        monotonic_millis: Count,
        jitter: f64,
    ) -> PyResult<()> {
        let (now, jitter) = (
            now(unix_millis, monotonic_millis),
            Jitter::from_fraction(jitter),
        );
        attached(py, || {
            let outcome = outcome.take()?;
            lock(&self.0)?.report(outcome, now, jitter);
            Ok(())
        })
    }

    fn cancel(&self, py: Python<'_>, unix_millis: Count, monotonic: Count) -> PyResult<()> {
        let now = now(unix_millis, monotonic);
        self.with(py, |state| state.cancel(now))
    }

    fn invalidate(&self, py: Python<'_>) -> PyResult<()> {
        self.with(py, ClientState::invalidate)
    }

    fn request_refresh(&self, py: Python<'_>) -> PyResult<()> {
        self.with(py, ClientState::request_refresh)
    }

    fn next_refresh(&self, py: Python<'_>) -> PyResult<Option<u64>> {
        self.with(py, |state| state.next_refresh())
    }

    fn credentials(
        &self,
        py: Python<'_>,
        unix_millis: Count,
        monotonic_millis: Count,
    ) -> PyResult<Option<Py<Credentials>>> {
        let now = now(unix_millis, monotonic_millis);
        let credentials = self.with(py, |state| state.credentials(now))?;
        served(py, credentials)
    }

    fn steady(
        &self,
        py: Python<'_>,
        unix_millis: Count,
        monotonic_millis: Count,
    ) -> PyResult<Option<Steady>> {
        let now = now(unix_millis, monotonic_millis);
        let Some((credentials, until)) = self.with(py, |state| state.steady(now))? else {
            return Ok(None);
        };
        let credentials = Py::new(py, Credentials(credentials))?;
        Ok(Some((
            credentials,
            until.unix_millis,
            until.monotonic_millis,
        )))
    }

    fn take_events(&self, py: Python<'_>) -> PyResult<Vec<Event>> {
        let events = self.with(py, ClientState::take_events)?;
        Ok(events
            .into_iter()
            .map(|event| Event::of_provider(py, event))
            .collect())
    }
}

impl ProviderState {
    fn with<T>(&self, py: Python<'_>, ask: impl FnOnce(&mut ClientState) -> T) -> PyResult<T> {
        attached(py, || Ok(ask(&mut *lock(&self.0)?)))
    }
}

fn identity_source(
    options: &Options,
    identity: Option<Py<PyAny>>,
) -> Result<Arc<dyn IdentitySource>> {
    if let Some(callable) = identity {
        return Ok(Arc::new(PythonIdentity(callable)));
    }
    let bytes = |name| options.bytes.get(&name).cloned();
    let sources = identity_sources_with(&options.options, &bytes)?;
    let files = IdentityFiles::new(sources).with_environment(environment);
    Ok(if options.options.is_given(OptionName::Sign) {
        Arc::new(files.with_sign(elsewhere()))
    } else {
        Arc::new(files)
    })
}

/// Through Python, which alone knows when another thread changes the environment.
fn environment(name: &str) -> Option<String> {
    Python::attach(|py| {
        let environ = py.import("os").and_then(|os| os.getattr("environ"));
        let value = environ.and_then(|environ| environ.call_method1("get", (name,)));
        value.and_then(|value| value.extract()).ok().flatten()
    })
}
