//! Amounts as banks write them. The specification allows a sign, digits, and a point or comma before decimals; real
//! files have thousands separators, currency signs, brackets and exponents besides.

use std::str::FromStr;

use riverbank_model::money::NotADecimal;

/// A decimal that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal<T> {
    pub(super) value: T,
    /// What a reader should know: digits that were cut, or a separator that may mean two things.
    pub(super) doubt: Option<&'static str>,
}

/// Reads a decimal; digits beyond the scale of `T` are cut, and that is told.
pub(super) fn decimal<T: FromStr<Err = NotADecimal>>(text: &str) -> Result<Decimal<T>, NotADecimal> {
    let (plain, ambiguous) = plain(text)?;
    match plain.parse() {
        Ok(value) => {
            Ok(Decimal { value, doubt: ambiguous.then_some("the comma is read as a thousands separator") })
        }
        Err(NotADecimal::TooFine) => Ok(Decimal {
            value: cut(&plain)?,
            doubt: Some("digits beyond those that an amount holds were cut off"),
        }),
        Err(error) => Err(error),
    }
}

/// The value with as many of its digits as fit, the last ones cut.
fn cut<T: FromStr<Err = NotADecimal>>(plain: &str) -> Result<T, NotADecimal> {
    let (mantissa, exponent) = plain.split_once('e').unwrap_or((plain, "0"));
    let mut exponent: i32 = exponent.parse().map_err(|_| NotADecimal::Malformed)?;
    let mut digits = mantissa.to_owned();
    while digits.len() > 1 {
        let of_fraction = digits.contains('.');
        digits.pop();
        exponent = exponent.saturating_add(i32::from(!of_fraction));
        match format!("{digits}e{exponent}").parse() {
            Err(NotADecimal::TooFine) => {}
            // Only a sign is left: nothing stands above the smallest step.
            Err(NotADecimal::Malformed) => break,
            other => return other,
        }
    }
    "0".parse()
}

/// The text as `[-]digits[.digits][e[-]digits]`, and whether its only comma could have been a decimal one.
fn plain(text: &str) -> Result<(String, bool), NotADecimal> {
    // Longer than any amount; cutting digits one by one is quadratic in this.
    if text.len() > 100 {
        return Err(NotADecimal::TooLarge);
    }
    let text = text.trim();
    let (bracketed, text) = match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        Some(inner) => (true, inner),
        None => (false, text),
    };
    let (mantissa, exponent) = split_exponent(text);
    let mut signs = usize::from(bracketed);
    let mut negative = bracketed;
    let mut digits = String::new();
    for character in mantissa.chars() {
        match character {
            '-' | '\u{2212}' | '\u{2013}' => {
                signs += 1;
                negative = true;
            }
            '+' => signs += 1,
            '0'..='9' | '.' | ',' => digits.push(character),
            '\'' | '\u{2019}' | '_' => {}
            _ if character.is_whitespace() || character.is_alphabetic() => {}
            '$' | '€' | '£' | '¥' | '₹' | '₽' | '₩' | '₪' | '₺' | '₫' | '฿' | '¢' => {}
            _ => return Err(NotADecimal::Malformed),
        }
    }
    let sign_is_outside = mantissa
        .trim_matches(|character: char| !character.is_ascii_digit())
        .chars()
        .all(|character| !matches!(character, '+' | '-') && !character.is_alphabetic());
    if signs > 1 || !sign_is_outside {
        return Err(NotADecimal::Malformed);
    }
    let (digits, ambiguous) = separators(&digits)?;
    let sign = if negative { "-" } else { "" };
    Ok((format!("{sign}{digits}{exponent}"), ambiguous))
}

/// Splits `1.5E+3` at the exponent; a currency such as `EUR` is none.
fn split_exponent(text: &str) -> (&str, String) {
    let split = text.rsplit_once(['e', 'E']).and_then(|(mantissa, exponent)| {
        let ends_in_digit = mantissa.ends_with(|last: char| last.is_ascii_digit() || last == '.');
        let exponent: i32 = exponent.parse().ok()?;
        ends_in_digit.then(|| (mantissa, format!("e{exponent}")))
    });
    split.unwrap_or((text, String::new()))
}

/// Digits with a decimal point at most, and whether the only comma could have been a decimal one.
fn separators(digits: &str) -> Result<(String, bool), NotADecimal> {
    let points = digits.matches('.').count();
    let commas = digits.matches(',').count();
    let last = digits.rfind(['.', ',']);
    let behind = last.map_or(0, |last| digits.len() - last - 1);
    let before = last.unwrap_or(0);
    let mut ambiguous = false;
    let decimal_at = match (points, commas) {
        // The specification has a comma as decimal sign only; three digits behind it after one to three others are
        // thousands, as nobody has thousandths in a statement.
        (0, 1) => {
            ambiguous = behind == 3 && (1..=3).contains(&before) && !digits.starts_with('0');
            (!ambiguous).then_some(last)
        }
        (1, 0) => Some(last),
        (0, 0) => Some(None),
        // The same sign more than once groups thousands; of two signs the last one is the decimal one, and stands once.
        (_, 0) | (0, _) => None,
        _ => {
            let decimal_sign = last.and_then(|last| digits[last..].chars().next()).unwrap_or('.');
            if digits.matches(decimal_sign).count() > 1 {
                return Err(NotADecimal::Malformed);
            }
            Some(last)
        }
    };
    let point = decimal_at.flatten();
    let groups = &digits[..point.unwrap_or(digits.len())];
    let grouped = groups.split(['.', ',']).skip(1).all(|group| group.len() == 3);
    if !grouped {
        return Err(NotADecimal::Malformed);
    }
    let whole = groups.replace(['.', ','], "");
    Ok(match point {
        Some(point) => (format!("{whole}.{}", &digits[point + 1..]), ambiguous),
        None => (whole, ambiguous),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use riverbank_model::money::{Money, Quantity};

    use super::*;

    fn money(text: &str) -> Result<String, NotADecimal> {
        decimal::<Money>(text).map(|decimal| decimal.value.to_string())
    }

    #[test]
    fn amounts_are_read_in_every_notation_in_use() {
        let cases = [
            ("-10.00", "-10"),
            ("+00000000000115.8331", "115.8331"),
            ("-2000,00", "-2000"),
            ("-1.234,56", "-1234.56"),
            ("1,234.56", "1234.56"),
            ("1,234,567.89", "1234567.89"),
            ("1.234.567", "1234567"),
            ("+1 006,60", "1006.6"),
            ("1\u{a0}006,60", "1006.6"),
            ("1'006.60", "1006.6"),
            ("$-12.50", "-12.5"),
            ("-$12.50", "-12.5"),
            ("12.50 EUR", "12.5"),
            ("USD 12.50", "12.5"),
            ("€ 12,50", "12.5"),
            ("(45.00)", "-45"),
            ("45.00-", "-45"),
            ("\u{2212}3,5", "-3.5"),
            ("1.5E+3", "1500"),
            ("-2e-2", "-0.02"),
            (".5", "0.5"),
            ("5.", "5"),
            ("0,125", "0.125"),
            ("0", "0"),
        ];
        for (text, expected) in cases {
            assert_eq!(money(text).as_deref(), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            "-",
            "N/A",
            "--5",
            "5-5",
            "(-5)",
            "1,23,4.5.6",
            "1.2.3",
            "12%",
            "1e9999",
            "1a2",
            "9999999999999",
        ] {
            assert!(money(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn doubt_is_told() {
        let comma = decimal::<Money>("1,234").unwrap();
        assert_eq!(comma.value.to_string(), "1234");
        assert!(comma.doubt.is_some());
        let fine = decimal::<Money>("-0.123456").unwrap();
        assert_eq!(fine.value.to_string(), "-0.1234");
        assert!(fine.doubt.is_some());
        let price = decimal::<Quantity>("000000137.142857143").unwrap();
        assert_eq!(price.value.to_string(), "137.14285714");
        assert_eq!(decimal::<Money>("1e-9").unwrap().value, Money::ZERO);
        assert_eq!(decimal::<Money>("-12345e-6").unwrap().value.to_string(), "-0.0123");
        assert_eq!(decimal::<Money>("12.50").unwrap().doubt, None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = decimal::<Money>(&text);
        }

        #[test]
        fn what_is_written_plainly_is_read_back(units in -9_999_999_999_999_999_i64..=9_999_999_999_999_999) {
            let money = Money::from_units(units);
            let read = decimal::<Money>(&money.to_string()).unwrap();
            prop_assert_eq!(read, Decimal { value: money, doubt: None });
        }
    }
}
