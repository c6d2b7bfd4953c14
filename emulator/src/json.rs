//! JSON that people write.

use serde::de::{DeserializeOwned, Error};

/// Reads an object. A sequence, which would otherwise fill the members by position, is refused.
pub(crate) fn object<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    if text.trim_start().starts_with('{') {
        serde_json::from_str(text)
    } else {
        Err(serde_json::Error::custom("it is not an object"))
    }
}
