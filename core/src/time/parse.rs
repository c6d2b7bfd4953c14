//! The three texts of a point in time. Every field is of fixed width, so a stray character fails.

use super::Timestamp;
use core::time::Duration;
use der::DateTime;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

pub(super) fn amz_date(text: &str) -> Option<Timestamp> {
    let mut rest = Cursor(text);
    let date = (rest.number(4)?, rest.number(2)?, rest.number(2)?);
    rest.literal("T")?;
    let time = (rest.number(2)?, rest.number(2)?, rest.number(2)?);
    rest.literal("Z")?;
    rest.end()?;
    assemble(date, time)
}

pub(super) fn rfc3339(text: &str) -> Option<Timestamp> {
    let mut rest = Cursor(text);
    let date = (rest.number(4)?, rest.after("-")?, rest.after("-")?);
    rest.literal("T")
        .or_else(|| rest.literal("t"))
        .or_else(|| rest.literal(" "))?;
    let time = (rest.number(2)?, rest.after(":")?, rest.after(":")?);
    if rest.literal(".").is_some() {
        rest.digits()?;
    }
    let offset = offset_seconds(&mut rest)?;
    rest.end()?;
    let local = assemble(date, time)?;
    Timestamp::from_unix_seconds(local.unix_seconds().checked_sub(offset)?).ok()
}

pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    let mut rest = Cursor(text);
    rest.one_of(&WEEKDAYS)?;
    rest.literal(", ")?;
    let day = rest.number(2)?;
    rest.literal(" ")?;
    let month = rest.one_of(&MONTHS)?.checked_add(1)?;
    rest.literal(" ")?;
    let year = rest.number(4)?;
    rest.literal(" ")?;
    let time = (rest.number(2)?, rest.after(":")?, rest.after(":")?);
    rest.literal(" GMT")?;
    rest.end()?;
    assemble((year, u16::try_from(month).ok()?, day), time)
}

/// The content of a `GeneralizedTime`, as RFC 5280 §4.1.2.5.2 wants it.
pub(super) fn generalized_time(text: &str) -> Option<Timestamp> {
    let mut rest = Cursor(text);
    let year = rest.number(4)?;
    after_year(year, rest)
}

/// The content of a `UTCTime` (RFC 5280 §4.1.2.5.1): years from 50 on are of the last century.
pub(super) fn utc_time(text: &str) -> Option<Timestamp> {
    let mut rest = Cursor(text);
    let year = match rest.number(2)? {
        year @ 50.. => year.checked_add(1900)?,
        year => year.checked_add(2000)?,
    };
    after_year(year, rest)
}

/// DER has no leap seconds.
fn after_year(year: u16, mut rest: Cursor<'_>) -> Option<Timestamp> {
    let date = (year, rest.number(2)?, rest.number(2)?);
    let time = (rest.number(2)?, rest.number(2)?, rest.number(2)?);
    rest.literal("Z")?;
    rest.end()?;
    assemble(date, time).filter(|_| time.2 < 60)
}

fn offset_seconds(rest: &mut Cursor<'_>) -> Option<i64> {
    if rest.literal("Z").or_else(|| rest.literal("z")).is_some() {
        return Some(0);
    }
    let sign = match rest.literal("+") {
        Some(()) => 1,
        None => rest.literal("-").map(|()| -1)?,
    };
    let (hours, minutes) = (rest.number(2)?, rest.after(":")?);
    (hours < 24 && minutes < 60).then(|| sign * (i64::from(hours) * 3600 + i64::from(minutes) * 60))
}

fn assemble(date: (u16, u16, u16), time: (u16, u16, u16)) -> Option<Timestamp> {
    let byte = |field: u16| u8::try_from(field).ok();
    // A leap second is read as the last second of its minute: the calendar here has none.
    let second = if time.2 == 60 { 59 } else { time.2 };
    let at = DateTime::new(
        date.0,
        byte(date.1)?,
        byte(date.2)?,
        byte(time.0)?,
        byte(time.1)?,
        byte(second)?,
    )
    .ok()?;
    let since_epoch: Duration = at.unix_duration();
    Timestamp::from_unix_seconds(i64::try_from(since_epoch.as_secs()).ok()?).ok()
}

struct Cursor<'a>(&'a str);

impl Cursor<'_> {
    fn literal(&mut self, expected: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    fn one_of(&mut self, words: &[&str]) -> Option<usize> {
        let index = words.iter().position(|word| self.0.starts_with(word))?;
        self.0 = self.0.strip_prefix(*words.get(index)?)?;
        Some(index)
    }

    /// A literal, then two digits.
    fn after(&mut self, expected: &str) -> Option<u16> {
        self.literal(expected)?;
        self.number(2)
    }

    fn number(&mut self, width: usize) -> Option<u16> {
        let (field, rest) = self.0.split_at_checked(width)?;
        self.0 = rest;
        field.bytes().try_fold(0_u16, |number, octet| match octet {
            b'0'..=b'9' => number.checked_mul(10)?.checked_add(u16::from(octet & 0x0f)),
            _ => None,
        })
    }

    /// One digit or more, dropped.
    fn digits(&mut self) -> Option<()> {
        let count = self.0.bytes().take_while(u8::is_ascii_digit).count();
        self.0 = self.0.get(count..)?;
        (count > 0).then_some(())
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{amz_date, generalized_time, http_date, rfc3339, utc_time};

    #[test]
    fn times_of_certificates() {
        let seconds = |text| utc_time(text).map(super::Timestamp::unix_seconds);
        assert_eq!(seconds("700101000000Z"), Some(0));
        assert_eq!(seconds("491231235959Z"), Some(2_524_607_999));
        assert_eq!(
            utc_time("261121055319Z"),
            generalized_time("20261121055319Z")
        );
        for text in [
            "500101000000Z",
            "260230000000Z",
            "261121055360Z",
            "2611210553Z",
            "261121055319+0000",
        ] {
            assert_eq!(utc_time(text), None, "{text}");
        }
        for text in [
            "19691231235959Z",
            "20261121055319.5Z",
            "20261121055319",
            "261121055319Z",
        ] {
            assert_eq!(generalized_time(text), None, "{text}");
        }
    }

    #[test]
    fn rfc3339_fractions_and_offsets() {
        let plain = rfc3339("2026-11-21T05:53:19Z");
        assert!(plain.is_some());
        for same in [
            "2026-11-21T05:53:19.5Z",
            "2026-11-21T05:53:19.123456789Z",
            "2026-11-21t05:53:19z",
            "2026-11-21T07:53:19+02:00",
            "2026-11-21T00:23:19-05:30",
        ] {
            assert_eq!(rfc3339(same), plain, "{same}");
        }
    }

    #[test]
    fn damaged_texts_are_refused() {
        for text in [
            "",
            "2026-11-21",
            "2026-11-21T05:53:19",
            "2026-13-21T05:53:19Z",
            "2026-02-30T05:53:19Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21T05:53:19.Z",
            "2026-11-21T05:53:19+2:00",
            "2026-11-21T05:53:19Zx",
            "+026-11-21T05:53:19Z",
            "２026-11-21T05:53:19Z",
            "0001-01-01T00:00:00Z",
        ] {
            assert_eq!(rfc3339(text), None, "{text}");
            assert_eq!(amz_date(text), None, "{text}");
            assert_eq!(http_date(text), None, "{text}");
        }
        for text in [
            "20261121T055319",
            "20261121 055319Z",
            "20261121T05531９Z",
            "20261132T055319Z",
        ] {
            assert_eq!(amz_date(text), None, "{text}");
        }
        for text in [
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 UTC",
        ] {
            assert_eq!(http_date(text), None, "{text}");
        }
    }
}
