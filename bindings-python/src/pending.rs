//! A request that lacks its signature, and what a signer of one's own is asked.

use crate::arguments::{Data, Text, bytes_of, wrong_type};
use crate::boundary::{attached, detached};
use crate::request::HttpRequest;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rolesanywhere_core::PendingSignature as CorePendingSignature;
use rolesanywhere_core::Signature;
use rolesanywhere_core::crypto::AwsLc;
use rolesanywhere_core::error::{Error, ErrorCode, Result, shown};
use rolesanywhere_core::sigv4::{SignatureEncoding, SigningRequest as CoreSigningRequest};

/// Everything up to the signature, made by `prepare`.
#[pyclass(frozen, module = "rolesanywhere")]
pub(crate) struct PendingSignature(pub(crate) CorePendingSignature);

/// What somebody has to sign: what an external signer is called with.
#[pyclass(frozen, module = "rolesanywhere")]
pub(crate) struct SigningRequest(pub(crate) CoreSigningRequest);

/// What a signer returns: `bytes`, or `(bytes, encoding)`.
pub(crate) struct Returned(pub(crate) Signature, pub(crate) SignatureEncoding);

#[pymethods]
impl PendingSignature {
    /// The canonical request (IAM user guide, "Create a signed AWS API request").
    #[getter]
    fn canonical_request(&self) -> &str {
        self.0.canonical_request()
    }

    /// The string to sign, as bytes.
    #[getter]
    fn string_to_sign(&self) -> &[u8] {
        self.0.string_to_sign()
    }

    /// The names of the signed headers, joined by ``;``.
    #[getter]
    fn signed_headers(&self) -> &str {
        self.0.signed_headers()
    }

    /// ``YYYYMMDD/region/service/aws4_request``
    #[getter]
    fn credential_scope(&self) -> &str {
        self.0.credential_scope()
    }

    /// What an external signer gets.
    #[getter]
    fn request(&self, py: Python<'_>) -> PyResult<SigningRequest> {
        attached(py, || Ok(SigningRequest(self.0.request())))
    }

    /// The request without its ``Authorization``, for messages that explain it.
    #[getter]
    fn unsigned_request(&self) -> HttpRequest {
        HttpRequest(self.0.unsigned_request().clone())
    }

    /// The signed request; `encoding` is ``der`` unless given, or ``raw`` (r and s, ECDSA).
    ///
    /// Checks length and encoding only. Raises `SigningError`: ``signature_malformed``.
    #[pyo3(signature = (signature, encoding=None))]
    fn finish(
        &self,
        py: Python<'_>,
        signature: Data,
        encoding: Option<Text>,
    ) -> PyResult<HttpRequest> {
        let request = attached(py, || {
            let signature = Signature::new(signature.0.to_vec());
            let encoding = encoding_of(encoding.as_ref())?;
            self.0.clone().finish(&signature, encoding)
        })?;
        Ok(HttpRequest(request))
    }

    /// Raises `SigningError` unless the signature is by the leaf's key: ``signature_invalid``,
    /// ``signature_malformed``.
    #[pyo3(signature = (signature, encoding=None))]
    fn verify(&self, py: Python<'_>, signature: Data, encoding: Option<Text>) -> PyResult<()> {
        detached(py, || {
            let signature = Signature::new(signature.0.to_vec());
            let encoding = encoding_of(encoding.as_ref())?;
            self.0.verify(&signature, encoding, &AwsLc)
        })
    }

    fn __repr__(&self) -> String {
        format!("<PendingSignature {}>", self.0.credential_scope())
    }
}

#[pymethods]
impl SigningRequest {
    /// The string to sign, as bytes: hashed by the signer for RSA and ECDSA, signed as it is for
    /// ML-DSA.
    #[getter]
    fn message(&self) -> &[u8] {
        &self.0.message
    }

    /// SHA-256 of the message, 32 bytes, for signers that take a digest; `None` for ML-DSA.
    #[getter]
    fn digest(&self) -> Option<&[u8]> {
        self.0.digest.as_ref().map(<[u8; 32]>::as_slice)
    }

    /// ``rsa_pkcs1_sha256``, ``ecdsa_sha256``, ``ml_dsa_44``, ``ml_dsa_65`` or ``ml_dsa_87``.
    #[getter]
    fn scheme(&self) -> &'static str {
        self.0.scheme.as_str()
    }

    /// The leaf's key: ``rsa``, ``p256``, …, ``ml_dsa_87``.
    #[getter]
    fn key_algorithm(&self) -> &'static str {
        self.0.key_algorithm.as_str()
    }

    /// The leaf's DER, as bytes, to find the key by.
    #[getter]
    fn certificate_der(&self) -> &[u8] {
        &self.0.certificate_der
    }

    fn __repr__(&self) -> String {
        format!("<SigningRequest {}>", self.0.scheme.as_str())
    }
}

pub(crate) fn encoding_of(encoding: Option<&Text>) -> Result<SignatureEncoding> {
    match encoding.map(Text::as_str) {
        None | Some("der") => Ok(SignatureEncoding::Der),
        Some("raw") => Ok(SignatureEncoding::Raw),
        Some(other) => {
            let message = format!(
                "a signature's encoding is `der` or `raw` and not {}",
                shown(other)
            );
            Err(Error::new(ErrorCode::SignatureMalformed, message))
        }
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for Returned {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let pair: Option<(Bound<'_, PyAny>, Text)> = match object.cast::<PyTuple>() {
            Ok(pair) => Some(pair.extract()?),
            Err(_) => None,
        };
        let (signature, encoding) = match &pair {
            Some((signature, encoding)) => (signature.as_borrowed(), Some(encoding)),
            None => (object, None),
        };
        let expected = "a signature as bytes or (bytes, \"raw\")";
        let bytes = bytes_of(signature).ok_or_else(|| wrong_type(expected, signature))??;
        let encoding = attached(object.py(), || encoding_of(encoding))?;
        Ok(Self(Signature::new(bytes.to_vec()), encoding))
    }
}
