//! Exact decimals: scaled integers, written to and read from JSON numbers without a loss.
//!
//! An amount has 4 decimals, a rate 6, a quantity 8. The reference gives amounts as 14,2 and rates as 10,6.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// The text is no decimal that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotADecimal {
    /// Not of the form `-12.34`.
    #[error("not a decimal number")]
    Malformed,
    /// More digits after the point than the scale holds.
    #[error("too many digits after the decimal point")]
    TooFine,
    /// More digits before the point than an amount may have.
    #[error("too large")]
    TooLarge,
}

/// Reads `[+-]digits[.digits][e[+-]digits]` as an integer of `scale` decimals.
fn parse_scaled(text: &str, scale: u32) -> Result<i64, NotADecimal> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            (mantissa, exponent.parse::<i32>().map_err(|_| NotADecimal::Malformed)?)
        }
        None => (digits, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.len() + fraction.len() == 0
        || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit())
    {
        return Err(NotADecimal::Malformed);
    }
    let all: String = [whole, fraction].concat();
    let significant = all.trim_start_matches('0');
    if significant.is_empty() {
        return Ok(0);
    }
    // The value is `significant` x 10^power, in units of the scale.
    let power = i64::from(exponent) - i64::try_from(fraction.len()).map_err(|_| NotADecimal::TooFine)?
        + i64::from(scale);
    let trimmed = significant.trim_end_matches('0');
    let power =
        power + i64::try_from(significant.len() - trimmed.len()).map_err(|_| NotADecimal::TooLarge)?;
    if power < 0 {
        return Err(NotADecimal::TooFine);
    }
    if trimmed.len() > 18 || power > 18 {
        return Err(NotADecimal::TooLarge);
    }
    let magnitude = trimmed.parse::<i64>().map_err(|_| NotADecimal::TooLarge)?;
    let units = u32::try_from(power).ok().and_then(|power| 10_i64.checked_pow(power));
    let value = units.and_then(|units| magnitude.checked_mul(units)).ok_or(NotADecimal::TooLarge)?;
    Ok(if negative { -value } else { value })
}

fn write_scaled(f: &mut fmt::Formatter<'_>, value: i64, scale: u32) -> fmt::Result {
    let unit = 10_u64.pow(scale);
    let magnitude = value.unsigned_abs();
    let sign = if value < 0 { "-" } else { "" };
    let fraction = magnitude % unit;
    if fraction == 0 {
        return write!(f, "{sign}{}", magnitude / unit);
    }
    let digits = format!("{fraction:0width$}", width = scale as usize);
    write!(f, "{sign}{}.{}", magnitude / unit, digits.trim_end_matches('0'))
}

/// The double next to `value / unit`, which the division gives where both are doubles themselves.
fn quotient(value: i64, unit: i64) -> Option<f64> {
    const EXACT_BELOW: u64 = 1 << f64::MANTISSA_DIGITS;
    #[expect(clippy::cast_precision_loss, reason = "both are below the limit of exact doubles")]
    (value.unsigned_abs() < EXACT_BELOW && unit.unsigned_abs() < EXACT_BELOW)
        .then(|| value as f64 / unit as f64)
}

macro_rules! decimals {
    ($($(#[$doc:meta])* $name:ident: $scale:literal decimals, at most $digits:literal digits before the point;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// Digits after the point.
            pub const SCALE: u32 = $scale;
            /// Nothing.
            pub const ZERO: Self = Self(0);
            const LARGEST: i64 = 10_i64.pow($scale + $digits) - 1;

            /// The value of `units` of the smallest step.
            pub const fn from_units(units: i64) -> Self {
                Self(units)
            }

            /// The value in units of the smallest step.
            pub const fn units(self) -> i64 {
                self.0
            }

            /// The value without its sign.
            #[must_use]
            pub const fn abs(self) -> Self {
                Self(self.0.saturating_abs())
            }
        }

        impl FromStr for $name {
            type Err = NotADecimal;
            fn from_str(text: &str) -> Result<Self, NotADecimal> {
                let units = parse_scaled(text, $scale)?;
                if units.saturating_abs() > Self::LARGEST {
                    return Err(NotADecimal::TooLarge);
                }
                Ok(Self(units))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_scaled(f, self.0, $scale)
            }
        }

        impl Serialize for $name {
            /// A whole number as such; else the double next to the exact value, whose shortest form is the
            /// exact decimal, since no value has more than 15 significant digits in use.
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                const UNIT: i64 = 10_i64.pow($scale);
                if self.0 % UNIT == 0 {
                    return serializer.serialize_i64(self.0 / UNIT);
                }
                match quotient(self.0, UNIT) {
                    Some(double) => serializer.serialize_f64(double),
                    None => {
                        let double = self.to_string().parse().map_err(serde::ser::Error::custom)?;
                        serializer.serialize_f64(double)
                    }
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Number;
                impl de::Visitor<'_> for Number {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a number")
                    }
                    fn visit_i64<E: de::Error>(self, value: i64) -> Result<$name, E> {
                        value.to_string().parse().map_err(E::custom)
                    }
                    fn visit_u64<E: de::Error>(self, value: u64) -> Result<$name, E> {
                        value.to_string().parse().map_err(E::custom)
                    }
                    fn visit_f64<E: de::Error>(self, value: f64) -> Result<$name, E> {
                        value.to_string().parse().map_err(E::custom)
                    }
                }
                deserializer.deserialize_any(Number)
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }
        }

        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(self.0.saturating_neg())
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
                values.fold(Self::ZERO, Add::add)
            }
        }
    )*};
}

decimals! {
    /// An amount of some currency. The reference's form is 14,2; four decimals leave room for currencies with three.
    Money: 4 decimals, at most 12 digits before the point;
    /// A rate in per cent, such as an APR.
    Rate: 6 decimals, at most 4 digits before the point;
    /// A number of shares or units.
    Quantity: 8 decimals, at most 10 digits before the point;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_read_exactly_or_refused() {
        let cases = [
            ("0", Ok(0)),
            ("-0.00", Ok(0)),
            ("33.88", Ok(338_800)),
            ("+1.5", Ok(15_000)),
            (".5", Ok(5_000)),
            ("1e3", Ok(10_000_000)),
            ("12.3400000", Ok(123_400)),
            ("1.00001", Err(NotADecimal::TooFine)),
            ("999999999999.9999", Ok(9_999_999_999_999_999)),
            ("1000000000000", Err(NotADecimal::TooLarge)),
            ("1e400", Err(NotADecimal::TooLarge)),
            ("", Err(NotADecimal::Malformed)),
            ("1,5", Err(NotADecimal::Malformed)),
            ("NaN", Err(NotADecimal::Malformed)),
            ("--1", Err(NotADecimal::Malformed)),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<Money>().map(Money::units), expected, "{text:?}");
        }
    }

    #[test]
    fn whole_amounts_are_written_without_a_fraction() {
        assert_eq!(serde_json::to_string(&Money::from_units(10_020_000)).unwrap(), "1002");
        assert_eq!(serde_json::to_string(&Money::from_units(-338_800)).unwrap(), "-33.88");
    }

    proptest! {
        #[test]
        fn amounts_of_14_digits_survive_json(units in -99_999_999_999_999_i64..=99_999_999_999_999) {
            let money = Money::from_units(units * 100);
            let json = serde_json::to_string(&money).unwrap();
            prop_assert_eq!(&json, &money.to_string());
            prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = text.parse::<Money>();
        }
    }
}
