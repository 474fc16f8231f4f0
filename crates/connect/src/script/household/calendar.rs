//! Days, business days and months.

use jiff::civil::{Date, Weekday, date};

/// Days and months are counted from here.
pub(super) const EPOCH: Date = date(1970, 1, 1);

/// Days from one date to another.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// Months from [`EPOCH`] to the month of a date.
pub(super) fn month_number(day: Date) -> i64 {
    (i64::from(day.year()) - i64::from(EPOCH.year())) * 12 + i64::from(day.month()) - 1
}

/// The date in the month of that number, if the calendar has it.
pub(super) fn day_of_month(month: i64, day: i8) -> Option<Date> {
    let year = i16::try_from(month.div_euclid(12) + i64::from(EPOCH.year())).ok()?;
    Date::new(year, i8::try_from(month.rem_euclid(12)).ok()? + 1, day).ok()
}

/// Every day from one to another, both included.
pub(super) fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day <= to)
}

pub(super) fn is_business(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The day itself, or the Monday after it.
pub(super) fn business_day(mut day: Date) -> Date {
    while !is_business(day) {
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    day
}

/// Whether something due on the `due`-th of each month, or on the Monday after, falls on this day. Up to the 26th,
/// so that it stays in its month.
pub(super) fn falls_due(day: Date, due: i8) -> bool {
    Date::new(day.year(), day.month(), due).is_ok_and(|date| business_day(date) == day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_on_a_weekend_falls_due_on_monday() {
        // 1 November 2026 is a Sunday.
        assert_eq!(business_day(date(2026, 11, 1)), date(2026, 11, 2));
        assert!(falls_due(date(2026, 11, 2), 1) && !falls_due(date(2026, 11, 1), 1));
        assert!(falls_due(date(2026, 11, 3), 3));
        for month in 1..=12 {
            for due in 1..=26 {
                let month = date(2026, month, 1);
                let times = days(month, month.last_of_month()).filter(|&day| falls_due(day, due)).count();
                assert_eq!(times, 1, "{month} {due}");
            }
        }
    }

    #[test]
    fn months_are_numbered_through_the_years() {
        for day in [date(1969, 12, 5), date(1970, 1, 5), date(2026, 11, 5), date(-1, 6, 5)] {
            assert_eq!(day_of_month(month_number(day), 5), Some(day));
        }
        assert_eq!(month_number(date(1970, 1, 31)), 0);
        assert_eq!(month_number(date(1969, 12, 31)), -1);
    }
}
