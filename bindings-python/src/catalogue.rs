//! The table of error codes, and the version.

use crate::arguments::{Count, Text, Time};
use crate::boundary::{attached, exception_object};
use pyo3::prelude::*;
use rolesanywhere_core::error::{Error, ErrorCode as CoreErrorCode, ServiceDetails, shown};

/// One code of the table: string, number, kind, meaning and usual hint.
#[pyclass(frozen, get_all, module = "rolesanywhere")]
pub(crate) struct ErrorCode {
    /// The stable code, such as ``key_mismatch``.
    code: &'static str,
    /// The same as a number, from 100 on; the kind is its hundred.
    number: u16,
    /// ``input``, ``identity``, ``signing``, ``service``, ``transport`` or ``internal``.
    kind: &'static str,
    /// Whether an error of this code is usually worth another attempt; an error's own word counts.
    retryable: bool,
    /// What the code stands for, in a sentence.
    meaning: &'static str,
    /// What to do about it, in a sentence, unless the error knows better.
    hint: &'static str,
}

#[pymethods]
impl ErrorCode {
    fn __repr__(&self) -> String {
        format!("<ErrorCode {} {}>", self.number, self.code)
    }
}

/// The table of codes, the same in every language, by number.
#[pyfunction]
pub(crate) fn error_codes() -> Vec<ErrorCode> {
    let codes = CoreErrorCode::ALL.iter().map(|code| ErrorCode {
        code: code.as_str(),
        number: code.number(),
        kind: code.kind().as_str(),
        retryable: code.usually_retryable(),
        meaning: code.meaning(),
        hint: code.hint(),
    });
    codes.collect()
}

/// The package's version, such as ``0.1.0``.
#[pyfunction]
pub(crate) fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// An exception of the package's, not raised, with the code's own hint unless there is a better one.
///
/// `retry_after` is in seconds, `date` is the service's clock. Raises `InputError`:
/// ``option_invalid`` for a code that there is not, ``timestamp_malformed``.
#[pyfunction]
#[pyo3(signature = (code, message, hint=None, retryable=None, retry_after=None, date=None))]
pub(crate) fn error(
    py: Python<'_>,
    code: Text,
    message: Text,
    hint: Option<Text>,
    retryable: Option<bool>,
    retry_after: Option<Count>,
    date: Option<Time>,
) -> PyResult<Py<PyAny>> {
    let error = attached(py, || {
        let known = CoreErrorCode::ALL
            .iter()
            .find(|known| known.as_str() == code.as_str());
        let code = known.ok_or_else(|| {
            let message = format!("there is no error code {}", shown(code.as_str()));
            Error::new(CoreErrorCode::OptionInvalid, message)
        })?;
        let mut error = Error::new(*code, message.0);
        if let Some(hint) = hint {
            error = error.with_hint(hint.0);
        }
        if let Some(retryable) = retryable {
            error = error.with_retryable(retryable);
        }
        let date = date.map(Time::timestamp).transpose()?;
        if retry_after.is_some() || date.is_some() {
            let mut details = ServiceDetails::default();
            details.retry_after = retry_after.map(|seconds| seconds.saturated(u32::MAX));
            details.date = date;
            error = error.with_service(details);
        }
        Ok(error)
    })?;
    Ok(exception_object(py, &error))
}
