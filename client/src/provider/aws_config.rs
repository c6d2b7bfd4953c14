//! As a credentials provider of AWS's SDK for Rust.

use super::Provider;
use aws_credential_types::Credentials as SdkCredentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, Result, future};
use rolesanywhere_core::Credentials;
use std::time::{Duration, UNIX_EPOCH};

/// Named in the SDK's own messages.
const NAME: &str = "RolesAnywhere";

/// Also a named source of a chained profile: see `with_custom_provider` of `aws-config`'s
/// `ProfileFileCredentialsProvider`.
///
/// From memory at once; a fetch blocks one of tokio's threads for blocking calls. Without a tokio
/// runtime it blocks the caller. What goes wrong is a `ProviderError` whose source is the
/// [`Error`](rolesanywhere_core::Error).
impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        if let Some(credentials) = self.steady() {
            return future::ProvideCredentials::ready(Ok(converted(&credentials)));
        }
        future::ProvideCredentials::new(fetch(self.clone()))
    }

    /// Valid credentials that are at hand, for a caller who cannot wait for newer ones.
    fn fallback_on_interrupt(&self) -> Option<SdkCredentials> {
        self.cached().map(|credentials| converted(&credentials))
    }
}

async fn fetch(provider: Provider) -> Result {
    let fetched = match tokio::runtime::Handle::try_current() {
        Ok(runtime) => runtime
            .spawn_blocking(move || provider.credentials())
            .await
            .map_err(CredentialsError::unhandled)?,
        Err(_) => provider.credentials(),
    };
    match fetched {
        Ok(credentials) => Ok(converted(&credentials)),
        Err(error) => Err(CredentialsError::provider_error(error)),
    }
}

fn converted(credentials: &Credentials) -> SdkCredentials {
    let seconds = u64::try_from(credentials.expiration().unix_seconds()).unwrap_or(0);
    let mut builder = SdkCredentials::builder()
        .access_key_id(credentials.access_key_id())
        .secret_access_key(credentials.secret_access_key())
        .session_token(credentials.session_token())
        .provider_name(NAME);
    builder.set_expiry(UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
    builder.set_account_id(credentials.account_id().map(Into::into));
    builder.build()
}
