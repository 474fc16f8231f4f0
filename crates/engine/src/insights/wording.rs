//! Amounts, shares and days as insights word them.

use jiff::civil::Date;
use riverbank_model::money::Money;

/// An amount in a currency: `$1,031.26`, or `1,031.26 EUR`. Without a currency it is taken for dollars.
pub(super) fn amount(amount: Money, currency: Option<&str>) -> String {
    /// Units of an amount in a cent.
    const CENT: i64 = 10_i64.pow(Money::SCALE - 2);
    let units = amount.units().saturating_add(amount.units().signum() * (CENT / 2));
    let cents = (units / CENT).unsigned_abs();
    let sign = if units <= -CENT { "-" } else { "" };
    let digits = format!("{}.{:02}", grouped(cents / 100), cents % 100);
    match currency {
        None | Some("USD") => format!("{sign}${digits}"),
        Some(code) => format!("{sign}{digits} {code}"),
    }
}

/// An amount in dollars.
pub(super) fn dollars(of: Money) -> String {
    amount(of, None)
}

/// A number with a comma after each three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// How many hundredths of the whole a part is, to the next whole one; none of nothing.
pub(super) fn percent(part: Money, whole: Money) -> Option<i64> {
    let (part, whole) = (i128::from(part.units()) * 100, i128::from(whole.units()));
    let half = whole.abs() / 2 * part.signum();
    let quotient = (part + half).checked_div(whole)?;
    Some(i64::try_from(quotient).unwrap_or(if quotient < 0 { i64::MIN } else { i64::MAX }))
}

/// `January 3`.
pub(super) fn day(date: Date) -> String {
    date.strftime("%B %-d").to_string()
}

/// `January`.
pub(super) fn month(date: Date) -> String {
    date.strftime("%B").to_string()
}

/// A text of at most so many characters, its end cut off for an ellipsis where it is longer.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn amounts_have_two_digits_and_thousands_their_commas() {
        for (number, worded) in [
            ("31.26", "$31.26"),
            ("0", "$0.00"),
            ("0.005", "$0.01"),
            ("-0.004", "$0.00"),
            ("-5", "-$5.00"),
            ("1031.2", "$1,031.20"),
            ("1000000", "$1,000,000.00"),
        ] {
            assert_eq!(dollars(money(number)), worded);
        }
        assert_eq!(amount(money("-1250"), Some("EUR")), "-1,250.00 EUR");
        assert_eq!(amount(money("1"), Some("USD")), "$1.00");
    }

    #[test]
    fn shares_are_whole_and_days_are_named() {
        assert_eq!(percent(money("31.26"), money("43.43")), Some(72));
        assert_eq!(percent(money("1"), money("8")), Some(13));
        assert_eq!(percent(money("-1"), money("8")), Some(-13));
        assert_eq!(percent(money("1"), Money::ZERO), None);
        assert_eq!((day(date(2026, 3, 3)), month(date(2026, 3, 3))), ("March 3".into(), "March".into()));
    }

    proptest! {
        #[test]
        fn a_shortened_text_is_never_longer_and_begins_alike(text in any::<String>(), most in 1_usize..80) {
            let short = shortened(&text, most);
            prop_assert!(short.chars().count() <= most);
            prop_assert!(text.starts_with(short.trim_end_matches('…')));
        }
    }
}
