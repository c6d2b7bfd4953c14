//! `rolesanywhere_credentials`: what this is all for.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::handle::{Out, ask, borrow, free};
use crate::identity::at;
use crate::slice::{OwnedText, Text, lend_option, text};
use crate::string::StringHandle;
use rolesanywhere::core::Credentials;
use std::ffi::c_char;
use zeroize::Zeroizing;

/// Temporary credentials. Immutable: any number of threads may read them. Wiped when freed.
///
/// The texts that they lend live as long as they do.
pub struct CredentialsHandle {
    credentials: Credentials,
    access_key_id: OwnedText,
    secret_access_key: OwnedText,
    session_token: OwnedText,
    account_id: Option<OwnedText>,
    role_arn: Option<OwnedText>,
}

impl CredentialsHandle {
    pub(crate) fn new(credentials: Credentials) -> Self {
        Self {
            access_key_id: OwnedText::new(credentials.access_key_id()),
            secret_access_key: OwnedText::new(credentials.secret_access_key()),
            session_token: OwnedText::new(credentials.session_token()),
            account_id: credentials.account_id().map(OwnedText::new),
            role_arn: credentials.role_arn().map(OwnedText::new),
            credentials,
        }
    }

    pub(crate) const fn credentials(&self) -> &Credentials {
        &self.credentials
    }
}

/// Credentials from elsewhere, for `rolesanywhere_refresh_on_success` and for the JSON forms.
/// `expiration` is in Unix seconds; `role_arn` and `account_id` may be NULL. The texts are copied.
///
/// `*credentials` is the caller's, to be freed with `rolesanywhere_credentials_free`. Any thread. Fails
/// with `argument_invalid`, `timestamp_malformed`.
///
/// # Safety
/// The texts are NULL or point to as many bytes as their lengths say; `credentials` and `error` are
/// NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_credentials_new(
    access_key_id: *const c_char,
    access_key_id_length: usize,
    secret_access_key: *const c_char,
    secret_access_key_length: usize,
    session_token: *const c_char,
    session_token_length: usize,
    expiration: i64,
    role_arn: *const c_char,
    role_arn_length: usize,
    account_id: *const c_char,
    account_id_length: usize,
    credentials: *mut *mut CredentialsHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(credentials, "credentials")?;
            let secret = text(
                secret_access_key,
                secret_access_key_length,
                "secret_access_key",
            )?;
            let token = text(session_token, session_token_length, "session_token")?;
            let new = Credentials::new(
                text(access_key_id, access_key_id_length, "access_key_id")?.to_owned(),
                Zeroizing::new(secret.to_owned()),
                Zeroizing::new(token.to_owned()),
                at(expiration)?,
            );
            let role_arn = text(role_arn, role_arn_length, "role_arn")?;
            let account_id = text(account_id, account_id_length, "account_id")?;
            out.give(CredentialsHandle::new(with_role(new, role_arn, account_id)));
            Ok(())
        })
    }
}

fn with_role(credentials: Credentials, role_arn: &str, account_id: &str) -> Credentials {
    let credentials = if role_arn.is_empty() {
        credentials
    } else {
        credentials.with_role(role_arn.to_owned(), account_id.to_owned())
    };
    if account_id.is_empty() {
        return credentials.without_account_id();
    }
    credentials
}

/// The access key id. Borrowed from the credentials.
///
/// # Safety
/// `credentials` is NULL or credentials that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_credentials_access_key_id(
    credentials: *const CredentialsHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(credentials, Text::NONE, |it| Some(it.access_key_id.lend())) }
}

/// The secret access key. Borrowed from the credentials; a copy of it is not wiped for you.
///
/// # Safety
/// `credentials` is NULL or credentials that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_credentials_secret_access_key(
    credentials: *const CredentialsHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(credentials, Text::NONE, |it| {
            Some(it.secret_access_key.lend())
        })
    }
}

/// The session token. Borrowed from the credentials; a copy of it is not wiped for you.
///
/// # Safety
/// `credentials` is NULL or credentials that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_credentials_session_token(
    credentials: *const CredentialsHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(credentials, Text::NONE, |it| Some(it.session_token.lend())) }
}

/// When the session ends, in Unix seconds; 0 for NULL.
///
/// # Safety
/// `credentials` is NULL or credentials that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_credentials_expiration(
    credentials: *const CredentialsHandle,
) -> i64 {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(credentials, 0, |it| {
            Some(it.credentials.expiration().unix_seconds())
        })
    }
}

/// The role's account, 12 digits. Borrowed from the credentials; none where it is not known or was
/// switched off.
///
/// # Safety
/// `credentials` is NULL or credentials that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_credentials_account_id(
    credentials: *const CredentialsHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(credentials, Text::NONE, |it| {
            Some(lend_option(it.account_id.as_ref()))
        })
    }
}

/// The role's ARN. Borrowed from the credentials; none where it is not known.
///
/// # Safety
/// `credentials` is NULL or credentials that are not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_credentials_role_arn(
    credentials: *const CredentialsHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(credentials, Text::NONE, |it| {
            Some(lend_option(it.role_arn.as_ref()))
        })
    }
}

/// The object that a `credential_process` prints: one line of JSON, without a line end.
///
/// `*json` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails with
/// `null_argument` alone.
///
/// # Safety
/// `credentials` is NULL or credentials that are not freed meanwhile; `json` and `error` are NULL or
/// may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_credentials_to_credential_process_json(
    credentials: *const CredentialsHandle,
    json: *mut *mut StringHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(json, "json")?;
            let credentials = &borrow(credentials, "credentials")?.credentials;
            out.give(StringHandle::new(&credentials.to_credential_process_json()));
            Ok(())
        })
    }
}

/// The object that a container's credentials endpoint answers with: one line of JSON.
///
/// `*json` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails with
/// `null_argument` alone.
///
/// # Safety
/// `credentials` is NULL or credentials that are not freed meanwhile; `json` and `error` are NULL or
/// may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_credentials_to_container_json(
    credentials: *const CredentialsHandle,
    json: *mut *mut StringHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(json, "json")?;
            let credentials = &borrow(credentials, "credentials")?.credentials;
            out.give(StringHandle::new(&credentials.to_container_json()));
            Ok(())
        })
    }
}

/// The object that the EC2 instance metadata service answers with: one line of JSON. `last_updated` is
/// when the credentials were fetched, in Unix seconds.
///
/// `*json` is the caller's, to be freed with `rolesanywhere_string_free`. Any thread. Fails with
/// `null_argument`, `timestamp_malformed`.
///
/// # Safety
/// `credentials` is NULL or credentials that are not freed meanwhile; `json` and `error` are NULL or
/// may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_credentials_to_imds_json(
    credentials: *const CredentialsHandle,
    last_updated: i64,
    json: *mut *mut StringHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(json, "json")?;
            let credentials = &borrow(credentials, "credentials")?.credentials;
            out.give(StringHandle::new(
                &credentials.to_imds_json(at(last_updated)?),
            ));
            Ok(())
        })
    }
}

/// Ends credentials and the texts they lent; the secrets are wiped. NULL is fine.
///
/// # Safety
/// `credentials` is NULL or credentials that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_credentials_free(credentials: *mut CredentialsHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(credentials) }
}
