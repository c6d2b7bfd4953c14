//! `rolesanywhere_provider`: credentials that stay fresh.

mod build;

use crate::boundary::{ResultCode, fallible};
use crate::config::ConfigHandle;
use crate::create_session::ROLESANYWHERE_NO_TIME;
use crate::credentials::CredentialsHandle;
use crate::error::ErrorHandle;
use crate::handle::{Out, ask, borrow, free};
use crate::poll::PollHandle;
use crate::transport::{TransportHandle, no_transport};
use rolesanywhere::Provider;
use rolesanywhere::core::Timestamp;
use rolesanywhere::core::error::Result;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Serves credentials from memory and fetches new ones in time. Any number of threads may share one,
/// and one request is made however many ask. It starts no thread and holds no lock while a callback
/// runs. A child of `fork` may go on using it.
///
/// It must not be freed while a call on it is running in another thread: end those calls first
/// (`rolesanywhere_provider_close` makes waiting ones return). A library with debug assertions aborts
/// where this is broken.
pub struct ProviderHandle {
    provider: Provider,
    has_transport: bool,
    /// How many calls are running.
    calls: AtomicUsize,
}

impl ProviderHandle {
    pub(crate) fn new(provider: Provider, has_transport: bool) -> Self {
        Self {
            provider,
            has_transport,
            calls: AtomicUsize::new(0),
        }
    }

    /// A call that counts as running until it returns.
    fn call<A>(&self, run: impl FnOnce(&Provider) -> A) -> A {
        let _running = Running::begin(&self.calls);
        run(&self.provider)
    }

    fn credentials(&self) -> Result<CredentialsHandle> {
        self.call(|provider| {
            let credentials = if self.has_transport {
                provider.credentials()?
            } else {
                provider.cached().ok_or_else(no_transport)?
            };
            Ok(CredentialsHandle::new(credentials.share()))
        })
    }

    fn refresh(&self) -> Result<CredentialsHandle> {
        self.call(|provider| {
            if !self.has_transport {
                return Err(no_transport());
            }
            Ok(CredentialsHandle::new(provider.refresh()?.share()))
        })
    }
}

impl Drop for ProviderHandle {
    fn drop(&mut self) {
        if cfg!(debug_assertions) && self.calls.load(Ordering::SeqCst) != 0 {
            // Its threads are about to read freed memory; unwinding would be caught and hide it.
            std::process::abort();
        }
    }
}

struct Running<'a>(&'a AtomicUsize);

impl<'a> Running<'a> {
    fn begin(calls: &'a AtomicUsize) -> Self {
        // Only for the check in debug builds: a counter that all threads write to costs the rest.
        if cfg!(debug_assertions) {
            calls.fetch_add(1, Ordering::SeqCst);
        }
        Self(calls)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if cfg!(debug_assertions) {
            self.0.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// The provider that a configuration describes. `transport` NULL is the built-in one. Nothing is read
/// or sent before it is asked. Configuration and transport stay the caller's, who may free them at once.
///
/// `*provider` is the caller's, to be freed with `rolesanywhere_provider_free`. Fails with a code of
/// kind `input`, naming the option; with `feature_unavailable` where the built-in transport is asked for
/// and not built in.
///
/// # Safety
/// `config` and `transport` are NULL or not changed or freed meanwhile; `provider` and `error` are NULL
/// or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_provider_new(
    config: *const ConfigHandle,
    transport: *const TransportHandle,
    provider: *mut *mut ProviderHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(provider, "provider")?;
            let config = borrow(config, "config")?;
            let carrier = transport.as_ref().map(|transport| transport.0.clone());
            out.give(build::provider(config, carrier)?);
            Ok(())
        })
    }
}

/// Valid credentials: from memory, or fetched now on this thread. May take up to 30 seconds, and with
/// valid credentials at hand up to 5. One request is made however many threads ask. With no transport:
/// those at hand, else `feature_unavailable`.
///
/// `*credentials` is the caller's, to be freed with `rolesanywhere_credentials_free`, also after the
/// provider. Any thread. Fails with a code of any kind, that of the last attempt; `provider_closed`.
///
/// # Safety
/// `provider` is NULL or a provider that is not freed meanwhile; `credentials` and `error` are NULL or
/// may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_provider_credentials(
    provider: *const ProviderHandle,
    credentials: *mut *mut CredentialsHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(credentials, "credentials")?;
            out.give(borrow(provider, "provider")?.credentials()?);
            Ok(())
        })
    }
}

/// Credentials that are newer than those at hand, fetched now on this thread; others are served the old
/// ones meanwhile. After a failure the minimum interval between requests holds here too.
///
/// `*credentials` is the caller's, to be freed with `rolesanywhere_credentials_free`. Any thread. Fails
/// as `rolesanywhere_provider_credentials`; the old credentials stay at hand.
///
/// # Safety
/// `provider` is NULL or a provider that is not freed meanwhile; `credentials` and `error` are NULL or
/// may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_provider_refresh(
    provider: *const ProviderHandle,
    credentials: *mut *mut CredentialsHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(credentials, "credentials")?;
            out.give(borrow(provider, "provider")?.refresh()?);
            Ok(())
        })
    }
}

/// What may be served now, and what to do next: for programs with an event loop, which send by
/// themselves. Does not block, but for reading the clock. Works with any transport; with some thread
/// blocked in `rolesanywhere_provider_credentials` too.
///
/// `*poll` is the caller's, to be freed with `rolesanywhere_poll_free`. Any thread. Fails with
/// `provider_closed`; why a fetch failed says `rolesanywhere_poll_error`.
///
/// # Safety
/// `provider` is NULL or a provider that is not freed meanwhile; `poll` and `error` are NULL or may be
/// written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_provider_poll(
    provider: *const ProviderHandle,
    poll: *mut *mut PollHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let out = Out::new(poll, "poll")?;
            let provider = borrow(provider, "provider")?;
            let polled = provider.call(Provider::poll)?;
            out.give(PollHandle::new(polled, provider.provider.clone()));
            Ok(())
        })
    }
}

/// Stops serving the credentials: somebody knows that they no longer work. Any thread. Fails with
/// `null_argument` alone.
///
/// # Safety
/// `provider` is NULL or a provider that is not freed meanwhile; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_provider_invalidate(
    provider: *const ProviderHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            borrow(provider, "provider")?.call(Provider::invalidate);
            Ok(())
        })
    }
}

/// When the next refresh is due, in Unix seconds by this machine's clock; `ROLESANYWHERE_NO_TIME`
/// without credentials. Any thread.
///
/// # Safety
/// `provider` is NULL or a provider that is not freed meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_provider_next_refresh(
    provider: *const ProviderHandle,
) -> i64 {
    // SAFETY: the caller's promise above.
    unsafe {
        ask(provider, ROLESANYWHERE_NO_TIME, |it| {
            it.call(Provider::next_refresh).map(Timestamp::unix_seconds)
        })
    }
}

/// Forgets the credentials. Every call from now on, and every caller who waits, gets
/// `provider_closed`; a request that is under way is not recalled, and its caller returns when it ends.
/// The provider is to be freed all the same. Any thread. Fails with `null_argument` alone.
///
/// # Safety
/// `provider` is NULL or a provider that is not freed meanwhile; `error` is NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_provider_close(
    provider: *const ProviderHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            borrow(provider, "provider")?.call(Provider::close);
            Ok(())
        })
    }
}

/// Ends a provider. Credentials that it gave live on; attempts too, and bring their result to nobody.
/// NULL is fine.
///
/// # Safety
/// `provider` is NULL or a provider that nobody uses any more: no call on it is running.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_provider_free(provider: *mut ProviderHandle) {
    // SAFETY: the caller's promise above.
    unsafe { free(provider) }
}
