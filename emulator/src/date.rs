//! The `Date` header, from the injected clock.

use der::DateTime;
use rolesanywhere_core::Timestamp;
use std::time::Duration;

/// The point in time, or the nearest end of the range that can be written.
pub(crate) fn saturating(unix_seconds: i64) -> Timestamp {
    const LAST: i64 = 253_402_300_799;
    Timestamp::from_unix_seconds(unix_seconds.clamp(0, LAST))
        .unwrap_or_else(|_| Timestamp::from(DateTime::INFINITY))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
pub(crate) fn http_date(at: Timestamp) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    // The first day of 1970 was a Thursday.
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let seconds = u64::try_from(at.unix_seconds()).unwrap_or(0);
    let fields =
        DateTime::from_unix_duration(Duration::from_secs(seconds)).unwrap_or(DateTime::INFINITY);
    let day = usize::try_from(seconds / 86_400 % 7)
        .ok()
        .and_then(|day| DAYS.get(day));
    let month = MONTHS.get(usize::from(fields.month()).saturating_sub(1));
    format!(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        day.unwrap_or(&""),
        fields.day(),
        month.unwrap_or(&""),
        fields.year(),
        fields.hour(),
        fields.minutes(),
        fields.seconds()
    )
}

#[cfg(test)]
mod tests {
    use super::{http_date, saturating};

    #[test]
    fn dates_are_written_as_http_asks() {
        for (seconds, text) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_709_164_799, "Wed, 28 Feb 2024 23:59:59 GMT"),
            (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
            (-5, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (i64::MAX, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] {
            assert_eq!(http_date(saturating(seconds)), text);
        }
    }
}
