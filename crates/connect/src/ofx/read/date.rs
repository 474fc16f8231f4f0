//! Dates as banks write them. The specification has `YYYYMMDDHHMMSS.XXX[offset:NAME]`, of which only the day is
//! certain to be there; some banks write `DDMMYY`.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// A moment, or only a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    /// The day as written, which is the day in the institution's own zone.
    pub(super) day: Date,
    /// The moment, where a time of day was told.
    pub(super) at: Option<Timestamp>,
}

/// Years that a statement can speak of; others mean that the digits stand in another order.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// Zones that are named without their offset, in hours.
const ZONES: [(&str, i8); 11] = [
    ("GMT", 0),
    ("UTC", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
    ("CET", 1),
];

/// Reads a date. `Ok(None)` where the text stands for none, as `00000000` does.
pub(super) fn when(text: &str) -> Result<Option<When>, &'static str> {
    let text = text.trim();
    let (moment, zone) = match text.split_once('[') {
        Some((moment, zone)) => (moment.trim(), Some(zone.trim_end_matches(']').trim())),
        None => (text, None),
    };
    let digits_of = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let leading = digits_of(moment);
    if leading > 0 && moment.bytes().all(|byte| !byte.is_ascii_digit() || byte == b'0') {
        return Ok(None);
    }
    if leading < 6 || leading == 7 {
        return with_separators(moment).map(|day| Some(When { day, at: None }));
    }
    if leading == 6 {
        let day = day(&moment[4..6], &moment[2..4], &moment[..2]).ok_or("not a date of the form DDMMYY")?;
        return Ok(Some(When { day, at: None }));
    }
    let (date, rest) = moment.split_at(8);
    let day = day(&date[..4], &date[4..6], &date[6..])
        .or_else(|| day(&date[4..], &date[2..4], &date[..2]))
        .ok_or("no such day")?;
    let at = match time(rest.trim_start_matches(['T', ' '])) {
        Some(time) => offset(zone).and_then(|offset| offset.to_timestamp(day.to_datetime(time)).ok()),
        None => None,
    };
    Ok(Some(When { day, at }))
}

/// `2026-01-31`, `31/01/2026`, `31.1.2026`; a month above 12 in the middle means that month and day are swapped.
fn with_separators(text: &str) -> Result<Date, &'static str> {
    const FORM: &str = "not a date";
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    let [first, second, third] = parts[..] else {
        return Err(FORM);
    };
    if first.len() == 4 {
        day(first, second, third).ok_or(FORM)
    } else {
        day(third, second, first).or_else(|| day(third, first, second)).ok_or(FORM)
    }
}

/// A day that exists. Two digits of a year are of this century up to 69, as POSIX has it.
fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i16>().ok())?;
    let year = match (year.len(), number(year)?) {
        (2, short @ ..=69) => 2000 + short,
        (2, short) => 1900 + short,
        (_, year) => year,
    };
    let small = |text: &str| number(text).and_then(|value| i8::try_from(value).ok());
    YEARS.contains(&year).then(|| Date::new(year, small(month)?, small(day)?).ok())?
}

/// `HH[MM[SS[.fraction]]]`, with `:` tolerated anywhere.
fn time(text: &str) -> Option<Time> {
    let (clock, fraction) = match text.split_once(['.', ',']) {
        Some(split) => split,
        // One bank writes its milliseconds behind a colon: `093914:014`.
        None => match text.split_once(':') {
            Some((clock, fraction)) if clock.len() == 6 => (clock, fraction),
            _ => (text, ""),
        },
    };
    let digits: String = clock.chars().filter(|character| *character != ':').collect();
    if digits.is_empty() || digits.len() % 2 == 1 || digits.len() > 6 {
        return None;
    }
    let part =
        |index: usize| digits.get(2 * index..2 * index + 2).map_or(Some(0), |part| part.parse::<i8>().ok());
    let nanoseconds: String =
        fraction.chars().take_while(char::is_ascii_digit).chain(std::iter::repeat('0')).take(9).collect();
    // A leap second is told as the one before it.
    Time::new(part(0)?, part(1)?, part(2)?.min(59), nanoseconds.parse().ok()?).ok()
}

/// `-5:EST`, `+5.5:IST`, `0:GMT`, `-:EST`; GMT where none is given (OFX 2.2, 3.2.8).
fn offset(zone: Option<&str>) -> Option<Offset> {
    let Some(zone) = zone else {
        return Some(Offset::UTC);
    };
    let (hours, name) = zone.split_once(':').unwrap_or((zone, ""));
    let hours = hours.trim();
    if let Some((_, known)) = ZONES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name.trim()) || known.eq_ignore_ascii_case(hours))
        .filter(|_| !hours.contains(|character: char| character.is_ascii_digit()))
    {
        return Offset::from_hours(*known).ok();
    }
    let negative = hours.starts_with('-');
    let (whole, fraction) = hours
        .trim_start_matches(['+', '-'])
        .split_once('.')
        .unwrap_or((hours.trim_start_matches(['+', '-']), "0"));
    let whole: i32 = whole.parse().ok()?;
    // Hours have decimals: `5.5` and `5.50` are five and a half; `5.30` is meant as half past, too, by some.
    let minutes: i32 = match fraction {
        "5" | "50" | "30" => 30,
        "75" | "45" => 45,
        "25" | "15" => 15,
        _ => 0,
    };
    let seconds = whole.checked_mul(3600)?.checked_add(minutes * 60)?;
    Offset::from_seconds(if negative { -seconds } else { seconds }).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_are_read_in_every_notation_in_use() {
        let cases = [
            ("20260115", "2026-01-15", None),
            ("20130525225731.258", "2013-05-25", Some("2013-05-25T22:57:31.258Z")),
            ("20090401122017.000[-5:EST]", "2009-04-01", Some("2009-04-01T17:20:17Z")),
            ("20260115233000[-5:EST]", "2026-01-15", Some("2026-01-16T04:30:00Z")),
            ("20260115120000[0:GMT]", "2026-01-15", Some("2026-01-15T12:00:00Z")),
            ("20260115120000[+5.5:IST]", "2026-01-15", Some("2026-01-15T06:30:00Z")),
            ("20260115120000[5.30:IST]", "2026-01-15", Some("2026-01-15T06:30:00Z")),
            ("20260115120000[-:EST]", "2026-01-15", Some("2026-01-15T17:00:00Z")),
            ("20260115120000[PDT]", "2026-01-15", Some("2026-01-15T19:00:00Z")),
            ("20260115120000[-3]", "2026-01-15", Some("2026-01-15T15:00:00Z")),
            ("202601151230", "2026-01-15", Some("2026-01-15T12:30:00Z")),
            ("20180804093914:014", "2018-08-04", Some("2018-08-04T09:39:14.014Z")),
            ("20260115235960", "2026-01-15", Some("2026-01-15T23:59:59Z")),
            ("010126", "2026-01-01", None),
            ("31121999", "1999-12-31", None),
            ("2026-01-15", "2026-01-15", None),
            ("2026-01-15T10:00:00", "2026-01-15", None),
            ("15/01/2026", "2026-01-15", None),
            ("01/15/2026", "2026-01-15", None),
            ("20260115[-5:EST]", "2026-01-15", None),
            ("20260115250000", "2026-01-15", None),
        ];
        for (text, day, at) in cases {
            let when = when(text).unwrap().unwrap();
            assert_eq!(when.day.to_string(), day, "{text:?}");
            assert_eq!(when.at.map(|at| at.to_string()).as_deref(), at, "{text:?}");
        }
    }

    #[test]
    fn zeros_stand_for_no_date() {
        for text in ["00000000", "0", "00000000000000.000[0:GMT]"] {
            assert_eq!(when(text), Ok(None), "{text:?}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in ["20120231", "20121301", "", "soon", "320126", "1234567", "99999999"] {
            assert!(when(text).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = when(&text);
        }

        #[test]
        fn any_digits_are_read_or_refused(text in "[0-9]{0,24}([.:][0-9]*)?(\\[[-+0-9.:A-Z]*\\]?)?") {
            let _ = when(&text);
        }
    }
}
