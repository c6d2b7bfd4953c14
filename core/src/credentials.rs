//! The session's credentials: redacted when printed, wiped when dropped.

mod json;

use crate::time::Timestamp;
use alloc::{string::String, sync::Arc, vec::Vec};
use core::fmt;
use zeroize::Zeroizing;

/// Temporary credentials, as CreateSession returned them.
///
/// Neither `Clone` nor `Serialize`: the secrets leave through the accessors and the JSON forms alone.
pub struct Credentials {
    access_key_id: String,
    secret_access_key: Arc<Zeroizing<String>>,
    session_token: Arc<Zeroizing<String>>,
    expiration: Timestamp,
    account_id: Option<String>,
    role_arn: Option<String>,
}

impl Credentials {
    /// Credentials from their parts; any source of credentials can make them.
    #[must_use]
    pub fn new(
        access_key_id: String,
        secret_access_key: Zeroizing<String>,
        session_token: Zeroizing<String>,
        expiration: Timestamp,
    ) -> Self {
        let (account_id, role_arn) = (None, None);
        Self {
            access_key_id,
            secret_access_key: Arc::new(secret_access_key),
            session_token: Arc::new(session_token),
            expiration,
            account_id,
            role_arn,
        }
    }

    /// A second handle on the same secrets: they are in memory once, and wiped with the last handle.
    #[must_use]
    pub fn share(&self) -> Self {
        Self {
            access_key_id: self.access_key_id.clone(),
            secret_access_key: Arc::clone(&self.secret_access_key),
            session_token: Arc::clone(&self.session_token),
            expiration: self.expiration,
            account_id: self.account_id.clone(),
            role_arn: self.role_arn.clone(),
        }
    }

    /// The same credentials with the role's ARN and its account.
    #[must_use]
    pub fn with_role(self, role_arn: String, account_id: String) -> Self {
        Self {
            role_arn: Some(role_arn),
            account_id: Some(account_id),
            ..self
        }
    }

    /// The same credentials without the account, which turns account-based endpoints off.
    #[must_use]
    pub fn without_account_id(self) -> Self {
        Self {
            account_id: None,
            ..self
        }
    }

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
    pub const fn expiration(&self) -> Timestamp {
        self.expiration
    }

    /// The role's account: 12 digits.
    #[must_use]
    pub fn account_id(&self) -> Option<&str> {
        self.account_id.as_deref()
    }

    /// The role's ARN.
    #[must_use]
    pub fn role_arn(&self) -> Option<&str> {
        self.role_arn.as_deref()
    }

    /// The object that `credential_process` prints: one line, no line end (AWS SDKs and Tools
    /// reference guide, "Process credential provider").
    ///
    /// # Examples
    /// ```
    /// use rolesanywhere_core::{Credentials, Timestamp};
    ///
    /// let expiration = Timestamp::from_unix_seconds(1_795_240_399)?;
    /// let credentials = Credentials::new(
    ///     "ASIAEXAMPLE".to_owned(),
    ///     "secret".to_owned().into(),
    ///     "token".to_owned().into(),
    ///     expiration,
    /// );
    /// assert_eq!(
    ///     *credentials.to_credential_process_json(),
    ///     r#"{"Version":1,"AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"secret","SessionToken":"token","Expiration":"2026-11-21T05:53:19Z"}"#
    /// );
    /// # Ok::<(), rolesanywhere_core::Error>(())
    /// ```
    #[must_use]
    pub fn to_credential_process_json(&self) -> Zeroizing<String> {
        let expiration = self.expiration.rfc3339();
        let mut members: Vec<(&str, &str)> = [
            ("AccessKeyId", self.access_key_id()),
            ("SecretAccessKey", self.secret_access_key()),
            ("SessionToken", self.session_token()),
            ("Expiration", &expiration),
        ]
        .into();
        members.extend(
            self.account_id()
                .map(|account_id| ("AccountId", account_id)),
        );
        json::object(r#""Version":1"#, &members)
    }

    /// The object that the EC2 instance metadata service answers with for a role, one line
    /// (Amazon EC2 user guide, "Retrieve security credentials from instance metadata").
    ///
    /// `last_updated` is when these credentials were fetched.
    #[must_use]
    pub fn to_imds_json(&self, last_updated: Timestamp) -> Zeroizing<String> {
        let (last_updated, expiration) = (last_updated.rfc3339(), self.expiration.rfc3339());
        let members = [
            ("LastUpdated", last_updated.as_str()),
            ("Type", "AWS-HMAC"),
            ("AccessKeyId", self.access_key_id()),
            ("SecretAccessKey", self.secret_access_key()),
            ("Token", self.session_token()),
            ("Expiration", &expiration),
        ];
        json::object(r#""Code":"Success""#, &members)
    }

    /// The object that a container's credentials endpoint answers with, one line (AWS SDKs and
    /// Tools reference guide, "Container credential provider"). Account and role are left out where
    /// they are not known.
    #[must_use]
    pub fn to_container_json(&self) -> Zeroizing<String> {
        let expiration = self.expiration.rfc3339();
        let mut members: Vec<(&str, &str)> = [
            ("AccessKeyId", self.access_key_id()),
            ("SecretAccessKey", self.secret_access_key()),
            ("Token", self.session_token()),
            ("Expiration", &expiration),
        ]
        .into();
        let account_id = self.account_id().map(|text| ("AccountId", text));
        let role_arn = self.role_arn().map(|text| ("RoleArn", text));
        members.extend(account_id.into_iter().chain(role_arn));
        json::object("", &members)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id)
            .field("expiration", &self.expiration.rfc3339())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Credentials;
    use crate::time::Timestamp;
    use alloc::{borrow::ToOwned, format};

    fn credentials() -> Credentials {
        Credentials::new(
            "ASIAEXAMPLE".to_owned(),
            "se\"cr\u{1}et".to_owned().into(),
            "to/k+en==".to_owned().into(),
            Timestamp::from_unix_seconds(0).unwrap(),
        )
    }

    #[test]
    fn printed_without_secrets() {
        let text = format!("{:?}", credentials());
        assert_eq!(
            text,
            r#"Credentials { access_key_id: "ASIAEXAMPLE", expiration: "1970-01-01T00:00:00Z", .. }"#
        );
    }

    #[test]
    fn metadata_and_container_forms() {
        let role = ("arn".to_owned(), "111122223333".to_owned());
        let known = credentials().with_role(role.0, role.1);
        assert_eq!(
            *known.to_imds_json(Timestamp::from_unix_seconds(60).unwrap()),
            r#"{"Code":"Success","LastUpdated":"1970-01-01T00:01:00Z","Type":"AWS-HMAC","AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"se\"cr\u0001et","Token":"to/k+en==","Expiration":"1970-01-01T00:00:00Z"}"#
        );
        assert!(known.to_container_json().ends_with(
            r#""Token":"to/k+en==","Expiration":"1970-01-01T00:00:00Z","AccountId":"111122223333","RoleArn":"arn"}"#
        ));
        assert!(credentials().to_container_json().ends_with(r#"00Z"}"#));
    }

    #[test]
    fn account_id_is_printed_unless_left_out() {
        let with = credentials().with_role("arn".to_owned(), "111122223333".to_owned());
        let json = with.to_credential_process_json();
        assert!(
            json.ends_with(r#""Expiration":"1970-01-01T00:00:00Z","AccountId":"111122223333"}"#)
        );
        let without = with.without_account_id().to_credential_process_json();
        assert!(without.contains(r#""SecretAccessKey":"se\"cr\u0001et""#));
        assert!(!without.contains("AccountId"));
    }
}
