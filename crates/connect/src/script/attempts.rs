//! Which attempts of a member something holds for.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A range of attempts, both ends included; attempts count from 1.
///
/// Written `2`, `"2"`, `"3.."`, `"..4"` or `"2..4"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    first: i64,
    last: i64,
}

impl Attempts {
    /// Every attempt.
    pub const ALL: Self = Self { first: 1, last: i64::MAX };

    /// Whether this attempt is one of them.
    pub fn contains(self, attempt: i64) -> bool {
        (self.first..=self.last).contains(&attempt)
    }

    /// Whether some attempt is in both.
    pub(super) fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Whether these are all.
    pub(super) fn is_all(&self) -> bool {
        *self == Self::ALL
    }

    fn parse(text: &str) -> Option<Self> {
        let number = |text: &str, open: i64| match text {
            "" => Some(open),
            digits => digits.parse().ok(),
        };
        let (first, last) = match text.split_once("..") {
            Some(("", "")) => return None,
            Some((first, last)) => (number(first, 1)?, number(last, i64::MAX)?),
            None => (text.parse().ok()?, text.parse().ok()?),
        };
        (1 <= first && first <= last).then_some(Self { first, last })
    }
}

impl Default for Attempts {
    fn default() -> Self {
        Self::ALL
    }
}

impl fmt::Display for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (first, last) if first == last => write!(f, "{first}"),
            (first, i64::MAX) => write!(f, "{first}.."),
            (first, last) => write!(f, "{first}..{last}"),
        }
    }
}

impl Serialize for Attempts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Attempts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Range;
        impl de::Visitor<'_> for Range {
            type Value = Attempts;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("attempts such as 2, \"3..\" or \"2..4\", counted from 1")
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Attempts, E> {
                self.visit_str(&value.to_string())
            }
            fn visit_str<E: de::Error>(self, value: &str) -> Result<Attempts, E> {
                Attempts::parse(value).ok_or_else(|| E::invalid_value(de::Unexpected::Str(value), &self))
            }
        }
        deserializer.deserialize_any(Range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_attempts_includes_both_ends() {
        for (text, inside, outside) in [
            ("2", vec![2], vec![1, 3]),
            ("3..", vec![3, 4, i64::MAX], vec![1, 2]),
            ("..2", vec![1, 2], vec![3]),
            ("2..4", vec![2, 3, 4], vec![1, 5]),
        ] {
            let attempts = Attempts::parse(text).unwrap();
            assert!(inside.iter().all(|&attempt| attempts.contains(attempt)), "{text}");
            assert!(outside.iter().all(|&attempt| !attempts.contains(attempt)), "{text}");
            assert_eq!(Attempts::parse(&attempts.to_string()), Some(attempts));
        }
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for text in ["", "..", "0", "-1", "4..2", "a", "1..b", "1...", "99999999999999999999"] {
            assert_eq!(Attempts::parse(text), None, "{text}");
        }
    }
}
