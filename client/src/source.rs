//! Where a certificate, a key or a chain comes from.

mod permissions;
mod read;

pub use read::SourceReader;

use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// The largest file, variable or stream that is read, in bytes.
pub const SIZE_LIMIT: usize = 1 << 20;

/// Where to read a certificate, a key or a chain, and which option said so.
///
/// `Debug` shows neither content nor path.
pub struct Source {
    place: Place,
    option: Cow<'static, str>,
}

#[derive(Clone, PartialEq, Eq)]
enum Place {
    Content(Zeroizing<Vec<u8>>),
    Variable(String),
    File(PathBuf),
    StandardInput,
}

impl Source {
    /// Reads the text of an option: content that holds `-----BEGIN`, else `env:NAME`, `file:PATH`,
    /// `-` for standard input, else a path. `option` is the option as the user wrote it, for messages.
    ///
    /// Opens nothing yet.
    ///
    /// # Errors
    /// - `option_missing` where the text is empty
    /// - `feature_unavailable` for `pkcs11:`, `handle:` and `store:`
    ///
    /// # Examples
    /// ```
    /// use rolesanywhere::Source;
    ///
    /// assert!(Source::parse("env:APP_KEY", "--private-key").is_ok());
    /// let error = Source::parse("pkcs11:object=key", "--private-key").unwrap_err();
    /// assert_eq!(error.code().as_str(), "feature_unavailable");
    /// ```
    pub fn parse(text: &str, option: impl Into<Cow<'static, str>>) -> Result<Self> {
        let option = option.into();
        let place = Place::parse(text, &option)?;
        Ok(Self { place, option })
    }

    /// A source that is already at hand.
    #[must_use]
    pub fn bytes(content: Zeroizing<Vec<u8>>, option: impl Into<Cow<'static, str>>) -> Self {
        Self {
            place: Place::Content(content),
            option: option.into(),
        }
    }

    /// The option that named this source, as the user wrote it.
    #[must_use]
    pub fn option(&self) -> &str {
        &self.option
    }

    /// The same place, as another option names it.
    pub(crate) fn named(&self, option: String) -> Self {
        Self {
            place: self.place.clone(),
            option: Cow::Owned(option),
        }
    }

    /// Whether it can be read only once.
    pub(crate) fn is_standard_input(&self) -> bool {
        self.place == Place::StandardInput
    }

    /// Whether another read may bring something else.
    pub(crate) const fn may_change(&self) -> bool {
        !matches!(self.place, Place::Content(_))
    }

    /// Whether both would read the same file, variable or stream.
    pub(crate) fn same_place(&self, other: &Self) -> bool {
        self.place == other.place
    }
}

impl Place {
    fn parse(text: &str, option: &str) -> Result<Self> {
        if text.is_empty() {
            return Err(Error::new(
                ErrorCode::OptionMissing,
                format!("`{option}` is empty"),
            ));
        }
        if text.contains("-----BEGIN") {
            return Ok(Self::Content(Zeroizing::new(text.as_bytes().to_vec())));
        }
        for scheme in ["pkcs11:", "handle:", "store:"] {
            if text.starts_with(scheme) {
                return Err(unavailable(scheme, option));
            }
        }
        if let Some(name) = text.strip_prefix("env:") {
            return Ok(Self::Variable(name.to_owned()));
        }
        match text.strip_prefix("file:") {
            Some(path) => Ok(Self::File(PathBuf::from(path))),
            None if text == "-" => Ok(Self::StandardInput),
            None => Ok(Self::File(PathBuf::from(text))),
        }
    }
}

/// Names the scheme alone: the rest may hold a PIN.
fn unavailable(scheme: &str, option: &str) -> Error {
    Error::new(
        ErrorCode::FeatureUnavailable,
        format!("`{scheme}`, which `{option}` names, is not available in this version"),
    )
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.place {
            Place::Content(_) => "content",
            Place::Variable(_) => "variable",
            Place::File(_) => "file",
            Place::StandardInput => "standard input",
        };
        write!(formatter, "Source({kind} of {})", self.option)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_told_apart() {
        let place = |text: &str| Source::parse(text, "--certificate").unwrap().place;
        assert!(matches!(
            place("text\n-----BEGIN CERTIFICATE-----\n"),
            Place::Content(_)
        ));
        assert!(matches!(place("env:NAME"), Place::Variable(name) if name == "NAME"));
        assert!(matches!(place("file:env:NAME"), Place::File(path) if path == *"env:NAME"));
        assert!(matches!(place("file:-"), Place::File(path) if path == *"-"));
        assert!(matches!(place("-"), Place::StandardInput));
        assert!(matches!(place("C:\\leaf.pem"), Place::File(path) if path == *"C:\\leaf.pem"));
    }

    #[test]
    fn later_schemes_are_refused_by_name_and_without_their_pin() {
        for text in [
            "pkcs11:object=k?pin-value=1234",
            "handle:0x81000001",
            "store:My/1234",
        ] {
            let error = Source::parse(text, "--private-key").unwrap_err();
            assert_eq!(error.code(), ErrorCode::FeatureUnavailable);
            assert!(error.message().contains(text.split_once(':').unwrap().0));
            assert!(!format!("{error:?}").contains("1234"), "{error:?}");
        }
    }

    #[test]
    fn debug_shows_no_content() {
        let source = Source::bytes(Zeroizing::new(b"secret".to_vec()), "private_key");
        assert_eq!(format!("{source:?}"), "Source(content of private_key)");
    }
}
