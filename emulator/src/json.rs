//! JSON that people write.

use serde::de::DeserializeOwned;

/// Reads an object, or says what is wrong with which member. A sequence, which would otherwise fill
/// the members by position, is refused.
pub(crate) fn object<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    if !text.trim_start().starts_with('{') {
        return Err("it is not an object".to_owned());
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        // The path of what is not even JSON is no help, and that of the whole is `.`.
        if path == "." || error.inner().is_syntax() || error.inner().is_eof() {
            error.into_inner().to_string()
        } else {
            format!("{path}: {}", error.into_inner())
        }
    })?;
    deserializer.end().map_err(|error| error.to_string())?;
    Ok(read)
}
