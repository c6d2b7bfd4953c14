//! One attempt to fetch, step by step. Each object is used once.

use crate::arguments::{Count, Data, Text};
use crate::boundary::{detached, error_of, spent};
use crate::pending::{Returned, SigningRequest};
use crate::refresh::lock;
use crate::request::HttpRequest;
use crate::session::owned;
use pyo3::prelude::*;
use rolesanywhere::HttpResponse;
use rolesanywhere::provider as client;
use rolesanywhere_core::crypto::AwsLc;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::sync::Mutex;

/// What can be taken out once.
struct Once<T>(Mutex<Option<T>>);

impl<T> Once<T> {
    const fn new(value: T) -> Self {
        Self(Mutex::new(Some(value)))
    }

    fn take(&self, what: &str) -> Result<T> {
        lock(&self.0)?.take().ok_or_else(|| spent(what))
    }
}

/// Begins with `prepare`.
#[pyclass(frozen, module = "rolesanywhere._native")]
pub(crate) struct Attempt {
    #[pyo3(get)]
    deadline: u64,
    attempt: Once<client::Attempt>,
}

/// Lacks its signature.
#[pyclass(frozen, module = "rolesanywhere._native")]
pub(crate) struct Prepared {
    request: rolesanywhere_core::sigv4::SigningRequest,
    prepared: Once<client::Prepared>,
}

/// Is to be sent, once.
#[pyclass(frozen, module = "rolesanywhere._native")]
pub(crate) struct Signed {
    request: rolesanywhere_core::HttpRequest,
    signed: Once<client::Signed>,
}

/// How it ended, for the state to know.
#[pyclass(frozen, module = "rolesanywhere._native")]
pub(crate) struct Outcome(Once<client::Outcome>);

/// The next step, or the end.
#[derive(IntoPyObject)]
pub(crate) enum Step<T: pyo3::PyClass + Into<PyClassInitializer<T>>> {
    Next(T),
    End(Outcome),
}

impl Attempt {
    pub(crate) const fn new(attempt: client::Attempt) -> Self {
        Self {
            deadline: attempt.fetch().deadline,
            attempt: Once::new(attempt),
        }
    }
}

impl Outcome {
    const fn new(outcome: client::Outcome) -> Self {
        Self(Once::new(outcome))
    }

    pub(crate) fn take(&self) -> Result<client::Outcome> {
        self.0.take("this outcome")
    }
}

#[pymethods]
impl Attempt {
    /// Reads the identity, which may derive a key from a passphrase and call Python's `identity`.
    fn prepare(&self, py: Python<'_>) -> PyResult<Step<Prepared>> {
        detached(py, || {
            Ok(match self.attempt.take("this attempt")?.prepare() {
                Ok(prepared) => Step::Next(Prepared {
                    request: prepared.pending().request(),
                    prepared: Once::new(prepared),
                }),
                Err(outcome) => Step::End(Outcome::new(outcome)),
            })
        })
    }
}

#[pymethods]
impl Prepared {
    #[getter]
    fn signing_request(&self) -> SigningRequest {
        SigningRequest(self.request.clone())
    }

    fn sign(&self, py: Python<'_>) -> PyResult<Step<Signed>> {
        detached(py, || Ok(step(self.prepared.take("this attempt")?.sign())))
    }

    /// `returned` is what a signer of the host's returned.
    fn finish(&self, py: Python<'_>, returned: Returned) -> PyResult<Step<Signed>> {
        let Returned(signature, encoding) = returned;
        detached(py, || {
            let prepared = self.prepared.take("this attempt")?;
            Ok(step(prepared.finish(&signature, encoding, &AwsLc)))
        })
    }

    /// The end when the signer raised.
    fn fail(&self, py: Python<'_>, raised: &Bound<'_, PyAny>) -> PyResult<Outcome> {
        let raised = PyErr::from_value(raised.clone());
        detached(py, || {
            let prepared = self.prepared.take("this attempt")?;
            Ok(Outcome::new(prepared.signer_failed(Box::new(raised))))
        })
    }
}

#[pymethods]
impl Signed {
    #[getter]
    fn request(&self) -> HttpRequest {
        HttpRequest(self.request.clone())
    }

    fn receive(
        &self,
        py: Python<'_>,
        status: Count,
        headers: Vec<(Text, Text)>,
        body: Data,
    ) -> PyResult<Outcome> {
        let headers = owned(headers);
        detached(py, || {
            let response = HttpResponse::new(status.saturated(u16::MAX), headers, body.0);
            let signed = self.signed.take("this attempt")?;
            Ok(Outcome::new(signed.receive(Ok(response))))
        })
    }

    /// The end when the transport raised.
    fn fail(&self, py: Python<'_>, raised: &Bound<'_, PyAny>) -> PyResult<Outcome> {
        let fallback = Error::new(ErrorCode::ConnectionFailed, "the transport failed");
        let error = error_of(py, PyErr::from_value(raised.clone()), fallback);
        detached(py, || {
            let signed = self.signed.take("this attempt")?;
            Ok(Outcome::new(signed.receive(Err(error))))
        })
    }
}

fn step(signed: std::result::Result<client::Signed, client::Outcome>) -> Step<Signed> {
    match signed {
        Ok(signed) => Step::Next(Signed {
            request: signed.request().clone(),
            signed: Once::new(signed),
        }),
        Err(outcome) => Step::End(Outcome::new(outcome)),
    }
}
