//! One error type, one list of codes.
//!
//! An [`Error`] carries an [`ErrorCode`] that never changes its meaning, one sentence, and one hint
//! that says what to do. Messages hold no secret, no passphrase and no PEM body.

mod code;

pub use code::{ErrorCode, ErrorKind};

use crate::time::Timestamp;
use alloc::{borrow::Cow, boxed::Box, format, string::String, sync::Arc};
use core::fmt;

/// The result of everything fallible in this crate.
pub type Result<T> = core::result::Result<T, Error>;

/// What went wrong: a stable code, one sentence, one hint, and what the service said if it did.
///
/// `Display` prints the sentence alone, in lower case and without a full stop.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    code: ErrorCode,
    message: Cow<'static, str>,
    /// The code's own where there is none.
    hint: Option<Cow<'static, str>>,
    retryable: bool,
    service: Option<ServiceDetails>,
    cause: Cause,
}

/// Somebody else's error beneath ours. It does not count when errors are compared: what is said
/// does.
#[derive(Clone, Default)]
struct Cause(Option<Arc<dyn core::error::Error + Send + Sync>>);

impl PartialEq for Cause {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Cause {}

/// What a reply from the service said about its refusal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceDetails {
    /// The HTTP status.
    pub status: u16,
    /// The service's error type, such as `AccessDeniedException`.
    pub service_code: Option<String>,
    /// The service's message: bounded, without control characters.
    pub service_message: Option<String>,
    /// The value of `x-amzn-RequestId`.
    pub request_id: Option<String>,
    /// The value of `Retry-After`, in seconds.
    pub retry_after: Option<u32>,
    /// The value of `Date`: the service's clock when it answered.
    pub date: Option<Timestamp>,
}

impl Error {
    /// An error with the code's own hint, not retryable unless its code usually is.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            code,
            message: message.into(),
            hint: None,
            retryable: code.usually_retryable(),
            service: None,
            cause: Cause::default(),
        }))
    }

    /// The same error with its sentence put in a context.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<Cow<'static, str>>) -> Self {
        self.0.message = message.into();
        self
    }

    /// The same error with a hint that fits the case better than the code's own.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// The same error, retryable or not.
    #[must_use]
    pub fn with_retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// The same error with what the service said.
    #[must_use]
    pub fn with_service(mut self, service: ServiceDetails) -> Self {
        self.0.service = Some(service);
        self
    }

    /// The same error with what caused it outside of this crate, such as the error of a callback.
    /// It becomes [`source`](core::error::Error::source); errors that differ in it alone are equal.
    #[must_use]
    pub fn with_cause(mut self, cause: Box<dyn core::error::Error + Send + Sync>) -> Self {
        self.0.cause = Cause(Some(cause.into()));
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// The code's kind.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.code.kind()
    }

    /// One sentence: what is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// One sentence: what to do about it.
    #[must_use]
    pub fn hint(&self) -> &str {
        match &self.0.hint {
            Some(hint) => hint,
            None => self.0.code.hint(),
        }
    }

    /// Whether the same call may succeed later without anyone changing anything.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// What the service said, when it said something.
    #[must_use]
    pub fn service(&self) -> Option<&ServiceDetails> {
        self.0.service.as_ref()
    }
}

/// A value of a non-secret option as a message may show it.
///
/// Somebody may have pasted a key where a path or an ARN belongs: a value that holds a line end,
/// `BEGIN` or a long run of base64 characters, or that is longer than 255 bytes, is described and
/// not shown. The run counts because a P-256 key in base64 is one line of 184 characters.
#[must_use]
pub fn shown(value: &str) -> String {
    if value.len() > 255
        || value.as_bytes().windows(5).any(|five| five == b"BEGIN")
        || value.chars().any(char::is_control)
        || longest_base64_run(value) >= SUSPICIOUS_RUN
    {
        format!("(a value of {} bytes, not shown)", value.len())
    } else {
        format!("`{value}`")
    }
}

/// Longer than the words of paths, ARNs and host names; shorter than a piece of any key.
const SUSPICIOUS_RUN: usize = 40;

/// Slashes end a run: they separate the words of a path, and are rare in base64.
fn longest_base64_run(value: &str) -> usize {
    let (mut run, mut longest) = (0_usize, 0);
    for octet in value.bytes() {
        let is_in_run = octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'=');
        run = if is_in_run { run.saturating_add(1) } else { 0 };
        longest = longest.max(run);
    }
    longest
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Error")
            .field("code", &self.code().as_str())
            .field("message", &self.message())
            .field("hint", &self.hint())
            .field("retryable", &self.is_retryable())
            .field("service", &self.service())
            .finish()
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.0.cause {
            Cause(Some(cause)) => Some(cause.as_ref()),
            Cause(None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Error, ErrorCode, shown};
    use alloc::string::{String, ToString};
    use core::error::Error as _;

    #[test]
    fn a_cause_is_the_source_and_does_not_count_in_comparisons() {
        let plain = Error::new(ErrorCode::SigningFailed, "the signer failed");
        let caused = plain.clone().with_cause("the token is gone".into());
        let source = caused.source().map(ToString::to_string);
        assert_eq!(source.as_deref(), Some("the token is gone"));
        assert!(plain.source().is_none());
        assert_eq!(plain, caused);
    }

    #[test]
    fn paths_and_arns_are_shown() {
        for value in [
            "leaf.pem",
            "/etc/ssl/private/host.example.com.key",
            "C:\\keys\\k.pem",
            "arn:aws:rolesanywhere:eu-central-1:111122223333:profile/0c1d2e3f-9d47-4f0b-8a11-5b7e0c9d1a2b",
        ] {
            assert_eq!(shown(value), alloc::format!("`{value}`"));
        }
    }

    #[test]
    fn keys_are_not_shown() {
        let line: String = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg".repeat(3);
        for value in [
            "two\nlines",
            "-----BEGIN EC PRIVATE KEY-----",
            &line,
            &"p/".repeat(128),
        ] {
            assert!(!shown(value).contains(value.get(..4).unwrap()), "{value}");
        }
    }
}
