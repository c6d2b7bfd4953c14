//! What Python may pass: text, bytes, times and counts. A wrong type is a `TypeError`; a value of
//! the right type always goes on to the core, which knows what to say of it.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyFloat, PyInt, PyMemoryView, PyString};
use rolesanywhere_core::error::Result;
use rolesanywhere_core::time::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};
use zeroize::Zeroizing;

/// `bytes | bytearray | memoryview | str`
pub(crate) struct Data(pub(crate) Zeroizing<Vec<u8>>);

/// `str`; what UTF-8 cannot hold is replaced, and then refused where the text is used.
pub(crate) struct Text(pub(crate) String);

/// `int | float | datetime`, as Unix seconds; what is out of range is refused as a timestamp.
#[derive(Clone, Copy)]
pub(crate) struct Time(i64);

/// `int`, cut off at both ends of the range.
#[derive(Clone, Copy)]
pub(crate) struct Count(pub(crate) u64);

impl Data {
    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

impl Text {
    pub(crate) fn of(text: &Bound<'_, PyString>) -> Self {
        Self(text.to_string_lossy().into_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Time {
    /// The time given, or this machine's: the caller of Python is the outermost one.
    pub(crate) fn or_now(time: Option<Self>) -> Result<Timestamp> {
        let seconds = time.map_or_else(unix_seconds, |Self(seconds)| seconds);
        Timestamp::from_unix_seconds(seconds)
    }

    pub(crate) fn timestamp(self) -> Result<Timestamp> {
        Timestamp::from_unix_seconds(self.0)
    }
}

impl Count {
    pub(crate) fn saturated<T: TryFrom<u64>>(self, maximum: T) -> T {
        T::try_from(self.0).unwrap_or(maximum)
    }
}

fn unix_seconds() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| {
        i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX)
    })
}

pub(crate) fn wrong_type(expected: &str, given: Borrowed<'_, '_, PyAny>) -> PyErr {
    let name = given.get_type().name();
    let name = name.map_or_else(|_| "object".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("expected {expected}, not {name}"))
}

/// The bytes of whatever holds bytes.
pub(crate) fn bytes_of(object: Borrowed<'_, '_, PyAny>) -> Option<PyResult<Zeroizing<Vec<u8>>>> {
    if let Ok(bytes) = object.cast::<PyBytes>() {
        return Some(Ok(Zeroizing::new(bytes.as_bytes().to_vec())));
    }
    if let Ok(bytes) = object.cast::<PyByteArray>() {
        return Some(Ok(Zeroizing::new(bytes.to_vec())));
    }
    if object.cast::<PyMemoryView>().is_ok() {
        let bytes = object.call_method0("tobytes");
        return Some(bytes.and_then(|bytes| Ok(Zeroizing::new(bytes.extract()?))));
    }
    None
}

impl<'a, 'py> FromPyObject<'a, 'py> for Data {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(text) = object.cast::<PyString>() {
            let text = Zeroizing::new(Text::of(&text).0);
            return Ok(Self(Zeroizing::new(text.as_bytes().to_vec())));
        }
        let bytes = bytes_of(object);
        let bytes = bytes.ok_or_else(|| wrong_type("bytes or str", object))?;
        Ok(Self(bytes?))
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for Text {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        match object.cast::<PyString>() {
            Ok(text) => Ok(Self::of(&text)),
            Err(_) => Err(wrong_type("str", object)),
        }
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for Time {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let is_bool = object.cast::<PyBool>().is_ok();
        if object.cast::<PyInt>().is_ok() && !is_bool {
            return Ok(Self(object.extract().unwrap_or(i64::MAX)));
        }
        if object.cast::<PyFloat>().is_ok() {
            return Ok(Self(floor(&object)));
        }
        if object.hasattr("timestamp")? {
            return Ok(Self(floor(&object.call_method0("timestamp")?)));
        }
        Err(wrong_type("Unix seconds or a datetime", object))
    }
}

/// Not a number has no floor, and neither has infinity.
fn floor(number: &Bound<'_, PyAny>) -> i64 {
    let floor = number.call_method0("__floor__");
    floor.and_then(|floor| floor.extract()).unwrap_or(i64::MAX)
}

impl<'a, 'py> FromPyObject<'a, 'py> for Count {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if object.cast::<PyInt>().is_err() || object.cast::<PyBool>().is_ok() {
            return Err(wrong_type("int", object));
        }
        let cut_off = if object.lt(0)? { 0 } else { u64::MAX };
        Ok(Self(object.extract().unwrap_or(cut_off)))
    }
}
