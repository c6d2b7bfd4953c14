//! Why a request is refused: what the service would say, and what it really was.

use std::borrow::Cow;

/// A refusal: the status, error type and message a client sees, and the reason in the emulator's own
/// words, for whoever writes the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) error_type: &'static str,
    pub(crate) message: Cow<'static, str>,
    pub(crate) reason: Cow<'static, str>,
}

pub(crate) type Result<T> = std::result::Result<T, Refusal>;

impl Refusal {
    pub(crate) fn new(
        status: u16,
        error_type: &'static str,
        message: impl Into<Cow<'static, str>>,
        reason: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            status,
            error_type,
            message: message.into(),
            reason: reason.into(),
        }
    }

    pub(crate) fn access_denied(
        message: impl Into<Cow<'static, str>>,
        reason: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(403, "AccessDeniedException", message, reason)
    }

    /// The leaf, or its chain, is not one the service takes.
    pub(crate) fn untrusted(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::access_denied("Untrusted Signing Certificate", reason)
    }

    pub(crate) fn validation(message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        Self::new(400, "ValidationException", message.clone(), message)
    }

    pub(crate) fn not_found(message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        Self::new(404, "ResourceNotFoundException", message.clone(), message)
    }
}
