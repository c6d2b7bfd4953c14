use serde::{Deserialize, Serialize};

/// Where no document says what the service does, and a test may want the one or the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Settings {
    /// How far `x-amz-date` may be from the emulator's clock, either way, in seconds.
    pub clock_skew_seconds: u32,
    /// Whether a leaf without a `keyUsage` extension is accepted.
    pub lenient_key_usage: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            clock_skew_seconds: 300,
            lenient_key_usage: false,
        }
    }
}
