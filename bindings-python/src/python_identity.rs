//! Identities that Python code yields, and keys that it holds.

use crate::boundary::error_of;
use crate::identity::Identity;
use crate::pending::{Returned, SigningRequest};
use crate::private_key::PrivateKey;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use rolesanywhere::provider::{ExternalKey, SignCallback, SignerError};
use rolesanywhere::{IdentitySource, Snapshot};
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::sync::Arc;

/// The option `identity`: a callable that returns an identity with its key or signer.
pub(crate) struct PythonIdentity(pub(crate) Py<PyAny>);

impl IdentitySource for PythonIdentity {
    fn snapshot(&self) -> Result<Arc<Snapshot>> {
        Python::attach(|py| {
            let snapshot = self.0.call0(py).and_then(|given| read(given.bind(py)));
            snapshot.map(Arc::new).map_err(|raised| {
                let message = "the callable of option `identity` failed";
                error_of(
                    py,
                    raised,
                    Error::new(ErrorCode::IdentityUnavailable, message),
                )
            })
        })
    }
}

fn read(given: &Bound<'_, PyAny>) -> PyResult<Snapshot> {
    let expected = "`identity` must return (Identity, PrivateKey) or (Identity, callable)";
    let pair: PyResult<(PyRef<'_, Identity>, Bound<'_, PyAny>)> = given.extract();
    let (identity, key) = pair.map_err(|_| PyTypeError::new_err(expected))?;
    let identity = identity.0.clone();
    if let Ok(key) = key.extract::<PyRef<'_, PrivateKey>>() {
        return Ok(Snapshot::new(identity, key.share()));
    }
    if key.is_callable() {
        return Ok(ExternalKey::snapshot(identity, signer(key.unbind())));
    }
    Err(PyTypeError::new_err(expected))
}

fn signer(callable: Py<PyAny>) -> Arc<SignCallback> {
    Arc::new(move |request| {
        Python::attach(|py| {
            let request = SigningRequest(request.clone());
            let signed = callable.call1(py, (request,));
            let returned: PyResult<Returned> = signed.and_then(|it| it.extract(py));
            match returned {
                Ok(Returned(signature, encoding)) => Ok((signature, encoding)),
                Err(raised) => Err(SignerError::from(raised)),
            }
        })
    })
}

/// For a key that the host itself asks: nobody calls it.
pub(crate) fn elsewhere() -> Arc<SignCallback> {
    Arc::new(|_| Err("the host asks its signer itself".into()))
}
