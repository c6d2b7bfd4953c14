//! What a program may want to log.

use crate::boundary::exception_object;
use pyo3::prelude::*;
use rolesanywhere::ProviderEvent;
use rolesanywhere_core::refresh::Event as RefreshEvent;

/// Something that happened: its name, and what is known of it. None holds a secret.
#[pyclass(frozen, get_all, module = "rolesanywhere")]
#[derive(Default)]
pub(crate) struct Event {
    /// ``refreshed``, ``refresh_failed``, ``clock_corrected``, ``certificate_expiring``,
    /// ``identity_changed`` or ``identity_failed``.
    name: &'static str,
    /// When the new session ends, in Unix seconds: ``refreshed``.
    expiration: Option<i64>,
    /// A `RolesAnywhereError` that was not raised: ``refresh_failed``, ``identity_failed``.
    error: Option<Py<PyAny>>,
    /// How far the service's clock is ahead of this machine's, in seconds: ``clock_corrected``.
    offset_seconds: Option<i64>,
    /// The last second of the certificate's validity, in Unix seconds: ``certificate_expiring``,
    /// ``identity_changed``.
    not_after: Option<i64>,
    /// The new certificate's serial number, in decimal: ``identity_changed``.
    serial_number: Option<String>,
    /// The new certificate's subject (RFC 4514): ``identity_changed``.
    subject: Option<String>,
    /// The new certificate's key: ``rsa``, ``p256``, …: ``identity_changed``.
    key_algorithm: Option<&'static str>,
}

impl Event {
    pub(crate) fn of_provider(py: Python<'_>, event: ProviderEvent) -> Self {
        let name = event.name();
        match event {
            ProviderEvent::Refresh(event) => Self::of_refresh(py, event),
            ProviderEvent::IdentityChanged(details) => Self {
                name,
                not_after: Some(details.not_after.unix_seconds()),
                serial_number: Some(details.serial_number),
                subject: Some(details.subject),
                key_algorithm: Some(details.key_algorithm.as_str()),
                ..Self::default()
            },
            ProviderEvent::IdentityFailed(error) => Self {
                name,
                error: Some(exception_object(py, &error)),
                ..Self::default()
            },
            _ => Self {
                name,
                ..Self::default()
            },
        }
    }

    pub(crate) fn of_refresh(py: Python<'_>, event: RefreshEvent) -> Self {
        let mut told = Self {
            name: event.name(),
            ..Self::default()
        };
        match event {
            RefreshEvent::Refreshed { expiration } => {
                told.expiration = Some(expiration.unix_seconds());
            }
            RefreshEvent::RefreshFailed { error } => {
                told.error = Some(exception_object(py, &error));
            }
            RefreshEvent::ClockCorrected { offset_seconds } => {
                told.offset_seconds = Some(offset_seconds);
            }
            RefreshEvent::CertificateExpiring { not_after } => {
                told.not_after = Some(not_after.unix_seconds());
            }
            _ => {}
        }
        told
    }
}

#[pymethods]
impl Event {
    fn __repr__(&self) -> String {
        format!("<Event {}>", self.name)
    }
}
