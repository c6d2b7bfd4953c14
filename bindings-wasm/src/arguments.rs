//! Reads an operation's input: every value by its name, with an error that names what is wrong.

use base64ct::{Base64, Encoding};
use rolesanywhere_core::Timestamp;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_core::json::{Number, Value};
use rolesanywhere_core::refresh::{Jitter, Now};
use rolesanywhere_core::sigv4::SignatureEncoding;
use zeroize::Zeroizing;

/// Certificates, keys and replies are far shorter.
const LONGEST: usize = 1 << 20;

/// The input, an object. It is wiped on drop: there may be a key in it.
pub(crate) struct Arguments(Value);

impl Arguments {
    pub(crate) fn parse(input: &[u8]) -> Result<Self> {
        match Value::parse(input) {
            Some(input @ Value::Object(_)) => Ok(Self(input)),
            _ => Err(invalid("the input is not a JSON object")),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        let value = self.0.get(name);
        value.filter(|value| !matches!(value, Value::Null))
    }

    pub(crate) fn text(&self, name: &str) -> Result<&str> {
        self.optional_text(name)?.ok_or_else(|| missing(name))
    }

    pub(crate) fn optional_text(&self, name: &str) -> Result<Option<&str>> {
        self.optional(name, "text", Value::as_str)
    }

    pub(crate) fn flag(&self, name: &str) -> Result<bool> {
        let given = self.optional(name, "true or false", Value::as_bool)?;
        Ok(given.unwrap_or_default())
    }

    pub(crate) fn whole(&self, name: &str) -> Result<u64> {
        self.optional_whole(name)?.ok_or_else(|| missing(name))
    }

    pub(crate) fn optional_whole(&self, name: &str) -> Result<Option<u64>> {
        self.optional(name, "a whole number", whole)
    }

    /// A number of 32 bits or less.
    pub(crate) fn optional_small<T: TryFrom<u64>>(&self, name: &str) -> Result<Option<T>> {
        self.optional(name, "a small whole number", |value| {
            T::try_from(whole(value)?).ok()
        })
    }

    pub(crate) fn time(&self, name: &str) -> Result<Timestamp> {
        self.optional_time(name)?.ok_or_else(|| missing(name))
    }

    /// Unix seconds.
    pub(crate) fn optional_time(&self, name: &str) -> Result<Option<Timestamp>> {
        match self.optional(name, "Unix seconds", seconds)? {
            Some(seconds) => Timestamp::from_unix_seconds(seconds).map(Some),
            None => Ok(None),
        }
    }

    /// `unix_millis` and `monotonic_millis`.
    pub(crate) fn now(&self) -> Result<Now> {
        Ok(Now {
            unix_millis: self.whole("unix_millis")?,
            monotonic_millis: self.whole("monotonic_millis")?,
        })
    }

    pub(crate) fn jitter(&self) -> Result<Jitter> {
        let fraction = self.optional("jitter", "a fraction", fraction)?;
        Ok(Jitter::from_fraction(
            fraction.ok_or_else(|| missing("jitter"))?,
        ))
    }

    pub(crate) fn encoding(&self) -> Result<SignatureEncoding> {
        match self.optional_text("encoding")? {
            None | Some("der") => Ok(SignatureEncoding::Der),
            Some("raw") => Ok(SignatureEncoding::Raw),
            Some(_) => Err(wrong("encoding", "`der` or `raw`")),
        }
    }

    pub(crate) fn bytes(&self, name: &str) -> Result<Zeroizing<Vec<u8>>> {
        self.optional_bytes(name)?.ok_or_else(|| missing(name))
    }

    pub(crate) fn optional_bytes(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let given = self.get(name).map(|value| bytes(name, value));
        given.transpose()
    }

    /// A list of values that are bytes each.
    pub(crate) fn list_of_bytes(&self, name: &str) -> Result<Vec<Zeroizing<Vec<u8>>>> {
        let list = self.list(name)?.iter();
        list.map(|value| bytes(name, value)).collect()
    }

    /// A list of pairs of text.
    pub(crate) fn pairs(&self, name: &str) -> Result<Vec<(&str, &str)>> {
        let list = self.list(name)?.iter();
        list.map(|value| pair(value).ok_or_else(|| wrong(name, "pairs of text")))
            .collect()
    }

    /// The members of an object of text.
    pub(crate) fn map(&self, name: &str) -> Result<Vec<(&str, &str)>> {
        let object = self.optional(name, "an object of text", texts)?;
        Ok(object.unwrap_or_default())
    }

    /// The object of another, as if it were the input.
    pub(crate) fn object(&self, name: &str) -> Result<Option<Self>> {
        let object = |value: &'_ Value| value.as_object().map(|_| Self(value.clone()));
        self.optional(name, "an object", object)
    }

    pub(crate) fn list(&self, name: &str) -> Result<&[Value]> {
        let list = self.optional(name, "a list", Value::as_list)?;
        Ok(list.unwrap_or_default())
    }

    fn optional<'v, T>(
        &'v self,
        name: &str,
        takes: &str,
        read: impl Fn(&'v Value) -> Option<T>,
    ) -> Result<Option<T>> {
        let given = self.get(name);
        given
            .map(|value| read(value).ok_or_else(|| wrong(name, takes)))
            .transpose()
    }
}

/// Text as it is, or `{"base64": …}`.
pub(crate) fn bytes(name: &str, value: &Value) -> Result<Zeroizing<Vec<u8>>> {
    let too_large = |length: usize| {
        let message = format!("`{name}` has {length} bytes, over {LONGEST}");
        Error::new(ErrorCode::InputTooLarge, message)
    };
    if let Some(text) = value.as_str() {
        return match text.len() {
            length if length > LONGEST => Err(too_large(length)),
            _ => Ok(Zeroizing::new(text.as_bytes().to_vec())),
        };
    }
    let encoded = value.get("base64").and_then(Value::as_str);
    let encoded = encoded.ok_or_else(|| wrong(name, "text or {\"base64\": …}"))?;
    if encoded.len() / 4 * 3 > LONGEST.saturating_add(2) {
        return Err(too_large(encoded.len() / 4 * 3));
    }
    let decoded = Base64::decode_vec(encoded).map_err(|_| wrong(name, "base64 with padding"))?;
    Ok(Zeroizing::new(decoded))
}

/// A pair of text.
pub(crate) fn pair(value: &Value) -> Option<(&str, &str)> {
    match value.as_list()? {
        [name, value] => Some((name.as_str()?, value.as_str()?)),
        _ => None,
    }
}

pub(crate) fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorCode::ArgumentInvalid, message.into())
}

pub(crate) fn wrong(name: &str, takes: &str) -> Error {
    invalid(format!("`{name}` takes {takes}"))
}

pub(crate) fn missing(name: &str) -> Error {
    invalid(format!("`{name}` is missing"))
}

/// The members of an object of text, as they are given.
fn texts(value: &Value) -> Option<Vec<(&str, &str)>> {
    let members = value.as_object()?.iter();
    members
        .map(|(name, value)| Some((name.as_str(), value.as_str()?)))
        .collect()
}

fn fraction(value: &Value) -> Option<f64> {
    match value.as_number()? {
        Number::Float(float) => Some(float),
        // Beyond 0 and 1 all whole numbers mean the same.
        Number::Whole(whole) => Some(if whole == 0 { 0.0 } else { 1.0 }),
        Number::Negative(_) => Some(-1.0),
    }
}

/// JavaScript has no whole numbers: a fraction of a millisecond is cut off, and what is too large is
/// the largest.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "there is no other conversion from a float; it saturates"
)]
fn whole(value: &Value) -> Option<u64> {
    match value.as_number()? {
        Number::Whole(whole) => Some(whole),
        Number::Negative(_) => None,
        Number::Float(float) => (float >= 0.0).then_some(float as u64),
    }
}

fn seconds(value: &Value) -> Option<i64> {
    match value.as_number()? {
        Number::Negative(seconds) => Some(seconds),
        _ => i64::try_from(whole(value)?).ok(),
    }
}
