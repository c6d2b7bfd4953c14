//! `CreateSession`.

use crate::credentials::Credentials;
use crate::guard::{guarded, time};
use crate::identity::{Identity, PrivateKey};
use crate::pending::{HttpRequest, PendingSignature};
use napi_derive::napi;
use rolesanywhere::core;
use rolesanywhere::core::session::CreateSessionOptions as Options;
use std::sync::Arc;

/// The options of a CreateSession.
#[napi(object)]
#[derive(Debug)]
pub struct CreateSessionOptions {
    pub trust_anchor_arn: String,
    pub profile_arn: String,
    pub role_arn: String,
    pub region: Option<String>,
    pub endpoint: Option<String>,
    pub allow_http: Option<bool>,
    pub duration_seconds: Option<u32>,
    pub role_session_name: Option<String>,
    pub instance_properties: Option<Vec<(String, String)>>,
    pub use_fips_endpoint: Option<bool>,
    pub use_dualstack_endpoint: Option<bool>,
}

/// A checked CreateSession.
#[napi]
#[derive(Debug)]
pub struct CreateSession(pub(crate) core::CreateSession);

#[napi]
impl CreateSession {
    #[napi(constructor)]
    pub fn new(options: CreateSessionOptions) -> napi::Result<Self> {
        guarded(|| {
            let properties = options.instance_properties.unwrap_or_default();
            let properties: Vec<(&str, &str)> = properties
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            core::CreateSession::new(&Options {
                trust_anchor_arn: &options.trust_anchor_arn,
                profile_arn: &options.profile_arn,
                role_arn: &options.role_arn,
                region: options.region.as_deref(),
                endpoint: options.endpoint.as_deref(),
                allow_http: options.allow_http.unwrap_or_default(),
                duration_seconds: options.duration_seconds,
                role_session_name: options.role_session_name.as_deref(),
                instance_properties: &properties,
                use_fips_endpoint: options.use_fips_endpoint.unwrap_or_default(),
                use_dualstack_endpoint: options.use_dualstack_endpoint.unwrap_or_default(),
            })
            .map(Self)
        })
    }

    #[napi(getter)]
    #[must_use]
    pub fn url(&self) -> String {
        self.0.url().to_owned()
    }

    #[napi(getter)]
    #[must_use]
    pub fn region(&self) -> String {
        self.0.region().to_owned()
    }

    /// `now` in Unix seconds.
    #[napi]
    pub fn prepare(&self, identity: &Identity, now: i64) -> napi::Result<PendingSignature> {
        guarded(|| {
            self.0
                .prepare(&identity.0, time(now)?)
                .map(PendingSignature)
        })
    }

    /// `now` in Unix seconds.
    #[napi]
    pub fn sign(
        &self,
        identity: &Identity,
        private_key: &PrivateKey,
        now: i64,
    ) -> napi::Result<HttpRequest> {
        guarded(|| {
            let key = private_key.0.as_ref();
            Ok(self.0.sign(&identity.0, key, time(now)?)?.into())
        })
    }

    /// `now` in Unix seconds.
    #[napi]
    pub fn parse_response(
        &self,
        status: u16,
        headers: Vec<(String, String)>,
        body: &[u8],
        now: Option<i64>,
    ) -> napi::Result<Credentials> {
        guarded(|| {
            let now = now.map(time).transpose()?;
            let read = self.0.parse_response(status, &headers, body, now)?;
            Ok(Credentials(Arc::new(read)))
        })
    }
}
