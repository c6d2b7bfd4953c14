//! `rolesanywhere_create_session`: the request for credentials, for hosts that send by themselves.

use crate::boundary::{ResultCode, fallible};
use crate::config::ConfigHandle;
use crate::credentials::CredentialsHandle;
use crate::error::ErrorHandle;
use crate::handle::{Out, ask, borrow, borrow_mut, free};
use crate::http_request::HttpRequestHandle;
use crate::http_response::HttpResponseHandle;
use crate::identity::{IdentityHandle, at};
use crate::pending_signature::PendingSignatureHandle;
use crate::private_key::PrivateKeyHandle;
use crate::slice::{OwnedText, Text};
use rolesanywhere::core::{CreateSession, Credentials, Timestamp};

/// No time, where a function takes a time that may be left out.
pub const ROLESANYWHERE_NO_TIME: i64 = -1;

/// A CreateSession whose options have been checked. Immutable: any number of threads may use one.
pub struct CreateSessionHandle {
    create: CreateSession,
    url: OwnedText,
    region: OwnedText,
}

/// The CreateSession that a configuration describes. No certificate needs to be configured.
///
/// `*create_session` is the caller's, to be freed with `rolesanywhere_create_session_free`; it borrows
/// nothing. Fails with a code of kind `input`, naming the option.
///
/// # Safety
/// `config` is NULL or a configuration that is not changed or freed meanwhile; `create_session` and
/// `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_create_session_new(
    config: *const ConfigHandle,
    create_session: *mut *mut CreateSessionHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(create_session, "create_session")?;
            let create = borrow(config, "config")?.create_session()?;
            out.give(CreateSessionHandle {
                url: OwnedText::new(create.url()),
                region: OwnedText::new(create.region()),
                create,
            });
            Ok(())
        })
    }
}

/// The URL that is asked, with its query. Borrowed from the session.
///
/// # Safety
/// `create_session` is NULL or a session that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_create_session_url(
    create_session: *const CreateSessionHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(create_session, Text::NONE, |it| Some(it.url.lend())) }
}

/// The region signed for. Borrowed from the session.
///
/// # Safety
/// `create_session` is NULL or a session that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_create_session_region(
    create_session: *const CreateSessionHandle,
) -> Text {
    // SAFETY: the caller's promise above.
    unsafe { ask(create_session, Text::NONE, |it| Some(it.region.lend())) }
}

/// Everything up to the signature. `now` is in Unix seconds and becomes the request's date. Does not
/// check the identity: `rolesanywhere_identity_check` does.
///
/// `*pending` is the caller's, to be freed with `rolesanywhere_pending_signature_free`; it borrows
/// nothing. Any thread. Fails with `timestamp_malformed`.
///
/// # Safety
/// The handles are NULL or not freed meanwhile; `pending` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_create_session_prepare(
    create_session: *const CreateSessionHandle,
    identity: *const IdentityHandle,
    now: i64,
    pending: *mut *mut PendingSignatureHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(pending, "pending")?;
            let session = borrow(create_session, "create_session")?;
            let identity = borrow(identity, "identity")?.identity();
            let pending = session.create.prepare(identity, at(now)?)?;
            out.give(PendingSignatureHandle::new(pending));
            Ok(())
        })
    }
}

/// `rolesanywhere_create_session_prepare`, the key's signature, and
/// `rolesanywhere_pending_signature_finish` in one.
///
/// `*http_request` is the caller's, to be freed with `rolesanywhere_http_request_free`. Any thread.
/// Fails with `timestamp_malformed`, `key_mismatch`, `signing_failed`.
///
/// # Safety
/// The handles are NULL or not freed meanwhile; `http_request` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_create_session_sign(
    create_session: *const CreateSessionHandle,
    identity: *const IdentityHandle,
    private_key: *const PrivateKeyHandle,
    now: i64,
    http_request: *mut *mut HttpRequestHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(http_request, "http_request")?;
            let session = borrow(create_session, "create_session")?;
            let identity = borrow(identity, "identity")?.identity();
            let key = borrow(private_key, "private_key")?.key();
            let request = session.create.sign(identity, key, at(now)?)?;
            out.give(HttpRequestHandle::new(&request));
            Ok(())
        })
    }
}

/// Reads the reply. `response` is the caller's still, and empty afterwards. `now`, in Unix seconds or
/// `ROLESANYWHERE_NO_TIME`, is compared with the reply's `Date` when the service refuses, to tell a
/// wrong clock.
///
/// `*credentials` is the caller's, to be freed with `rolesanywhere_credentials_free`. Any thread. Fails
/// with a code of kind `service`.
///
/// # Safety
/// `create_session` is NULL or a session that is not freed meanwhile, `response` NULL or a reply that
/// nobody else uses; `credentials` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_create_session_parse_response(
    create_session: *const CreateSessionHandle,
    response: *mut HttpResponseHandle,
    now: i64,
    credentials: *mut *mut CredentialsHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(credentials, "credentials")?;
            let session = borrow(create_session, "create_session")?;
            let response = borrow_mut(response, "response")?;
            let now = optional_at(now)?;
            let response = response.take().taken(0)?;
            let credentials: Credentials = session.create.parse_response(
                response.status,
                &response.headers,
                &response.body,
                now,
            )?;
            out.give(CredentialsHandle::new(credentials));
            Ok(())
        })
    }
}

/// Ends a session. NULL is fine.
///
/// # Safety
/// `create_session` is NULL or a session that nobody uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_create_session_free(
    create_session: *mut CreateSessionHandle,
) {
    // SAFETY: the caller's promise above.
    unsafe { free(create_session) }
}

/// Unix seconds from C, or none.
pub(crate) fn optional_at(seconds: i64) -> rolesanywhere::core::error::Result<Option<Timestamp>> {
    match seconds {
        ROLESANYWHERE_NO_TIME => Ok(None),
        seconds => at(seconds).map(Some),
    }
}
