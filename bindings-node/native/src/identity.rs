//! `Identity`, `PrivateKey`, `loadIdentity`.

use crate::error::thrown;
use crate::guard::{caught, guarded, time};
use napi::bindgen_prelude::{AsyncTask, Uint8Array};
use napi::{Env, Task};
use napi_derive::napi;
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::error::Result;
use rolesanywhere::core::identity::load_identity as load;
use rolesanywhere::core::{self, Backend, Signature, SigningKey};
use std::sync::Arc;
use zeroize::Zeroizing;

/// An end-entity certificate and its chain.
#[napi]
#[derive(Debug)]
pub struct Identity(pub(crate) Arc<core::Identity>);

/// What is found about an identity.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Finding {
    pub code: String,
    pub severity: String,
    pub fact: String,
    pub hint: String,
}

#[napi]
impl Identity {
    #[napi(factory)]
    pub fn from_pem(certificate: &[u8], chain: Option<&[u8]>) -> napi::Result<Self> {
        guarded(|| core::Identity::from_pem(certificate, chain).map(Self::new))
    }

    #[napi(getter)]
    #[must_use]
    pub fn serial_number(&self) -> String {
        self.0.serial_number().to_owned()
    }

    #[napi(getter)]
    #[must_use]
    pub fn key_algorithm(&self) -> String {
        self.0.key_algorithm().as_str().to_owned()
    }

    #[napi(getter)]
    #[must_use]
    pub fn algorithm(&self) -> String {
        self.0.algorithm().as_str().to_owned()
    }

    #[napi(getter)]
    #[must_use]
    pub fn subject(&self) -> String {
        self.0.subject()
    }

    #[napi(getter)]
    #[must_use]
    pub fn issuer(&self) -> String {
        self.0.issuer()
    }

    /// Unix seconds.
    #[napi(getter)]
    #[must_use]
    pub fn not_before(&self) -> i64 {
        self.0.not_before().unix_seconds()
    }

    /// Unix seconds.
    #[napi(getter)]
    #[must_use]
    pub fn not_after(&self) -> i64 {
        self.0.not_after().unix_seconds()
    }

    #[napi(getter)]
    #[must_use]
    pub fn certificate_der(&self) -> Uint8Array {
        self.0.certificate_der().into()
    }

    #[napi(getter)]
    #[must_use]
    pub fn chain_der(&self) -> Vec<Uint8Array> {
        self.0.chain_der().map(Uint8Array::from).collect()
    }

    /// `now` in Unix seconds.
    #[napi]
    pub fn findings(
        &self,
        now: i64,
        private_key: Option<&PrivateKey>,
    ) -> napi::Result<Vec<Finding>> {
        guarded(|| {
            let findings = self.0.findings(time(now)?, signing_key(private_key));
            Ok(findings.into_iter().map(Finding::from).collect())
        })
    }

    /// `now` in Unix seconds.
    #[napi]
    pub fn check(&self, now: i64, private_key: Option<&PrivateKey>) -> napi::Result<()> {
        guarded(|| self.0.check(time(now)?, signing_key(private_key)))
    }

    pub(crate) fn new(identity: core::Identity) -> Self {
        Self(Arc::new(identity))
    }
}

impl From<core::identity::Finding> for Finding {
    fn from(finding: core::identity::Finding) -> Self {
        Self {
            code: finding.error.code().as_str().to_owned(),
            severity: finding.severity.as_str().to_owned(),
            fact: finding.error.message().to_owned(),
            hint: finding.error.hint().to_owned(),
        }
    }
}

fn signing_key(key: Option<&PrivateKey>) -> Option<&dyn SigningKey> {
    key.map(|key| key.0.as_ref())
}

/// A private key that signs and is never exported.
#[napi]
#[derive(Debug)]
pub struct PrivateKey(pub(crate) Arc<dyn SigningKey>);

#[napi]
impl PrivateKey {
    #[napi(factory)]
    pub fn from_pem(data: &[u8], passphrase: Option<&[u8]>) -> napi::Result<Self> {
        guarded(|| read_key(data, passphrase).map(Self))
    }

    #[napi(getter)]
    #[must_use]
    pub fn key_algorithm(&self) -> String {
        self.0.public_key().algorithm().as_str().to_owned()
    }

    #[napi]
    #[must_use]
    pub fn matches(&self, identity: &Identity) -> bool {
        self.0.public_key() == identity.0.public_key()
    }

    /// ECDSA signatures are ASN.1 DER.
    #[napi]
    pub fn sign(&self, message: &[u8]) -> napi::Result<Uint8Array> {
        guarded(|| Ok(self.0.sign(message)?.as_bytes().into()))
    }

    #[napi]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> napi::Result<()> {
        guarded(|| {
            let signature = Signature::new(signature.to_vec());
            AwsLc.verify(self.0.public_key(), message, &signature)
        })
    }
}

fn read_key(data: &[u8], passphrase: Option<&[u8]>) -> Result<Arc<dyn SigningKey>> {
    let key = core::PrivateKey::from_pem(data, passphrase)?;
    Ok(Arc::from(AwsLc.signing_key(key)?))
}

/// Deriving a key from a passphrase takes up to seconds: this is for another thread.
#[napi(ts_return_type = "Promise<PrivateKey>")]
pub fn load_private_key(
    data: Uint8Array,
    passphrase: Option<Uint8Array>,
) -> AsyncTask<LoadPrivateKey> {
    AsyncTask::new(LoadPrivateKey {
        data: copied(&data),
        passphrase: passphrase.as_ref().map(copied),
    })
}

#[derive(Debug)]
pub struct LoadPrivateKey {
    data: Zeroizing<Vec<u8>>,
    passphrase: Option<Zeroizing<Vec<u8>>>,
}

impl Task for LoadPrivateKey {
    type Output = Result<Arc<dyn SigningKey>>;
    type JsValue = PrivateKey;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        Ok(caught(|| read_key(&self.data, text(&self.passphrase))))
    }

    fn resolve(&mut self, _: Env, output: Self::Output) -> napi::Result<PrivateKey> {
        output.map(PrivateKey).map_err(|error| thrown(&error))
    }
}

/// An identity, and its key where one was given.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct LoadedIdentity {
    pub identity: Identity,
    pub private_key: Option<PrivateKey>,
}

/// Any mix of certificates, chain and key; on another thread.
#[napi(ts_return_type = "Promise<LoadedIdentity>")]
pub fn load_identity(
    parts: Vec<Uint8Array>,
    passphrase: Option<Uint8Array>,
) -> AsyncTask<LoadIdentity> {
    AsyncTask::new(LoadIdentity {
        parts: parts.iter().map(copied).collect(),
        passphrase: passphrase.as_ref().map(copied),
    })
}

/// The same on this thread.
#[napi]
pub fn load_identity_sync(
    parts: Vec<&[u8]>,
    passphrase: Option<&[u8]>,
) -> napi::Result<LoadedIdentity> {
    guarded(|| load(&parts, passphrase, &AwsLc)).map(pair)
}

#[derive(Debug)]
pub struct LoadIdentity {
    parts: Vec<Zeroizing<Vec<u8>>>,
    passphrase: Option<Zeroizing<Vec<u8>>>,
}

type Loaded = (core::Identity, Option<Box<dyn SigningKey>>);

impl Task for LoadIdentity {
    type Output = Result<Loaded>;
    type JsValue = LoadedIdentity;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        Ok(caught(|| {
            let parts: Vec<&[u8]> = self.parts.iter().map(|part| part.as_slice()).collect();
            load(&parts, text(&self.passphrase), &AwsLc)
        }))
    }

    fn resolve(&mut self, _: Env, output: Self::Output) -> napi::Result<Self::JsValue> {
        output.map(pair).map_err(|error| thrown(&error))
    }
}

fn pair((identity, key): Loaded) -> LoadedIdentity {
    LoadedIdentity {
        identity: Identity::new(identity),
        private_key: key.map(|key| PrivateKey(Arc::from(key))),
    }
}

/// JavaScript may write to its memory while another thread reads it, so that thread gets a copy.
pub(crate) fn copied(bytes: &Uint8Array) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(bytes.to_vec())
}

fn text(passphrase: &Option<Zeroizing<Vec<u8>>>) -> Option<&[u8]> {
    passphrase.as_ref().map(|it| it.as_slice())
}
