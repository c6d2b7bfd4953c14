//! `SignableRequest`, `PendingSignature`, `HttpRequest`.

use crate::guard::{guarded, time};
use crate::identity::{Identity, PrivateKey};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;
use rolesanywhere::core::crypto::AwsLc;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::core::sigv4::{self, SignatureEncoding};
use rolesanywhere::core::{self, Signature};

/// Any request that is to be signed.
#[napi(object)]
pub struct RequestParts {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Uint8Array,
    pub region: String,
    pub service: String,
}

/// A request as it goes on the wire.
#[napi(object, object_from_js = false)]
pub struct HttpRequest {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Uint8Array,
}

/// What somebody has to sign.
#[napi(object, object_from_js = false)]
pub struct SigningRequest {
    pub message: Uint8Array,
    pub digest: Option<Uint8Array>,
    pub scheme: String,
    pub key_algorithm: String,
    pub certificate_der: Uint8Array,
}

/// `now` in Unix seconds.
#[napi]
pub fn prepare_request(
    request: RequestParts,
    identity: &Identity,
    now: i64,
) -> napi::Result<PendingSignature> {
    guarded(|| {
        let headers: Vec<(&str, &str)> = request
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let signable = core::SignableRequest {
            method: &request.method,
            url: &request.url,
            headers: &headers,
            body: &request.body,
            region: &request.region,
            service: &request.service,
        };
        signable
            .prepare(&identity.0, time(now)?)
            .map(PendingSignature)
    })
}

/// A request that lacks only its signature.
#[napi]
#[derive(Debug)]
pub struct PendingSignature(pub(crate) core::PendingSignature);

#[napi]
impl PendingSignature {
    #[napi(getter)]
    #[must_use]
    pub fn canonical_request(&self) -> String {
        self.0.canonical_request().to_owned()
    }

    #[napi(getter)]
    #[must_use]
    pub fn string_to_sign(&self) -> Uint8Array {
        self.0.string_to_sign().into()
    }

    #[napi(getter)]
    #[must_use]
    pub fn signed_headers(&self) -> String {
        self.0.signed_headers().to_owned()
    }

    #[napi(getter)]
    #[must_use]
    pub fn credential_scope(&self) -> String {
        self.0.credential_scope().to_owned()
    }

    #[napi(getter)]
    #[must_use]
    pub fn unsigned_body(&self) -> Uint8Array {
        self.0.unsigned_request().body.as_slice().into()
    }

    #[napi(getter)]
    #[must_use]
    pub fn request(&self) -> SigningRequest {
        self.0.request().into()
    }

    #[napi]
    pub fn finish(&self, signature: &[u8], encoding: String) -> napi::Result<HttpRequest> {
        guarded(|| {
            let signature = Signature::new(signature.to_vec());
            let request = self
                .0
                .clone()
                .finish(&signature, self::encoding(&encoding)?)?;
            Ok(request.into())
        })
    }

    #[napi]
    pub fn sign(&self, private_key: &PrivateKey) -> napi::Result<HttpRequest> {
        guarded(|| Ok(self.0.clone().sign(private_key.0.as_ref())?.into()))
    }

    #[napi]
    pub fn verify(&self, signature: &[u8], encoding: String) -> napi::Result<()> {
        guarded(|| {
            let signature = Signature::new(signature.to_vec());
            self.0
                .verify(&signature, self::encoding(&encoding)?, &AwsLc)
        })
    }
}

pub(crate) fn encoding(name: &str) -> Result<SignatureEncoding> {
    match name {
        "der" => Ok(SignatureEncoding::Der),
        "raw" => Ok(SignatureEncoding::Raw),
        _ => Err(Error::new(
            ErrorCode::OptionInvalid,
            "the encoding of a signature is `der` or `raw`",
        )),
    }
}

impl From<core::HttpRequest> for HttpRequest {
    fn from(request: core::HttpRequest) -> Self {
        Self {
            method: request.method,
            url: request.url,
            headers: request.headers,
            body: request.body.into(),
        }
    }
}

impl From<sigv4::SigningRequest> for SigningRequest {
    fn from(request: sigv4::SigningRequest) -> Self {
        Self {
            message: request.message.into(),
            digest: request.digest.map(|digest| digest.to_vec().into()),
            scheme: request.scheme.as_str().to_owned(),
            key_algorithm: request.key_algorithm.as_str().to_owned(),
            certificate_der: request.certificate_der.into(),
        }
    }
}
