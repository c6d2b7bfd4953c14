//! The border to Python: errors become exceptions, and so do panics.

use pyo3::exceptions::PyBaseException;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;
use rolesanywhere_core::error::{Error, ErrorCode, Result, ServiceDetails};
use rolesanywhere_core::time::Timestamp;
use std::error::Error as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `work` with the interpreter released: for what takes longer than to say so.
pub(crate) fn detached<T: Send>(
    py: Python<'_>,
    work: impl FnOnce() -> Result<T> + Send,
) -> PyResult<T> {
    py.detach(|| unpanicked(work))
        .map_err(|error| exception(py, &error))
}

/// Runs `work` with the interpreter held.
pub(crate) fn attached<T>(py: Python<'_>, work: impl FnOnce() -> Result<T>) -> PyResult<T> {
    unpanicked(work).map_err(|error| exception(py, &error))
}

/// Panics with the interpreter held or released, for the test of what becomes of it. No release has it.
#[cfg(debug_assertions)]
#[pyfunction]
#[expect(clippy::panic, reason = "that is what it is for")]
pub(crate) fn panic(py: Python<'_>, held: bool) -> PyResult<()> {
    let work = || panic!("as the test wants");
    if held {
        attached(py, work)
    } else {
        detached(py, work)
    }
}

fn unpanicked<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    // A state that a panic left half changed is not seen again: its lock is poisoned.
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Error::new(ErrorCode::Panic, "the library panicked")))
}

/// What cannot happen unless an object is used twice or after a panic.
pub(crate) fn spent(what: &str) -> Error {
    let message = format!("{what} has been used already");
    Error::new(ErrorCode::Internal, message)
}

/// The package's exception for an error, with a Python exception beneath it as its cause.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    build(py, error).unwrap_or_else(|failure| failure)
}

/// The same as an object that is not raised.
pub(crate) fn exception_object(py: Python<'_>, error: &Error) -> Py<PyAny> {
    exception(py, error).into_value(py).into_any()
}

fn build(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    let code = error.code();
    let service = error.service().cloned().unwrap_or_default();
    let has_service = error.service().is_some();
    let arguments = (
        (code.as_str(), code.number(), code.kind().as_str()),
        (error.message(), error.hint(), error.is_retryable()),
        (has_service && service.status != 0).then_some(service.status),
        service.service_code,
        service.service_message,
        service.request_id,
        service.retry_after,
        service.date.map(Timestamp::unix_seconds),
    );
    let class = errors(py)?.getattr("from_native")?;
    let exception = PyErr::from_value(class.call1(arguments)?);
    if let Some(cause) = error.source().and_then(|it| it.downcast_ref::<PyErr>()) {
        exception.set_cause(py, Some(cause.clone_ref(py)));
    }
    Ok(exception)
}

/// The error for what Python code of somebody else's raised: one of our exceptions stays what it
/// is, anything else becomes the cause of `fallback`.
pub(crate) fn error_of(py: Python<'_>, raised: PyErr, fallback: Error) -> Error {
    let value = raised.value(py);
    match own(py, value) {
        Ok(Some(error)) => match raised.cause(py) {
            Some(cause) => error.with_cause(Box::new(cause)),
            None => error,
        },
        _ => fallback.with_cause(Box::new(raised)),
    }
}

/// The error that one of our exceptions was made from.
fn own(py: Python<'_>, value: &Bound<'_, PyBaseException>) -> PyResult<Option<Error>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = CLASS.import(py, "rolesanywhere._errors", "RolesAnywhereError")?;
    if !value.is_instance(class)? {
        return Ok(None);
    }
    let text = |name: &str| value.getattr(name)?.extract::<String>();
    let code = text("code")?;
    let Some(code) = ErrorCode::ALL.iter().find(|known| known.as_str() == code) else {
        return Ok(None);
    };
    let error = Error::new(*code, text("message")?)
        .with_hint(text("hint")?)
        .with_retryable(value.getattr("retryable")?.extract()?);
    let mut details = ServiceDetails::default();
    details.status = value
        .getattr("status")?
        .extract::<Option<u16>>()?
        .unwrap_or(0);
    details.service_code = value.getattr("service_code")?.extract()?;
    details.service_message = value.getattr("service_message")?.extract()?;
    details.request_id = value.getattr("request_id")?.extract()?;
    details.retry_after = value.getattr("retry_after")?.extract()?;
    let date: Option<i64> = value.getattr("date")?.extract()?;
    details.date = date.and_then(|seconds| Timestamp::from_unix_seconds(seconds).ok());
    Ok(Some(if details == ServiceDetails::default() {
        error
    } else {
        error.with_service(details)
    }))
}

fn errors(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    py.import("rolesanywhere._errors")
}
