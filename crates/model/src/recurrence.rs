//! How often a payment comes, and on which day.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use crate::account::numbered;

numbered! {
    /// How often a payment comes. The reference has the third number and its name only; the others count up to it.
    RecurrenceType {
        1 EveryWeek "EVERY_WEEK";
        2 EveryOtherWeek "EVERY_OTHER_WEEK";
        3 EveryMonth "EVERY_MONTH";
    }
}

impl RecurrenceType {
    /// The last day that it has: days of a week count from Monday as 1, those of a month from 1.
    pub const fn last_day(self) -> i8 {
        match self {
            Self::EveryWeek | Self::EveryOtherWeek => 7,
            Self::EveryMonth => 31,
        }
    }
}

/// How often a payment comes, and on which day of the week or the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurrence {
    recurrence_type: RecurrenceType,
    day: i8,
}

impl Recurrence {
    /// On this day; none when there is no such day.
    pub fn new(recurrence_type: RecurrenceType, day: i64) -> Option<Self> {
        let day = i8::try_from(day).ok().filter(|day| (1..=recurrence_type.last_day()).contains(day))?;
        Some(Self { recurrence_type, day })
    }

    /// How often.
    pub const fn recurrence_type(self) -> RecurrenceType {
        self.recurrence_type
    }

    /// On which day.
    pub const fn day(self) -> i8 {
        self.day
    }

    /// The day after one on which it comes: in the next week, the next but one, or the next month, whose last day stands for a
    /// day that it has not. None at the end of time.
    pub fn after(self, date: Date) -> Option<Date> {
        match self.recurrence_type {
            RecurrenceType::EveryWeek => self.weeks_after(date, 1),
            RecurrenceType::EveryOtherWeek => self.weeks_after(date, 2),
            RecurrenceType::EveryMonth => {
                let month = date.first_of_month().checked_add(Span::new().months(1)).ok()?;
                Date::new(month.year(), month.month(), self.day.min(month.days_in_month())).ok()
            }
        }
    }

    /// The day of its week that is nearest to so many weeks later.
    fn weeks_after(self, date: Date, weeks: i64) -> Option<Date> {
        let weekday = Weekday::from_monday_one_offset(self.day).ok()?;
        let later = date.checked_add(Span::new().weeks(weeks)).ok()?;
        let ahead = later.weekday().until(weekday);
        let days = if ahead > 3 { ahead - 7 } else { ahead };
        later.checked_add(Span::new().days(days)).ok()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn days(recurrence_type: RecurrenceType, day: i64, first: Date, count: usize) -> Vec<Date> {
        let recurrence = Recurrence::new(recurrence_type, day).unwrap();
        std::iter::successors(Some(first), |date| recurrence.after(*date)).take(count).collect()
    }

    #[test]
    fn a_day_past_the_end_of_a_month_is_its_last() {
        for (day, february, leap) in [(28, 28, 28), (29, 28, 29), (30, 28, 29), (31, 28, 29)] {
            let months = |year| days(RecurrenceType::EveryMonth, day, date(year, 1, 28), 4);
            let last = i8::try_from(day).unwrap();
            let after = [date(2027, 3, last), date(2027, 4, last.min(30))];
            assert_eq!(months(2027)[1..], [date(2027, 2, february), after[0], after[1]], "{day}");
            assert_eq!(months(2028)[1], date(2028, 2, leap), "{day}");
        }
        assert_eq!(days(RecurrenceType::EveryMonth, 31, date(2026, 12, 31), 2)[1], date(2027, 1, 31));
    }

    #[test]
    fn weeks_keep_their_weekday_over_the_turn_of_a_year() {
        let fridays = days(RecurrenceType::EveryWeek, 5, date(2026, 12, 25), 3);
        assert_eq!(fridays, [date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 8)]);
        // The first was off by a day.
        let mondays = days(RecurrenceType::EveryOtherWeek, 1, date(2028, 2, 15), 3);
        assert_eq!(mondays, [date(2028, 2, 15), date(2028, 2, 28), date(2028, 3, 13)]);
    }

    #[test]
    fn there_are_seven_days_in_a_week_and_31_in_a_month() {
        for (recurrence_type, last) in [
            (RecurrenceType::EveryWeek, 7),
            (RecurrenceType::EveryOtherWeek, 7),
            (RecurrenceType::EveryMonth, 31),
        ] {
            let is_one = |day| Recurrence::new(recurrence_type, day).is_some();
            assert!(is_one(1) && is_one(last));
            assert!(!is_one(0) && !is_one(last + 1) && !is_one(-1) && !is_one(i64::MAX));
        }
    }

    proptest! {
        #[test]
        fn the_next_day_is_later_and_of_the_same_day(kind in 1..=3_i64, day in 1..=31_i64, ordinal in 0..30_000_i64) {
            let recurrence_type = RecurrenceType::from_id(kind).unwrap();
            if let Some(recurrence) = Recurrence::new(recurrence_type, day) {
                let from = date(1990, 1, 1).checked_add(Span::new().days(ordinal)).unwrap();
                let next = recurrence.after(from).unwrap();
                prop_assert!(next > from);
                let is_of = |date: Date| match recurrence_type {
                    RecurrenceType::EveryMonth => i64::from(date.day()) == day.min(date.days_in_month().into()),
                    _ => i64::from(date.weekday().to_monday_one_offset()) == day,
                };
                prop_assert!(is_of(next));
            }
        }
    }

    #[test]
    fn time_ends() {
        for recurrence_type in RecurrenceType::ALL {
            assert_eq!(Recurrence::new(*recurrence_type, 1).unwrap().after(Date::MAX), None);
        }
    }
}
