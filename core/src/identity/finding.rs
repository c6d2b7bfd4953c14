//! What can be said against an identity, one thing at a time.

use crate::error::{Error, ErrorCode};

/// One thing found about an identity.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The error it would be: code, fact and hint.
    pub error: Error,
}

impl Finding {
    /// A finding.
    #[must_use]
    pub const fn new(severity: Severity, error: Error) -> Self {
        Self { severity, error }
    }

    /// Whether another time would make it go away, so that a clock that is wrong may be its cause.
    ///
    /// Such an error is better sent and told by the service's own clock than refused here.
    #[must_use]
    pub fn depends_on_clock(&self) -> bool {
        matches!(
            self.error.code(),
            ErrorCode::CertificateExpired
                | ErrorCode::CertificateNotYetValid
                | ErrorCode::CertificateExpiring
        )
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// May fail, or will fail soon.
    Warning,
    /// Will be refused.
    Error,
}

impl Severity {
    /// The severity in lower case: `note`, `warning` or `error`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
