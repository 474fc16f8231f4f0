//! Values as they stand in bodies, queries and paths: limited text, days, times.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use riverbank_model::{SecretText, limits};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::openapi::schema::{ObjectBuilder, SchemaFormat};
use utoipa::openapi::{KnownFormat, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// Text of at most `MAX` characters; longer text is refused with 4002.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<const MAX: usize = { limits::TEXT }>(String);

impl<const MAX: usize> Text<MAX> {
    /// The text, if it is within its limit.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        // Bytes first: characters are counted only where there are enough bytes to matter.
        (text.len() <= MAX || text.chars().count() <= MAX).then_some(Self(text))
    }

    /// The text itself.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<const MAX: usize> Deref for Text<MAX> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> Self {
        text.0
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Text<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(text).ok_or_else(|| de::Error::custom(format_args!("must have at most {MAX} characters")))
    }
}

impl<const MAX: usize> PartialSchema for Text<MAX> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(MAX)).into()
    }
}

impl<const MAX: usize> ToSchema for Text<MAX> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("Text{MAX}"))
    }
}

/// How the document shows a [`Text`] that is refused when it is empty.
pub struct NotEmpty<const MAX: usize = { limits::TEXT }>;

impl<const MAX: usize> PartialSchema for NotEmpty<MAX> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(MAX)).into()
    }
}

impl<const MAX: usize> ToSchema for NotEmpty<MAX> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("NotEmpty{MAX}"))
    }
}

/// Text like [`Text`] that does not print: passwords and answers of end users.
#[derive(Clone, Debug)]
pub struct Hidden(SecretText);

impl Hidden {
    /// The text, still hidden.
    pub fn into_secret(self) -> SecretText {
        self.0
    }
}

impl<'de> Deserialize<'de> for Hidden {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::<{ limits::TEXT }>::deserialize(deserializer).map(|text| Self(text.into_string().into()))
    }
}

impl PartialSchema for Hidden {
    fn schema() -> RefOr<Schema> {
        Text::<{ limits::TEXT }>::schema()
    }
}

impl ToSchema for Hidden {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Hidden")
    }
}

/// A day, written `YYYY-MM-DD` and in no other way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub Date);

/// The text is no day of the form `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a date of the form YYYY-MM-DD")]
pub struct NotADay;

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return Err(NotADay);
        }
        text.parse().map(Self).map_err(|_| NotADay)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match Digits::of(self.0.at(0, 0, 0, 0)) {
            Some(digits) => serializer.serialize_str(digits.day()),
            None => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl PartialSchema for Day {
    fn schema() -> RefOr<Schema> {
        let date = SchemaFormat::KnownFormat(KnownFormat::Date);
        ObjectBuilder::new().schema_type(Type::String).format(Some(date)).into()
    }
}

impl ToSchema for Day {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Day")
    }
}

/// A moment as every Nexus body shows it: `2016-10-13T18:07:57.000Z`, cut to milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub Timestamp);

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Self {
        Self(at)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = Offset::UTC.to_datetime(self.0);
        match Digits::of(at) {
            Some(digits) => f.write_str(digits.moment()),
            None => write!(f, "{}T{:.3}Z", at.date(), at.time()),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match Digits::of(Offset::UTC.to_datetime(self.0)) {
            Some(digits) => serializer.serialize_str(digits.moment()),
            None => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Moment {
    /// A time of RFC 3339, with any offset.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = String::deserialize(deserializer)?.parse().ok();
        let shown = read.filter(|at| Digits::of(Offset::UTC.to_datetime(*at)).is_some());
        shown.map(Self).ok_or_else(|| {
            de::Error::custom("must be a time of the form YYYY-MM-DDThh:mm:ssZ, or with an offset for Z")
        })
    }
}

/// A time as `2016-10-13T18:07:57.000Z`. Bodies are full of times: each digit is put in its place, which takes a tenth
/// of what a formatter does.
struct Digits([u8; 24]);

impl Digits {
    /// None for a year that has not four digits.
    fn of(at: DateTime) -> Option<Self> {
        let year = u16::try_from(at.year()).ok().filter(|year| *year <= 9999)?;
        let mut text = *b"0000-00-00T00:00:00.000Z";
        put(&mut text[..4], year);
        for (place, part) in
            [(5, at.month()), (8, at.day()), (11, at.hour()), (14, at.minute()), (17, at.second())]
        {
            put(&mut text[place..place + 2], part.unsigned_abs().into());
        }
        put(&mut text[20..23], at.millisecond().unsigned_abs());
        Some(Self(text))
    }

    fn moment(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    fn day(&self) -> &str {
        &self.moment()[..10]
    }
}

/// Writes a number with as many digits as there is room for.
fn put(room: &mut [u8], mut number: u16) {
    for digit in room.iter_mut().rev() {
        *digit = b"0123456789"[usize::from(number % 10)];
        number /= 10;
    }
}

impl PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        let time = SchemaFormat::KnownFormat(KnownFormat::DateTime);
        ObjectBuilder::new().schema_type(Type::String).format(Some(time)).into()
    }
}

impl ToSchema for Moment {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Moment")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_three_decimals_and_a_z() {
        let shown = |text: &str| Moment(text.parse().unwrap()).to_string();
        assert_eq!(shown("2016-10-13T18:07:57Z"), "2016-10-13T18:07:57.000Z");
        assert_eq!(shown("2016-10-13T20:07:57.1239+02:00"), "2016-10-13T18:07:57.123Z");
        assert_eq!(shown("1969-12-31T23:59:59.999999Z"), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn a_moment_is_read_with_any_offset() {
        let read = |text: &str| serde_json::from_value::<Moment>(text.into());
        for text in ["2015-06-19T10:37:04-06:00", "2015-06-19T16:37:04Z", "2015-06-19T16:37:04.000+00:00"] {
            assert_eq!(read(text).unwrap().to_string(), "2015-06-19T16:37:04.000Z", "{text}");
        }
        for text in [
            "",
            "2015-06-19",
            "2015-06-19T10:37:04",
            "1434710224",
            "-000044-03-15T12:00:00Z",
            "2015-02-29T00:00:00Z",
        ] {
            let words = read(text).unwrap_err().to_string();
            assert_eq!(
                words, "must be a time of the form YYYY-MM-DDThh:mm:ssZ, or with an offset for Z",
                "{text}"
            );
        }
    }

    #[test]
    fn times_are_written_as_they_print() {
        for text in ["2016-10-13T18:07:57.045Z", "0001-02-03T04:05:06.007Z", "9999-12-30T22:00:00.999999Z"] {
            let at = text.parse().unwrap();
            assert_eq!(serde_json::to_value(Moment(at)).unwrap(), Moment(at).to_string());
            let day = Offset::UTC.to_datetime(at).date();
            assert_eq!(serde_json::to_value(Day(day)).unwrap(), day.to_string());
        }
        let before = Timestamp::MIN;
        assert_eq!(Moment(before).to_string(), "-009999-01-02T01:59:59.000Z");
        assert_eq!(serde_json::to_value(Moment(before)).unwrap(), Moment(before).to_string());
        assert_eq!(serde_json::to_value(Day(Date::MIN)).unwrap(), Date::MIN.to_string());
    }

    #[test]
    fn a_day_has_one_form() {
        assert_eq!("2024-02-29".parse::<Day>().unwrap().to_string(), "2024-02-29");
        for text in
            ["", "2023-02-29", "20240229", "2024-2-29", "2024-02-29T00:00", "+02024-02-2", "2024/02/29"]
        {
            assert!(text.parse::<Day>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn hidden_text_does_not_print() {
        let hidden: Hidden = serde_json::from_value("hunter2".into()).unwrap();
        assert!(!format!("{hidden:?}").contains("hunter2"));
        assert!(serde_json::from_value::<Hidden>("x".repeat(1025).into()).is_err());
    }

    #[test]
    fn text_is_counted_in_characters() {
        let read = |text: &str| serde_json::from_value::<Text<3>>(text.into()).map(Text::into_string);
        assert_eq!(read("äöü").unwrap(), "äöü");
        assert!(read("abcd").is_err());
    }
}
