//! Private keys: read, used, never given away.

use crate::arguments::Data;
use crate::boundary::{attached, detached};
use crate::identity::Identity;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};
use rolesanywhere_core::PrivateKey as CorePrivateKey;
use rolesanywhere_core::crypto::AwsLc;
use rolesanywhere_core::error::Result;
use rolesanywhere_core::identity::load_identity as core_load_identity;
use rolesanywhere_core::signing::{Backend, PublicKey, Signature, SigningKey};
use std::sync::Arc;

/// A private key, made by `from_pem` or `load_identity`; it signs, and is never given away.
#[pyclass(frozen, module = "rolesanywhere")]
pub(crate) struct PrivateKey(Arc<dyn SigningKey>);

/// The same key for as many snapshots as are taken of it.
#[derive(Debug)]
pub(crate) struct SharedKey(Arc<dyn SigningKey>);

impl PrivateKey {
    pub(crate) fn signing_key(&self) -> &dyn SigningKey {
        &*self.0
    }

    pub(crate) fn share(&self) -> Box<dyn SigningKey> {
        Box::new(SharedKey(Arc::clone(&self.0)))
    }
}

impl SigningKey for SharedKey {
    fn public_key(&self) -> &PublicKey {
        self.0.public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<Signature> {
        self.0.sign(message)
    }
}

#[pymethods]
impl PrivateKey {
    /// Reads one private key: PKCS#8, SEC1, PKCS#1 or PKCS#12, in PEM or DER.
    ///
    /// Raises `IdentityError`: ``private_key_missing``, ``private_key_malformed``,
    /// ``private_key_encrypted``, ``passphrase_incorrect``, ``key_derivation_too_costly``,
    /// ``key_algorithm_unsupported``, ``key_too_small``, …
    #[staticmethod]
    #[pyo3(signature = (data, passphrase=None))]
    fn from_pem(py: Python<'_>, data: Data, passphrase: Option<Data>) -> PyResult<Self> {
        let passphrase = passphrase.as_ref().map(Data::as_slice);
        let key = detached(py, || {
            AwsLc.signing_key(CorePrivateKey::from_pem(data.as_slice(), passphrase)?)
        })?;
        Ok(Self(key.into()))
    }

    /// ``rsa``, ``p256``, ``p384``, ``p521``, ``ml_dsa_44``, ``ml_dsa_65`` or ``ml_dsa_87``.
    #[getter]
    fn key_algorithm(&self) -> &'static str {
        self.0.public_key().algorithm().as_str()
    }

    /// Signs a message, not its digest, over SHA-256 (ML-DSA: the message itself); ECDSA signatures
    /// are DER. Raises `SigningError`: ``signing_failed``.
    fn sign<'py>(&self, py: Python<'py>, message: Data) -> PyResult<Bound<'py, PyBytes>> {
        let signature = detached(py, || self.0.sign(message.as_slice()))?;
        Ok(PyBytes::new(py, signature.as_bytes()))
    }

    /// Raises `SigningError` unless a signature over `message` is by this key:
    /// ``signature_invalid``.
    fn verify(&self, py: Python<'_>, message: Data, signature: Data) -> PyResult<()> {
        let signature = Signature::new(signature.0.to_vec());
        detached(py, || {
            AwsLc.verify(self.0.public_key(), message.as_slice(), &signature)
        })
    }

    /// Whether it is the key of the identity's leaf.
    fn matches(&self, py: Python<'_>, identity: PyRef<'_, Identity>) -> PyResult<bool> {
        attached(py, || Ok(self.0.public_key() == identity.0.public_key()))
    }

    fn __repr__(&self) -> String {
        format!("<PrivateKey {}, redacted>", self.key_algorithm())
    }
}

/// Reads an identity and, where there is one, its key from any mix of PEM, DER and PKCS#12.
///
/// The leaf is the certificate that matches the key. Raises `IdentityError`, as
/// `Identity.from_pem` and `PrivateKey.from_pem`; ``key_mismatch``.
#[pyfunction]
#[pyo3(signature = (*data, passphrase=None))]
pub(crate) fn load_identity(
    py: Python<'_>,
    data: &Bound<'_, PyTuple>,
    passphrase: Option<Data>,
) -> PyResult<(Identity, Option<PrivateKey>)> {
    let parts: Vec<Data> = data.extract()?;
    let parts: Vec<&[u8]> = parts.iter().map(Data::as_slice).collect();
    let passphrase = passphrase.as_ref().map(Data::as_slice);
    let (identity, key) = detached(py, || core_load_identity(&parts, passphrase, &AwsLc))?;
    Ok((Identity(identity), key.map(|key| PrivateKey(key.into()))))
}
