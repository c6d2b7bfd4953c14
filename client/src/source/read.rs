//! Reading a source once, bounded, and wiped when dropped.

mod file;

use super::{Place, SIZE_LIMIT, Source};
use crate::bounded::{ReadFailure, read_bounded};
use crate::environment::Environment;
use base64ct::{Base64Unpadded, Encoding};
use rolesanywhere_core::error::{Error, ErrorCode, Result, shown};
use std::fmt;
use std::io::{self, Read};
use zeroize::Zeroizing;

/// Reads sources: files, variables of the environment it was given, and standard input at most once.
pub struct SourceReader<'a> {
    environment: &'a Environment<'a>,
    standard_input: StandardInput<'a>,
}

enum StandardInput<'a> {
    Refused,
    Available(&'a mut dyn Read),
    Consumed,
}

impl<'a> SourceReader<'a> {
    /// A reader that refuses `-`: a library does not own its process's standard input.
    #[must_use]
    pub fn new(environment: &'a Environment<'a>) -> Self {
        Self {
            environment,
            standard_input: StandardInput::Refused,
        }
    }

    /// The same reader with a standard input for `-`, for programs that own theirs.
    #[must_use]
    pub fn with_standard_input(mut self, input: &'a mut dyn Read) -> Self {
        self.standard_input = StandardInput::Available(input);
        self
    }

    /// Reads the whole source, at most [`SIZE_LIMIT`] bytes of it.
    ///
    /// # Errors
    /// - `file_not_found`, `file_unreadable`, `file_is_directory`, `file_empty`, `file_too_large`
    /// - `option_invalid` for a variable that is not set or is neither PEM nor base64
    /// - `options_conflict` when standard input is read twice, `feature_unavailable` when it is
    ///   not offered
    pub fn read(&mut self, source: &Source) -> Result<Zeroizing<Vec<u8>>> {
        let option = source.option();
        let content = match &source.place {
            Place::Content(content) => content.clone(),
            Place::Variable(name) => self.read_variable(name, option)?,
            Place::File(path) => file::read(path, option, file::PATIENCE)?,
            Place::StandardInput => self.read_standard_input(option)?,
        };
        if content.iter().all(u8::is_ascii_whitespace) {
            return Err(Error::new(
                ErrorCode::FileEmpty,
                format!("{} is empty", describe(&source.place, option)),
            ));
        }
        Ok(content)
    }

    /// Reads a source that holds a passphrase: a variable's text as it is, and a file or standard
    /// input without the one line end that editors leave.
    ///
    /// # Errors
    /// Those of [`read`](Self::read), without a variable's base64.
    pub fn read_passphrase(&mut self, source: &Source) -> Result<Zeroizing<Vec<u8>>> {
        let option = source.option();
        let mut passphrase = match &source.place {
            Place::Content(content) => return Ok(content.clone()),
            Place::Variable(name) => {
                let text = self.variable_text(name, option)?;
                return Ok(Zeroizing::new(text.as_bytes().to_vec()));
            }
            Place::File(path) => file::read(path, option, file::PATIENCE)?,
            Place::StandardInput => self.read_standard_input(option)?,
        };
        let length = match passphrase.strip_suffix(b"\n") {
            Some(line) => line.strip_suffix(b"\r").unwrap_or(line).len(),
            None => passphrase.len(),
        };
        passphrase.truncate(length);
        if passphrase.is_empty() {
            return Err(Error::new(
                ErrorCode::FileEmpty,
                format!("{} is empty", describe(&source.place, option)),
            ));
        }
        Ok(passphrase)
    }

    fn read_variable(&self, name: &str, option: &str) -> Result<Zeroizing<Vec<u8>>> {
        let value = self.variable_text(name, option)?;
        if value.contains("-----BEGIN") || value.trim().is_empty() {
            return Ok(Zeroizing::new(value.as_bytes().to_vec()));
        }
        decode_base64(&value).ok_or_else(|| {
            Error::new(
                ErrorCode::OptionInvalid,
                format!("{} holds neither PEM nor base64", variable(name, option)),
            )
            .with_hint("put PEM text into the variable, or the base64 of a PEM or DER file")
        })
    }

    fn variable_text(&self, name: &str, option: &str) -> Result<Zeroizing<String>> {
        let Some(value) = (self.environment)(name).map(Zeroizing::new) else {
            return Err(Error::new(
                ErrorCode::OptionInvalid,
                format!("{} is not set", variable(name, option)),
            ));
        };
        if value.len() > SIZE_LIMIT {
            return Err(too_large(&variable(name, option)));
        }
        Ok(value)
    }

    fn read_standard_input(&mut self, option: &str) -> Result<Zeroizing<Vec<u8>>> {
        match std::mem::replace(&mut self.standard_input, StandardInput::Consumed) {
            StandardInput::Available(input) => read_bounded(input, 0, SIZE_LIMIT)
                .map_err(|failure| read_failed(&failure, "standard input")),
            StandardInput::Consumed => Err(Error::new(
                ErrorCode::OptionsConflict,
                format!("standard input can be read only once, and `{option}` names it again"),
            )
            .with_hint("put the certificate and its key into one stream and name it once")),
            StandardInput::Refused => {
                self.standard_input = StandardInput::Refused;
                Err(Error::new(
                    ErrorCode::FeatureUnavailable,
                    format!("`{option}` names standard input, which only the command line reads"),
                )
                .with_hint("give a path, the content itself or `env:NAME`"))
            }
        }
    }
}

impl fmt::Debug for SourceReader<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SourceReader")
    }
}

/// The error of a read that failed, of whatever `what` is.
fn read_failed(failure: &ReadFailure, what: &str) -> Error {
    match failure {
        ReadFailure::TooLarge => too_large(what),
        ReadFailure::Io(error) => Error::new(
            ErrorCode::FileUnreadable,
            format!("{what} cannot be read ({})", reason(error)),
        ),
    }
}

fn decode_base64(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    // As long as it can get: a vector that grows leaves its old memory unwiped.
    let mut packed = Zeroizing::new(Vec::with_capacity(text.len()));
    packed.extend(text.bytes().filter(|byte| !byte.is_ascii_whitespace()));
    let unpadded = packed
        .strip_suffix(b"==")
        .or_else(|| packed.strip_suffix(b"="));
    let unpadded = unpadded.unwrap_or(&packed);
    let mut decoded = Zeroizing::new(vec![0; unpadded.len()]);
    let length = Base64Unpadded::decode(unpadded, &mut decoded).ok()?.len();
    decoded.truncate(length);
    Some(decoded)
}

fn describe(place: &Place, option: &str) -> String {
    match place {
        Place::Content(_) => format!("the content of `{option}`"),
        Place::Variable(name) => variable(name, option),
        Place::File(path) => file::describe(path, option),
        Place::StandardInput => "standard input".to_owned(),
    }
}

fn variable(name: &str, option: &str) -> String {
    format!(
        "the environment variable {}, which `{option}` names,",
        shown(name)
    )
}

fn too_large(what: &str) -> Error {
    Error::new(
        ErrorCode::FileTooLarge,
        format!("{what} is larger than {SIZE_LIMIT} bytes"),
    )
}

/// What the system said, without the number and the capital that the standard library adds.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    text.to_lowercase()
}

#[cfg(test)]
mod tests;
