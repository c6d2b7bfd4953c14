//! Points in time, as the wire writes them.

use crate::error::Result;
use alloc::string::String;

/// A point in time in whole Unix seconds, between the years 1970 and 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From Unix seconds.
    ///
    /// # Errors
    /// `timestamp_malformed` outside the years 1970 to 9999.
    pub fn from_unix_seconds(_seconds: i64) -> Result<Self> {
        todo!()
    }

    /// Unix seconds.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.0
    }

    /// `YYYYMMDDTHHMMSSZ`, as in `x-amz-date`.
    #[must_use]
    pub fn amz_date(self) -> String {
        todo!()
    }

    /// Reads `YYYYMMDDTHHMMSSZ`.
    ///
    /// # Errors
    /// `timestamp_malformed`
    pub fn parse_amz_date(_text: &str) -> Result<Self> {
        todo!()
    }

    /// `YYYY-MM-DDThh:mm:ssZ`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        todo!()
    }

    /// Reads RFC 3339, with or without fractional seconds and with any offset.
    ///
    /// # Errors
    /// `timestamp_malformed`
    pub fn parse_rfc3339(_text: &str) -> Result<Self> {
        todo!()
    }

    /// Reads the `Date` header's form (RFC 9110 §5.6.7).
    ///
    /// # Errors
    /// `timestamp_malformed`
    pub fn parse_http_date(_text: &str) -> Result<Self> {
        todo!()
    }
}
