//! `Credentials`.

use crate::guard::{guarded, time};
use napi_derive::napi;
use rolesanywhere::core;
use std::sync::Arc;

/// Temporary credentials, wiped when the object is collected.
#[napi]
#[derive(Debug)]
pub struct Credentials(pub(crate) Arc<core::Credentials>);

/// What credentials are made of.
#[napi(object)]
pub struct CredentialsParts {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub session_token: String,
    /// Unix seconds.
    pub expiration: i64,
    pub account_id: Option<String>,
    pub role_arn: Option<String>,
}

#[napi]
impl Credentials {
    #[napi(constructor)]
    pub fn new(parts: CredentialsParts) -> napi::Result<Self> {
        guarded(|| {
            let expiration = time(parts.expiration)?;
            let mut credentials = core::Credentials::new(
                parts.access_key_id,
                parts.secret_access_key.into(),
                parts.session_token.into(),
                expiration,
            );
            let knows_account = parts.account_id.is_some();
            if let Some(role_arn) = parts.role_arn {
                credentials = credentials.with_role(role_arn, parts.account_id.unwrap_or_default());
            }
            if !knows_account {
                credentials = credentials.without_account_id();
            }
            Ok(Self(Arc::new(credentials)))
        })
    }

    #[napi(getter)]
    #[must_use]
    pub fn access_key_id(&self) -> String {
        self.0.access_key_id().to_owned()
    }

    #[napi(getter)]
    #[must_use]
    pub fn secret_access_key(&self) -> String {
        self.0.secret_access_key().to_owned()
    }

    #[napi(getter)]
    #[must_use]
    pub fn session_token(&self) -> String {
        self.0.session_token().to_owned()
    }

    /// Unix seconds.
    #[napi(getter)]
    #[must_use]
    pub fn expiration(&self) -> i64 {
        self.0.expiration().unix_seconds()
    }

    #[napi(getter)]
    #[must_use]
    pub fn account_id(&self) -> Option<String> {
        self.0.account_id().map(str::to_owned)
    }

    #[napi(getter)]
    #[must_use]
    pub fn role_arn(&self) -> Option<String> {
        self.0.role_arn().map(str::to_owned)
    }

    #[napi]
    #[must_use]
    pub fn to_credential_process_json(&self) -> String {
        self.0.to_credential_process_json().to_string()
    }

    #[napi]
    #[must_use]
    pub fn to_container_json(&self) -> String {
        self.0.to_container_json().to_string()
    }

    /// `last_updated` in Unix seconds.
    #[napi]
    pub fn to_imds_json(&self, last_updated: i64) -> napi::Result<String> {
        guarded(|| Ok(self.0.to_imds_json(time(last_updated)?).to_string()))
    }
}

impl std::fmt::Debug for CredentialsParts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("CredentialsParts(…)")
    }
}
