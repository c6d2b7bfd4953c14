//! The session's credentials.

use crate::arguments::{Text, Time};
use crate::boundary::attached;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rolesanywhere_core::Credentials as CoreCredentials;
use std::sync::Arc;

/// Temporary credentials; printing them shows the access key id and the end.
///
/// `expiration` is Unix seconds or a datetime; `account_id` goes with a `role_arn`. Raises
/// `InputError`: ``timestamp_malformed``.
#[pyclass(frozen, module = "rolesanywhere")]
pub(crate) struct Credentials(pub(crate) Arc<CoreCredentials>);

#[pymethods]
impl Credentials {
    #[new]
    #[pyo3(signature = (access_key_id, secret_access_key, session_token, expiration, account_id=None, role_arn=None))]
    fn new(
        py: Python<'_>,
        access_key_id: Text,
        secret_access_key: Text,
        session_token: Text,
        expiration: Time,
        account_id: Option<Text>,
        role_arn: Option<Text>,
    ) -> PyResult<Self> {
        let expiration = attached(py, || expiration.timestamp())?;
        let (secret, token) = (secret_access_key.0.into(), session_token.0.into());
        let mut credentials = CoreCredentials::new(access_key_id.0, secret, token, expiration);
        let has_account = account_id.is_some();
        if let Some(role_arn) = role_arn {
            let account_id = account_id.map(|text| text.0).unwrap_or_default();
            credentials = credentials.with_role(role_arn.0, account_id);
        }
        if !has_account {
            credentials = credentials.without_account_id();
        }
        Ok(Self(Arc::new(credentials)))
    }

    /// The access key id, which is no secret.
    #[getter]
    fn access_key_id(&self) -> &str {
        self.0.access_key_id()
    }

    /// The secret access key.
    #[getter]
    fn secret_access_key(&self) -> &str {
        self.0.secret_access_key()
    }

    /// The session token, which goes with every request; a secret too.
    #[getter]
    fn session_token(&self) -> &str {
        self.0.session_token()
    }

    /// When the session ends, as an int in Unix seconds.
    #[getter]
    fn expiration(&self) -> i64 {
        self.0.expiration().unix_seconds()
    }

    /// When the session ends, as a datetime in UTC.
    #[getter]
    fn expiration_datetime<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let datetime = py.import("datetime")?;
        let utc = datetime.getattr("timezone")?.getattr("utc")?;
        let arguments = PyTuple::new(py, [self.expiration().into_pyobject(py)?.into_any(), utc])?;
        datetime
            .getattr("datetime")?
            .call_method1("fromtimestamp", arguments)
    }

    /// The role's account, twelve digits as text; `None` when it is left out.
    #[getter]
    fn account_id(&self) -> Option<&str> {
        self.0.account_id()
    }

    /// The role's ARN; `None` for credentials that were put together by hand.
    #[getter]
    fn role_arn(&self) -> Option<&str> {
        self.0.role_arn()
    }

    /// The same credentials without the account, which turns account-based endpoints off.
    fn without_account_id(&self, py: Python<'_>) -> PyResult<Self> {
        attached(py, || {
            Ok(Self(Arc::new(self.0.share().without_account_id())))
        })
    }

    /// What a ``credential_process`` prints (AWS SDKs and Tools reference guide, "Process
    /// credential provider"). Holds the secrets.
    fn to_credential_process_json(&self, py: Python<'_>) -> PyResult<String> {
        attached(py, || {
            Ok(self.0.to_credential_process_json().as_str().to_owned())
        })
    }

    /// What the instance metadata service answers (Amazon EC2 user guide, "Retrieve security
    /// credentials from instance metadata"). Holds the secrets.
    ///
    /// `last_updated` is Unix seconds or a datetime, this machine's clock unless given. Raises
    /// `InputError`: ``timestamp_malformed``.
    #[pyo3(signature = (last_updated=None))]
    fn to_imds_json(&self, py: Python<'_>, last_updated: Option<Time>) -> PyResult<String> {
        attached(py, || {
            let last_updated = Time::or_now(last_updated)?;
            Ok(self.0.to_imds_json(last_updated).as_str().to_owned())
        })
    }

    /// What a container's credentials endpoint answers (AWS SDKs and Tools reference guide,
    /// "Container credential provider"). Holds the secrets.
    fn to_container_json(&self, py: Python<'_>) -> PyResult<String> {
        attached(py, || Ok(self.0.to_container_json().as_str().to_owned()))
    }

    fn __repr__(&self) -> String {
        let expiration = self.0.expiration().rfc3339();
        format!(
            "<Credentials {} until {expiration}>",
            self.0.access_key_id()
        )
    }
}
