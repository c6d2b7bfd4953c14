//! A request as it goes on the wire.

use pyo3::prelude::*;
use rolesanywhere_core::HttpRequest as CoreHttpRequest;

/// A signed request; printing it hides the signature.
#[pyclass(frozen, module = "rolesanywhere")]
pub(crate) struct HttpRequest(pub(crate) CoreHttpRequest);

#[pymethods]
impl HttpRequest {
    #[getter]
    fn method(&self) -> &str {
        &self.0.method
    }

    #[getter]
    fn url(&self) -> &str {
        &self.0.url
    }

    #[getter]
    fn headers(&self) -> Vec<(String, String)> {
        self.0.headers.clone()
    }

    #[getter]
    fn body(&self) -> &[u8] {
        &self.0.body
    }

    fn __repr__(&self) -> String {
        let (method, headers) = (&self.0.method, self.0.headers.len());
        format!("<HttpRequest {method} {}, {headers} headers>", self.0.url)
    }
}
