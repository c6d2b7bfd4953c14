//! Functions of the host's.

use super::ConfigHandle;
use crate::boundary::{ResultCode, fallible};
use crate::callback::{DestroyCallback, UserData};
use crate::error::ErrorHandle;
use crate::event::EventHandle;
use crate::handle::{borrow_mut, null};
use crate::signature::SignatureHandle;
use crate::signing_request::SigningRequestHandle;
use crate::snapshot::SnapshotHandle;
use rolesanywhere::core::config::OptionName;
use rolesanywhere::core::refresh::Now;
use rolesanywhere::core::sigv4::SigningRequest;
use rolesanywhere::provider::{self, IdentitySource, ProviderEvent};
use std::ffi::c_void;
use std::sync::Arc;

/// Signs what `request` says and puts the signature into `signature` with
/// `rolesanywhere_signature_set`. Returns 0, or anything else when there is no signature. Called on the
/// thread that asks for credentials, by several at once if they belong to several providers, and under
/// no lock of the library's. Both handles end when it returns. It must not unwind or jump out.
pub type SignCallback = Option<
    unsafe extern "C" fn(
        user_data: *mut c_void,
        request: *const SigningRequestHandle,
        signature: *mut SignatureHandle,
    ) -> ResultCode,
>;

/// Puts the identity as it is now into `snapshot`, with `rolesanywhere_snapshot_set`. Returns 0, or an
/// error code when there is none. Called at each refresh on the thread that asks for credentials, under
/// no lock of the library's. `snapshot` ends when it returns. It must not unwind or jump out.
pub type IdentityCallback = Option<
    unsafe extern "C" fn(user_data: *mut c_void, snapshot: *mut SnapshotHandle) -> ResultCode,
>;

/// Told of what happens: refreshed, failed, another certificate. Called on the thread on which it
/// happens, under no lock of the library's. `event` ends when it returns. It must not unwind or jump out.
pub type LogCallback =
    Option<unsafe extern "C" fn(user_data: *mut c_void, event: *const EventHandle)>;

/// Tells both clocks: wall time in milliseconds since 1970, and a time that never goes back. Called on
/// any thread, also while a lock of the library's is held: it must not call the library. It must not
/// unwind or jump out.
pub type ClockCallback = Option<
    unsafe extern "C" fn(user_data: *mut c_void, unix_millis: *mut u64, monotonic_millis: *mut u64),
>;

/// Returns a random fraction between 0 and 1, which spreads the requests of a fleet. Called on any
/// thread. It must not unwind or jump out.
pub type JitterCallback = Option<unsafe extern "C" fn(user_data: *mut c_void) -> f64>;

pub(crate) type Log = dyn Fn(&ProviderEvent) + Send + Sync;
type Clock = dyn Fn() -> Now + Send + Sync;
type Jitter = dyn Fn() -> f64 + Send + Sync;

#[derive(Default)]
pub(crate) struct Hooks {
    sign: Option<Arc<provider::SignCallback>>,
    identity: Option<Arc<dyn IdentitySource>>,
    pub(crate) log: Option<Arc<Log>>,
    pub(crate) clock: Option<Arc<Clock>>,
    pub(crate) jitter: Option<Arc<Jitter>>,
}

impl Hooks {
    /// The options that are functions and were given.
    pub(super) fn options(&self) -> Vec<OptionName> {
        let sign = self.sign.as_ref().map(|_| OptionName::Sign);
        let identity = self.identity.as_ref().map(|_| OptionName::Identity);
        sign.into_iter().chain(identity).collect()
    }

    pub(super) fn sign(&self) -> Option<Arc<provider::SignCallback>> {
        self.sign.clone()
    }

    pub(super) fn identity(&self) -> Option<Arc<dyn IdentitySource>> {
        self.identity.clone()
    }
}

/// Sets the option `sign`: a signer of the host's in place of a private key, such as a token's. What it
/// signs is verified with the certificate before it is sent.
///
/// `user_data` is handed to each call; `destroy`, which may be NULL, is called once with it when the
/// configuration and every provider made from it are gone, or when another signer is set. All may
/// happen on any thread.
///
/// # Safety
/// `config` is NULL or a configuration that nobody else uses; `sign` and `destroy` keep what
/// `rolesanywhere_sign_callback` says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_set_sign(
    config: *mut ConfigHandle,
    sign: SignCallback,
    user_data: *mut c_void,
    destroy: DestroyCallback,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let config = borrow_mut(config, "config")?;
            let sign = sign.ok_or_else(|| null("sign"))?;
            let user_data = UserData::new(user_data, destroy);
            config.hooks.sign = Some(Arc::new(move |request: &SigningRequest| {
                let request = SigningRequestHandle::new(request.clone());
                let mut signature = SignatureHandle::empty();
                // SAFETY: the host's promise; both handles live until it returns.
                let code = sign(user_data.pointer(), &raw const request, &raw mut signature);
                signature.taken(code).map_err(Into::into)
            }));
            Ok(())
        })
    }
}

/// Sets the option `identity`: a function that yields certificate, chain and key as they are now. It
/// excludes `CERTIFICATE`, `PRIVATE_KEY`, `INTERMEDIATES` and a signer.
///
/// `user_data` and `destroy` as for `rolesanywhere_config_set_sign`.
///
/// # Safety
/// `config` is NULL or a configuration that nobody else uses; `identity` and `destroy` keep what
/// `rolesanywhere_identity_callback` says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_set_identity(
    config: *mut ConfigHandle,
    identity: IdentityCallback,
    user_data: *mut c_void,
    destroy: DestroyCallback,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let config = borrow_mut(config, "config")?;
            let identity = identity.ok_or_else(|| null("identity"))?;
            let user_data = UserData::new(user_data, destroy);
            config.hooks.identity = Some(Arc::new(move || {
                let mut snapshot = SnapshotHandle::default();
                // SAFETY: the host's promise; the handle lives until it returns.
                let code = identity(user_data.pointer(), &raw mut snapshot);
                snapshot.taken(code)
            }));
            Ok(())
        })
    }
}

/// Sets the log: a function that is told of what happens. Nothing is written to standard error.
///
/// `user_data` and `destroy` as for `rolesanywhere_config_set_sign`.
///
/// # Safety
/// `config` is NULL or a configuration that nobody else uses; `log` and `destroy` keep what
/// `rolesanywhere_log_callback` says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_set_log(
    config: *mut ConfigHandle,
    log: LogCallback,
    user_data: *mut c_void,
    destroy: DestroyCallback,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let config = borrow_mut(config, "config")?;
            let log = log.ok_or_else(|| null("log"))?;
            let user_data = UserData::new(user_data, destroy);
            config.hooks.log = Some(Arc::new(move |event: &ProviderEvent| {
                let event = EventHandle::new(event);
                // SAFETY: the host's promise; the handle lives until it returns.
                log(user_data.pointer(), &raw const event);
            }));
            Ok(())
        })
    }
}

/// Sets the clocks, for tests and for hosts with a time of their own; by default the system's.
///
/// `user_data` and `destroy` as for `rolesanywhere_config_set_sign`.
///
/// # Safety
/// `config` is NULL or a configuration that nobody else uses; `clock` and `destroy` keep what
/// `rolesanywhere_clock_callback` says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_set_clock(
    config: *mut ConfigHandle,
    clock: ClockCallback,
    user_data: *mut c_void,
    destroy: DestroyCallback,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let config = borrow_mut(config, "config")?;
            let clock = clock.ok_or_else(|| null("clock"))?;
            let user_data = UserData::new(user_data, destroy);
            config.hooks.clock = Some(Arc::new(move || {
                let (mut unix_millis, mut monotonic_millis) = (0, 0);
                // SAFETY: the host's promise; both places live until it returns.
                clock(
                    user_data.pointer(),
                    &raw mut unix_millis,
                    &raw mut monotonic_millis,
                );
                Now {
                    unix_millis,
                    monotonic_millis,
                }
            }));
            Ok(())
        })
    }
}

/// Sets the randomness, for tests and for hosts with one of their own; by default the system's.
///
/// `user_data` and `destroy` as for `rolesanywhere_config_set_sign`.
///
/// # Safety
/// `config` is NULL or a configuration that nobody else uses; `jitter` and `destroy` keep what
/// `rolesanywhere_jitter_callback` says; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_config_set_jitter(
    config: *mut ConfigHandle,
    jitter: JitterCallback,
    user_data: *mut c_void,
    destroy: DestroyCallback,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let config = borrow_mut(config, "config")?;
            let jitter = jitter.ok_or_else(|| null("jitter"))?;
            let user_data = UserData::new(user_data, destroy);
            // SAFETY: the host's promise.
            config.hooks.jitter = Some(Arc::new(move || jitter(user_data.pointer())));
            Ok(())
        })
    }
}
