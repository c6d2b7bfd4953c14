//! Hex, base64 and SigV4 percent-encoding.

use alloc::string::String;

/// Lower-case hex.
#[must_use]
pub fn hex(_bytes: &[u8]) -> String {
    todo!()
}
