//! Points in time, as the wire writes them.
//!
//! Three texts meet here: the `x-amz-date` form of SigV4, RFC 3339 in the service's replies, and
//! the `Date` header of HTTP. All are UTC.

mod parse;

use crate::error::{Error, ErrorCode, Result};
use alloc::{format, string::String};
use core::time::Duration;
use der::DateTime;

/// A point in time in whole Unix seconds, between the years 1970 and 9999, in UTC.
///
/// # Examples
/// ```
/// use rolesanywhere_core::Timestamp;
///
/// let signed_at = Timestamp::parse_amz_date("20261121T055319Z")?;
/// assert_eq!(signed_at.unix_seconds(), 1_795_240_399);
/// assert_eq!(signed_at.rfc3339(), "2026-11-21T05:53:19Z");
/// # Ok::<(), rolesanywhere_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 1970-01-01T00:00:00Z
    pub const EPOCH: Self = Self(0);

    /// From Unix seconds.
    ///
    /// # Errors
    /// `timestamp_malformed` outside the years 1970 to 9999.
    pub fn from_unix_seconds(seconds: i64) -> Result<Self> {
        u64::try_from(seconds)
            .ok()
            .and_then(|seconds| DateTime::from_unix_duration(Duration::from_secs(seconds)).ok())
            .map(|_| Self(seconds))
            .ok_or_else(malformed)
    }

    /// Reads `YYYYMMDDTHHMMSSZ`, the form of `x-amz-date`.
    ///
    /// # Errors
    /// `timestamp_malformed`
    pub fn parse_amz_date(text: &str) -> Result<Self> {
        parse::amz_date(text).ok_or_else(malformed)
    }

    /// Reads RFC 3339, with or without fractional seconds (which are cut off) and with any offset.
    ///
    /// # Errors
    /// `timestamp_malformed`
    pub fn parse_rfc3339(text: &str) -> Result<Self> {
        parse::rfc3339(text).ok_or_else(malformed)
    }

    /// Reads the `Date` header's form `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
    ///
    /// The two obsolete forms, which no server of ours sends, are refused.
    ///
    /// # Errors
    /// `timestamp_malformed`
    pub fn parse_http_date(text: &str) -> Result<Self> {
        parse::http_date(text).ok_or_else(malformed)
    }

    /// Unix seconds.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.0
    }

    /// `YYYYMMDDTHHMMSSZ`, as in `x-amz-date`.
    #[must_use]
    pub fn amz_date(self) -> String {
        let (date, time) = self.fields();
        format!(
            "{}{:02}{:02}T{:02}{:02}{:02}Z",
            Year(date.0),
            date.1,
            date.2,
            time.0,
            time.1,
            time.2
        )
    }

    /// `YYYYMMDD`, as in the credential scope.
    #[must_use]
    pub fn scope_date(self) -> String {
        let (date, _) = self.fields();
        format!("{}{:02}{:02}", Year(date.0), date.1, date.2)
    }

    /// `YYYY-MM-DDThh:mm:ssZ`, the form every SDK reads from `credential_process`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let (date, time) = self.fields();
        format!(
            "{}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            Year(date.0),
            date.1,
            date.2,
            time.0,
            time.1,
            time.2
        )
    }

    /// Seconds from `earlier` to this point; negative when it lies before.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Year, month, day and hour, minute, second. The constructor has checked the range, so the
    /// fallback is never taken.
    fn fields(self) -> ((u16, u8, u8), (u8, u8, u8)) {
        let since_epoch = Duration::from_secs(u64::try_from(self.0).unwrap_or(0));
        let at = DateTime::from_unix_duration(since_epoch).unwrap_or(DateTime::INFINITY);
        (
            (at.year(), at.month(), at.day()),
            (at.hour(), at.minutes(), at.seconds()),
        )
    }
}

/// From an ASN.1 time, which cannot lie outside the range.
impl From<DateTime> for Timestamp {
    fn from(at: DateTime) -> Self {
        Self(i64::try_from(at.unix_duration().as_secs()).unwrap_or(0))
    }
}

struct Year(u16);

impl core::fmt::Display for Year {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "{:04}", self.0)
    }
}

fn malformed() -> Error {
    Error::new(
        ErrorCode::TimestampMalformed,
        "the time is not in the form that is expected",
    )
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn forms_agree() {
        let at = Timestamp::from_unix_seconds(784_111_777).unwrap();
        assert_eq!(at.amz_date(), "19941106T084937Z");
        assert_eq!(at.scope_date(), "19941106");
        assert_eq!(at.rfc3339(), "1994-11-06T08:49:37Z");
        assert_eq!(Timestamp::parse_amz_date(&at.amz_date()), Ok(at));
        assert_eq!(Timestamp::parse_rfc3339(&at.rfc3339()), Ok(at));
        assert_eq!(
            Timestamp::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"),
            Ok(at)
        );
    }

    #[test]
    fn range_is_1970_to_9999() {
        assert_eq!(
            Timestamp::from_unix_seconds(0).unwrap().rfc3339(),
            "1970-01-01T00:00:00Z"
        );
        let last = Timestamp::from_unix_seconds(253_402_300_799).unwrap();
        assert_eq!(last.rfc3339(), "9999-12-31T23:59:59Z");
        for seconds in [-1, 253_402_300_800, i64::MAX, i64::MIN] {
            assert!(Timestamp::from_unix_seconds(seconds).is_err(), "{seconds}");
        }
    }
}
