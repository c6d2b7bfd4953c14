//! Reads an operation's input: every value by its name, with an error that names what is wrong.
//!
//! What is wrong is kept, and something empty read in its place: an operation asks for
//! [`Arguments::checked`] once, before it does anything, instead of after each value. Whatever it
//! answers, the first thing that was wrong is what its caller hears of.

use rolesanywhere_core::Timestamp;
use rolesanywhere_core::encoding::from_base64;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_core::json::{Number, Value};
use rolesanywhere_core::refresh::{Jitter, Now};
use rolesanywhere_core::sigv4::SignatureEncoding;
use std::cell::RefCell;
use zeroize::Zeroizing;

/// Certificates, keys and replies are far shorter.
const LONGEST: usize = 1 << 20;

/// Bytes of an argument: there may be a key in them.
pub(crate) type Bytes = Zeroizing<Vec<u8>>;

/// The input, or an object in it.
#[derive(Clone, Copy)]
pub(crate) struct Arguments<'v> {
    input: &'v Value,
    /// The first of the errors.
    error: &'v RefCell<Option<Error>>,
}

/// Of one attempt of a machine.
pub(crate) struct Moment {
    pub(crate) id: u64,
    pub(crate) now: Now,
    pub(crate) jitter: Jitter,
}

impl<'v> Arguments<'v> {
    pub(crate) fn new(input: &'v Value, error: &'v RefCell<Option<Error>>) -> Self {
        let arguments = Self { input, error };
        if input.as_object().is_none() {
            arguments.refuse(invalid("the input is not a JSON object"));
        }
        arguments
    }

    /// What was wrong with anything that was read up to now.
    pub(crate) fn checked(&self) -> Result<()> {
        match self.error.take() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Keeps the first error.
    pub(crate) fn refuse(&self, error: Error) {
        self.error.borrow_mut().get_or_insert(error);
    }

    pub(crate) fn wrong(&self, name: &str, takes: &str) {
        self.refuse(wrong(name, takes));
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'v Value> {
        let value = self.input.get(name);
        value.filter(|value| !matches!(value, Value::Null))
    }

    pub(crate) fn text(&self, name: &str) -> &'v str {
        self.required(name, self.optional_text(name))
    }

    pub(crate) fn optional_text(&self, name: &str) -> Option<&'v str> {
        self.optional(name, "text", Value::as_str)
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        let given = self.optional(name, "true or false", Value::as_bool);
        given.unwrap_or_default()
    }

    pub(crate) fn whole(&self, name: &str) -> u64 {
        self.required(name, self.optional(name, "a whole number", whole))
    }

    /// A number of 32 bits or less.
    pub(crate) fn small<T: TryFrom<u64> + Default>(&self, name: &str) -> T {
        self.required(name, self.optional_small(name))
    }

    /// A number of 32 bits or less.
    pub(crate) fn optional_small<T: TryFrom<u64>>(&self, name: &str) -> Option<T> {
        self.optional(name, "a small whole number", |value| {
            T::try_from(whole(value)?).ok()
        })
    }

    pub(crate) fn time(&self, name: &str) -> Timestamp {
        let time = self.optional_time(name);
        time.unwrap_or_else(|| {
            self.refuse(missing(name));
            Timestamp::EPOCH
        })
    }

    /// Unix seconds.
    pub(crate) fn optional_time(&self, name: &str) -> Option<Timestamp> {
        let seconds = self.optional(name, "Unix seconds", seconds)?;
        match Timestamp::from_unix_seconds(seconds) {
            Ok(time) => Some(time),
            Err(error) => {
                self.refuse(error);
                None
            }
        }
    }

    /// `unix_millis` and `monotonic_millis`.
    pub(crate) fn now(&self) -> Now {
        Now {
            unix_millis: self.whole("unix_millis"),
            monotonic_millis: self.whole("monotonic_millis"),
        }
    }

    /// `id`, both clocks and `jitter`.
    pub(crate) fn moment(&self) -> Moment {
        let jitter = self.required("jitter", self.optional("jitter", "a fraction", fraction));
        Moment {
            id: self.whole("id"),
            now: self.now(),
            jitter: Jitter::from_fraction(jitter),
        }
    }

    pub(crate) fn encoding(&self) -> SignatureEncoding {
        match self.optional_text("encoding") {
            None | Some("der") => SignatureEncoding::Der,
            Some("raw") => SignatureEncoding::Raw,
            Some(_) => {
                self.wrong("encoding", "`der` or `raw`");
                SignatureEncoding::Der
            }
        }
    }

    pub(crate) fn bytes(&self, name: &str) -> Bytes {
        self.required(name, self.optional_bytes(name))
    }

    pub(crate) fn optional_bytes(&self, name: &str) -> Option<Bytes> {
        Some(self.bytes_of(name, self.get(name)?))
    }

    /// A list of values that are bytes each.
    pub(crate) fn list_of_bytes(&self, name: &str) -> Vec<Bytes> {
        let list = self.list(name).iter();
        list.map(|value| self.bytes_of(name, value)).collect()
    }

    /// A list of pairs of text.
    pub(crate) fn pairs(&self, name: &str) -> Vec<(&'v str, &'v str)> {
        let mut pairs = Vec::new();
        for value in self.list(name) {
            match pair(value) {
                Some(pair) => pairs.push(pair),
                None => self.wrong(name, "pairs of text"),
            }
        }
        pairs
    }

    /// The members of an object of text.
    pub(crate) fn map(&self, name: &str) -> Vec<(&'v str, &'v str)> {
        let mut map = Vec::new();
        let object = self.optional(name, "an object of text", Value::as_object);
        for (member, value) in object.unwrap_or_default() {
            match value.as_str() {
                Some(value) => map.push((member.as_str(), value)),
                None => self.wrong(name, "an object of text"),
            }
        }
        map
    }

    /// The object of another, as if it were the input.
    pub(crate) fn object(&self, name: &str) -> Option<Self> {
        self.optional(name, "an object", Value::as_object)?;
        let input = self.get(name)?;
        Some(Self { input, ..*self })
    }

    pub(crate) fn list(&self, name: &str) -> &'v [Value] {
        let list = self.optional(name, "a list", Value::as_list);
        list.unwrap_or_default()
    }

    fn optional<T>(
        &self,
        name: &str,
        takes: &str,
        read: impl Fn(&'v Value) -> Option<T>,
    ) -> Option<T> {
        let value = read(self.get(name)?);
        if value.is_none() {
            self.wrong(name, takes);
        }
        value
    }

    fn required<T: Default>(&self, name: &str, value: Option<T>) -> T {
        value.unwrap_or_else(|| {
            self.refuse(missing(name));
            T::default()
        })
    }

    /// Text as it is, or `{"base64": …}`.
    fn bytes_of(&self, name: &str, value: &Value) -> Bytes {
        let bytes = bytes(name, value);
        bytes.unwrap_or_else(|error| {
            self.refuse(error);
            Bytes::default()
        })
    }
}

fn bytes(name: &str, value: &Value) -> Result<Bytes> {
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
    from_base64(encoded.as_bytes()).ok_or_else(|| wrong(name, "base64 with padding"))
}

fn pair(value: &Value) -> Option<(&str, &str)> {
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

fn missing(name: &str) -> Error {
    invalid(format!("`{name}` is missing"))
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
