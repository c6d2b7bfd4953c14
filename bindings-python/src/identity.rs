//! An identity and what can be said against it.

use crate::arguments::{Data, Time};
use crate::boundary::{attached, detached};
use crate::private_key::PrivateKey;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use rolesanywhere_core::identity::{Finding as CoreFinding, Identity as CoreIdentity};

/// The end-entity certificate and its chain, made by `from_pem` or `load_identity`.
#[pyclass(frozen, module = "rolesanywhere")]
pub(crate) struct Identity(pub(crate) CoreIdentity);

/// One thing found about an identity.
#[pyclass(frozen, get_all, module = "rolesanywhere")]
pub(crate) struct Finding {
    /// The stable code, such as ``certificate_expired``.
    code: &'static str,
    /// ``error``, ``warning`` or ``note``.
    severity: &'static str,
    /// What was found, in a sentence.
    fact: String,
    /// What to do about it, in a sentence.
    hint: String,
}

#[pymethods]
impl Identity {
    /// Reads the leaf and any chain from PEM or DER, as bytes or text.
    ///
    /// The leaf is the only certificate that issued none of the others.
    ///
    /// Raises `IdentityError`: ``certificate_missing``, ``certificate_malformed``, ``leaf_ambiguous``,
    /// ``chain_too_long``, ``key_algorithm_unsupported``, ``key_too_small``, ``pem_malformed``.
    #[staticmethod]
    #[pyo3(signature = (certificate, chain=None))]
    fn from_pem(py: Python<'_>, certificate: Data, chain: Option<Data>) -> PyResult<Self> {
        let chain = chain.as_ref().map(Data::as_slice);
        detached(py, || CoreIdentity::from_pem(certificate.as_slice(), chain)).map(Self)
    }

    /// The serial number in decimal, however long.
    #[getter]
    fn serial_number(&self) -> &str {
        self.0.serial_number()
    }

    /// The leaf's key: ``rsa``, ``p256``, …, ``ml_dsa_87``.
    #[getter]
    fn key_algorithm(&self) -> &'static str {
        self.0.key_algorithm().as_str()
    }

    /// The SigV4 token, from the public key: ``AWS4-X509-…``.
    #[getter]
    fn algorithm(&self) -> &'static str {
        self.0.algorithm().as_str()
    }

    /// The leaf's subject as RFC 4514 prints it.
    #[getter]
    fn subject(&self, py: Python<'_>) -> PyResult<String> {
        attached(py, || Ok(self.0.subject()))
    }

    /// The leaf's issuer as RFC 4514 prints it.
    #[getter]
    fn issuer(&self, py: Python<'_>) -> PyResult<String> {
        attached(py, || Ok(self.0.issuer()))
    }

    /// The first second of the validity, in Unix seconds.
    #[getter]
    fn not_before(&self) -> i64 {
        self.0.not_before().unix_seconds()
    }

    /// The last second of the validity, in Unix seconds.
    #[getter]
    fn not_after(&self) -> i64 {
        self.0.not_after().unix_seconds()
    }

    /// The leaf's DER, as bytes.
    #[getter]
    fn certificate_der(&self) -> &[u8] {
        self.0.certificate_der()
    }

    /// The DER of each intermediate, as bytes, the leaf's issuer first.
    #[getter]
    fn chain_der<'py>(&self, py: Python<'py>) -> Vec<Bound<'py, PyBytes>> {
        let chain = self.0.chain_der();
        chain.map(|der| PyBytes::new(py, der)).collect()
    }

    /// Everything that clock, key or documented rules say against it (IAM Roles Anywhere user
    /// guide, "Trust model"); `now` is Unix seconds or a datetime, this machine's clock unless given.
    ///
    /// Raises `InputError`: ``timestamp_malformed``. What is found is returned, never raised.
    #[pyo3(signature = (now=None, private_key=None))]
    fn findings(
        &self,
        py: Python<'_>,
        now: Option<Time>,
        private_key: Option<PyRef<'_, PrivateKey>>,
    ) -> PyResult<Vec<Finding>> {
        let key = private_key.as_ref().map(|key| key.signing_key());
        let findings = attached(py, || Ok(self.0.findings(Time::or_now(now)?, key)))?;
        Ok(findings.into_iter().map(Finding::of).collect())
    }

    /// Raises the most specific error among the findings, an `IdentityError`:
    /// ``certificate_is_ca``, ``key_mismatch``, ``certificate_version``,
    /// ``certificate_signature_weak``, ``certificate_key_usage``, ``certificate_subject_empty``,
    /// ``chain_unlinked``, ``certificate_expired``, ``certificate_not_yet_valid``.
    #[pyo3(signature = (now=None, private_key=None))]
    fn check(
        &self,
        py: Python<'_>,
        now: Option<Time>,
        private_key: Option<PyRef<'_, PrivateKey>>,
    ) -> PyResult<()> {
        let key = private_key.as_ref().map(|key| key.signing_key());
        attached(py, || self.0.check(Time::or_now(now)?, key))
    }

    fn __repr__(&self) -> String {
        let (subject, serial) = (self.0.subject(), self.0.serial_number());
        format!("<Identity {subject:?} serial number {serial}>")
    }
}

impl Finding {
    fn of(finding: CoreFinding) -> Self {
        Self {
            code: finding.error.code().as_str(),
            severity: finding.severity.as_str(),
            fact: finding.error.message().to_owned(),
            hint: finding.error.hint().to_owned(),
        }
    }
}

#[pymethods]
impl Finding {
    fn __repr__(&self) -> String {
        format!("<Finding {} {}: {}>", self.severity, self.code, self.fact)
    }
}
