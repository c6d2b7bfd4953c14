//! Points in time, as the wire writes them.
//!
//! Three texts meet here: the `x-amz-date` form of SigV4, RFC 3339 in the service's replies, and
//! the `Date` header of HTTP. All are UTC.

mod parse;

use crate::error::{Error, ErrorCode, Result};
use alloc::string::{String, ToString};
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
        let at = self.date_time();
        let date = [
            at.year() / 100,
            at.year() % 100,
            at.month().into(),
            at.day().into(),
        ];
        let time = [at.hour(), at.minutes(), at.seconds()].map(u16::from);
        // Formatting takes ten times as long, and this is in every request three times.
        let mut text = String::with_capacity(16);
        text.extend(date.into_iter().flat_map(two_digits));
        text.push('T');
        text.extend(time.into_iter().flat_map(two_digits));
        text.push('Z');
        text
    }

    /// `YYYYMMDD`, as in the credential scope.
    #[must_use]
    pub fn scope_date(self) -> String {
        let mut date = self.amz_date();
        date.truncate(8);
        date
    }

    /// `YYYY-MM-DDThh:mm:ssZ`, the form every SDK reads from `credential_process`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        // As der prints it.
        self.date_time().to_string()
    }

    /// Seconds from `earlier` to this point; negative when it lies before.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The constructor has checked the range, so the fallback is never taken.
    /// The content of an X.509 `UTCTime`.
    pub(crate) fn of_utc_time(content: &[u8]) -> Option<Self> {
        parse::utc_time(core::str::from_utf8(content).ok()?)
    }

    /// The content of an X.509 `GeneralizedTime`.
    pub(crate) fn of_generalized_time(content: &[u8]) -> Option<Self> {
        parse::generalized_time(core::str::from_utf8(content).ok()?)
    }

    fn date_time(self) -> DateTime {
        let since_epoch = Duration::from_secs(u64::try_from(self.0).unwrap_or(0));
        DateTime::from_unix_duration(since_epoch).unwrap_or(DateTime::INFINITY)
    }
}

/// From an ASN.1 time, which cannot lie outside the range.
impl From<DateTime> for Timestamp {
    fn from(at: DateTime) -> Self {
        Self(i64::try_from(at.unix_duration().as_secs()).unwrap_or(0))
    }
}

fn two_digits(number: u16) -> [char; 2] {
    [number / 10 % 10, number % 10].map(|digit| char::from_digit(digit.into(), 10).unwrap_or('0'))
}

fn malformed() -> Error {
    Error::new(
        ErrorCode::TimestampMalformed,
        "the time is not in the form that is expected",
    )
}

#[cfg(test)]
mod tests {
    use super::{ErrorCode, Timestamp};

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
            let error = Timestamp::from_unix_seconds(seconds).unwrap_err();
            assert_eq!(error.code(), ErrorCode::TimestampMalformed, "{seconds}");
        }
    }
}
