//! The session's credentials.

use crate::arguments::{Text, Time};
use crate::boundary::attached;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rolesanywhere_core::Credentials as CoreCredentials;
use std::sync::Arc;

/// Temporary credentials; printing them shows the access key id and the end.
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

    #[getter]
    fn access_key_id(&self) -> &str {
        self.0.access_key_id()
    }

    #[getter]
    fn secret_access_key(&self) -> &str {
        self.0.secret_access_key()
    }

    #[getter]
    fn session_token(&self) -> &str {
        self.0.session_token()
    }

    /// When the session ends, in Unix seconds.
    #[getter]
    fn expiration(&self) -> i64 {
        self.0.expiration().unix_seconds()
    }

    /// The same as a datetime in UTC.
    #[getter]
    fn expiration_datetime<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let datetime = py.import("datetime")?;
        let utc = datetime.getattr("timezone")?.getattr("utc")?;
        let arguments = PyTuple::new(py, [self.expiration().into_pyobject(py)?.into_any(), utc])?;
        datetime
            .getattr("datetime")?
            .call_method1("fromtimestamp", arguments)
    }

    /// The role's account, unless it is left out.
    #[getter]
    fn account_id(&self) -> Option<&str> {
        self.0.account_id()
    }

    #[getter]
    fn role_arn(&self) -> Option<&str> {
        self.0.role_arn()
    }

    fn without_account_id(&self) -> Self {
        Self(Arc::new(self.0.share().without_account_id()))
    }

    /// What `credential_process` prints (AWS SDKs and Tools reference guide).
    fn to_credential_process_json(&self) -> String {
        self.0.to_credential_process_json().as_str().to_owned()
    }

    #[pyo3(signature = (last_updated=None))]
    fn to_imds_json(&self, py: Python<'_>, last_updated: Option<Time>) -> PyResult<String> {
        let last_updated = attached(py, || Time::or_now(last_updated))?;
        Ok(self.0.to_imds_json(last_updated).as_str().to_owned())
    }

    fn to_container_json(&self) -> String {
        self.0.to_container_json().as_str().to_owned()
    }

    fn __repr__(&self) -> String {
        let expiration = self.0.expiration().rfc3339();
        format!(
            "<Credentials {} until {expiration}>",
            self.0.access_key_id()
        )
    }
}
