//! What every call goes through: errors become thrown ones, panics become errors.

use crate::error::thrown;
use rolesanywhere::core::Timestamp;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs a call. Whatever it holds is dropped when it panics, so that nothing half-done is seen.
pub(crate) fn guarded<T>(call: impl FnOnce() -> Result<T>) -> napi::Result<T> {
    caught(call).map_err(|error| thrown(&error))
}

/// The same for work on another thread, whose error is not thrown yet.
pub(crate) fn caught<T>(call: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| {
        let message = "the native module panicked";
        Err(Error::new(ErrorCode::Panic, message))
    })
}

pub(crate) fn time(seconds: i64) -> Result<Timestamp> {
    Timestamp::from_unix_seconds(seconds)
}
