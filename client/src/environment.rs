//! What the process is told from outside: its environment and its clock.

use rolesanywhere_core::Timestamp;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::time::{SystemTime, UNIX_EPOCH};

/// Looks an environment variable up; an empty one counts as unset wherever this crate asks.
///
/// An argument instead of the process's own environment, so that hosts and tests can give theirs.
pub type Environment<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The process's own environment.
///
/// A value that is not UTF-8 is kept with replacement characters: it then fails where it is used,
/// by name, instead of being taken for unset.
#[must_use]
pub fn process_environment(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

/// The system's clock.
///
/// # Errors
/// `timestamp_malformed` when the clock stands before 1970 or after 9999.
pub fn system_time() -> Result<Timestamp> {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|elapsed| i64::try_from(elapsed.as_secs()).ok());
    match seconds {
        Some(seconds) => Timestamp::from_unix_seconds(seconds),
        None => Err(Error::new(
            ErrorCode::TimestampMalformed,
            "this machine's clock stands before the year 1970",
        )),
    }
    .map_err(|error| error.with_hint("set this machine's clock, for example with NTP"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_in_this_century() {
        let now = system_time().unwrap().unix_seconds();
        assert!((1_700_000_000..4_102_444_800).contains(&now), "{now}");
    }
}
