//! The session's credentials: redacted when printed, wiped when dropped.

use crate::time::Timestamp;
use alloc::string::String;
use zeroize::Zeroizing;

/// Temporary credentials.
pub struct Credentials {
    access_key_id: String,
    secret_access_key: Zeroizing<String>,
    session_token: Zeroizing<String>,
    expiration: Timestamp,
    account_id: Option<String>,
    role_arn: Option<String>,
}

impl Credentials {
    /// The access key id.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The secret access key.
    #[must_use]
    pub fn secret_access_key(&self) -> &str {
        &self.secret_access_key
    }

    /// The session token.
    #[must_use]
    pub fn session_token(&self) -> &str {
        &self.session_token
    }

    /// When the session ends.
    #[must_use]
    pub fn expiration(&self) -> Timestamp {
        self.expiration
    }

    /// The role's account, 12 digits.
    #[must_use]
    pub fn account_id(&self) -> Option<&str> {
        self.account_id.as_deref()
    }

    /// The role's ARN.
    #[must_use]
    pub fn role_arn(&self) -> Option<&str> {
        self.role_arn.as_deref()
    }

    /// The same credentials without `AccountId`.
    #[must_use]
    pub fn without_account_id(self) -> Self {
        Self {
            account_id: None,
            ..self
        }
    }

    /// The object that `credential_process` prints: one line, no line end.
    #[must_use]
    pub fn to_credential_process_json(&self) -> Zeroizing<String> {
        todo!()
    }
}

impl core::fmt::Debug for Credentials {
    fn fmt(&self, _formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        todo!()
    }
}
