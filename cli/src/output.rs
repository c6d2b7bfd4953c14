//! Standard output: written at once or not at all.

use rolesanywhere::core::error::{Error, ErrorCode, Result};
use std::io::{ErrorKind, Write};

/// Writes everything in one call, so that a reader never sees half of a credential.
pub(crate) fn write(bytes: &[u8]) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    stdout
        .write_all(bytes)
        .and_then(|()| stdout.flush())
        .map_err(|error| {
            let why = match error.kind() {
                ErrorKind::BrokenPipe => "nobody reads it",
                ErrorKind::StorageFull => "no space is left",
                _ => "it refuses to be written to",
            };
            Error::new(
                ErrorCode::Internal,
                format!("standard output cannot be written: {why}"),
            )
            .with_hint("check where the output goes")
        })
}
