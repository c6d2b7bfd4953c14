//! The three texts of a point in time. Every field is of fixed width, so a stray character fails.

use super::Timestamp;
use core::time::Duration;
use der::DateTime;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Year, month, day, hour, minute, second.
type Fields = [u16; 6];

pub(super) fn amz_date(text: &str) -> Option<Timestamp> {
    let mut fields = Fields::default();
    end(read(&mut fields, "00001122T334455Z", text)?)?;
    assemble(fields)
}

pub(super) fn rfc3339(text: &str) -> Option<Timestamp> {
    let mut fields = Fields::default();
    let rest = read(&mut fields, "0000-11-22", text)?;
    let rest = one_of(&["T", "t", " "], rest)?.1;
    let mut rest = read(&mut fields, "33:44:55", rest)?;
    if let Some(fraction) = rest.strip_prefix(".") {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        rest = fraction.get(digits..).filter(|_| digits > 0)?;
    }
    let local = assemble(fields)?.unix_seconds();
    Timestamp::from_unix_seconds(local.checked_sub(offset_seconds(rest)?)?).ok()
}

pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    let mut fields = Fields::default();
    let rest = one_of(&WEEKDAYS, text)?.1;
    let rest = read(&mut fields, ", 22 ", rest)?;
    let (month, rest) = one_of(&MONTHS, rest)?;
    end(read(&mut fields, " 0000 33:44:55 GMT", rest)?)?;
    fields[1] = month.checked_add(1)?;
    assemble(fields)
}

/// The content of a `GeneralizedTime`, as RFC 5280 §4.1.2.5.2 wants it. DER has no leap seconds.
pub(super) fn generalized_time(text: &str) -> Option<Timestamp> {
    let mut fields = Fields::default();
    end(read(&mut fields, "00001122334455Z", text)?)?;
    assemble(fields).filter(|_| fields[5] < 60)
}

/// The content of a `UTCTime` (RFC 5280 §4.1.2.5.1): years from 50 on are of the last century.
pub(super) fn utc_time(text: &str) -> Option<Timestamp> {
    let mut fields = Fields::default();
    end(read(&mut fields, "001122334455Z", text)?)?;
    fields[0] = fields[0].checked_add(if fields[0] < 50 { 2000 } else { 1900 })?;
    assemble(fields).filter(|_| fields[5] < 60)
}

fn offset_seconds(text: &str) -> Option<i64> {
    let (sign, rest) = one_of(&["Z", "z", "+", "-"], text)?;
    let mut fields = Fields::default();
    end(match sign {
        0 | 1 => rest,
        _ => read(&mut fields, "33:44", rest)?,
    })?;
    let [_, _, _, hours, minutes, _] = fields;
    let seconds = i64::from(hours) * 3600 + i64::from(minutes) * 60;
    (hours < 24 && minutes < 60).then_some(if sign == 3 { -seconds } else { seconds })
}

fn assemble([year, month, day, hour, minute, second]: Fields) -> Option<Timestamp> {
    let byte = |field: u16| u8::try_from(field).ok();
    // A leap second is read as the last second of its minute: the calendar here has none.
    let second = if second == 60 { 59 } else { second };
    let at = DateTime::new(
        year,
        byte(month)?,
        byte(day)?,
        byte(hour)?,
        byte(minute)?,
        byte(second)?,
    )
    .ok()?;
    let since_epoch: Duration = at.unix_duration();
    Timestamp::from_unix_seconds(i64::try_from(since_epoch.as_secs()).ok()?).ok()
}

/// Reads what stands at the beginning. Where the template has a digit, the text has one of the field
/// with that number; everything else stands for itself.
fn read<'t>(fields: &mut Fields, template: &str, text: &'t str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(template.len())?;
    for (wanted, octet) in template.bytes().zip(head.bytes()) {
        match fields.get_mut(usize::from(wanted.wrapping_sub(b'0'))) {
            Some(field) => {
                let digit = octet.is_ascii_digit().then_some(octet & 0x0f)?;
                *field = field.checked_mul(10)?.checked_add(digit.into())?;
            }
            None if wanted == octet => {}
            None => return None,
        }
    }
    Some(rest)
}

/// Which of the words the text begins with, and what follows.
fn one_of<'t>(words: &[&str], text: &'t str) -> Option<(u16, &'t str)> {
    let mut found = (0..).zip(words);
    found.find_map(|(at, word)| Some((at, text.strip_prefix(word)?)))
}

fn end(rest: &str) -> Option<()> {
    rest.is_empty().then_some(())
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
