//! What a program may want to log.

use crate::error::Error;
use crate::identity::Identity;
use crate::refresh;
use crate::signing::KeyAlgorithm;
use crate::time::Timestamp;
use alloc::{borrow::ToOwned, string::String, sync::Arc};

/// Something that happened inside a provider. None holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProviderEvent {
    /// `refreshed`, `refresh_failed`, `clock_corrected` or `certificate_expiring`.
    Refresh(refresh::Event),
    /// Another leaf than before signs from now on.
    IdentityChanged(IdentityDetails),
    /// The identity could not be read; the one from before is used on, and reading is tried again
    /// at the next refresh.
    IdentityFailed(Arc<Error>),
}

impl ProviderEvent {
    /// The event's name in every language: `refreshed`, `identity_changed`, …
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Refresh(event) => event.name(),
            Self::IdentityChanged(_) => "identity_changed",
            Self::IdentityFailed(_) => "identity_failed",
        }
    }
}

/// Which leaf it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IdentityDetails {
    /// The serial number in decimal.
    pub serial_number: String,
    /// The subject as RFC 4514 prints it.
    pub subject: String,
    /// The algorithm of its key.
    pub key_algorithm: KeyAlgorithm,
    /// The last second of its validity.
    pub not_after: Timestamp,
}

impl IdentityDetails {
    pub(super) fn of(identity: &Identity) -> Self {
        Self {
            serial_number: identity.serial_number().to_owned(),
            subject: identity.subject(),
            key_algorithm: identity.key_algorithm(),
            not_after: identity.not_after(),
        }
    }
}
