//! A request as it goes on the wire.

use pyo3::prelude::*;
use rolesanywhere_core::HttpRequest as CoreHttpRequest;

/// A signed request; printing it hides the signature.
#[pyclass(frozen, module = "rolesanywhere")]
pub(crate) struct HttpRequest(pub(crate) CoreHttpRequest);

#[pymethods]
impl HttpRequest {
    /// The method, in upper case.
    #[getter]
    fn method(&self) -> &str {
        &self.0.method
    }

    /// The absolute URL; it carries the host, which is not among the headers.
    #[getter]
    fn url(&self) -> &str {
        &self.0.url
    }

    /// Names and values in wire order, ``Authorization`` among them.
    #[getter]
    fn headers(&self) -> Vec<(String, String)> {
        self.0.headers.clone()
    }

    /// The body, as bytes.
    #[getter]
    fn body(&self) -> &[u8] {
        &self.0.body
    }

    fn __repr__(&self) -> String {
        let (method, headers) = (&self.0.method, self.0.headers.len());
        format!("<HttpRequest {method} {}, {headers} headers>", self.0.url)
    }
}
