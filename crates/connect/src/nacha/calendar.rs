//! The days on which the clearing house settles.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

/// A day and time as the clearing house counts them: the standard time of New York, in summer too, so that a day has always
/// its 24 hours.
pub fn eastern(at: Timestamp) -> DateTime {
    Offset::constant(-5).to_datetime(at)
}

/// When a deposit of that day is in the account: receiving banks have until the end of the banking day, five in the afternoon.
pub fn arrived_by(day: Date) -> Timestamp {
    let evening = day.at(17, 0, 0, 0);
    Offset::constant(-5).to_timestamp(evening).unwrap_or(Timestamp::MAX)
}

/// The first day after this one on which the clearing house settles.
pub fn banking_day_after(day: Date) -> Date {
    let mut next = day;
    loop {
        next = next.saturating_add(1.day());
        if is_banking_day(next) || next == Date::MAX {
            return next;
        }
    }
}

fn is_banking_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

/// Holidays of the Federal Reserve's banks: one that falls on a Sunday is kept on the Monday, one on a Saturday not at all.
fn is_holiday(day: Date) -> bool {
    /// By month and day.
    const FIXED: [(i8, i8); 5] = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)];
    /// By month, which one of the month, from its end where negative, and the day of the week.
    const MOVING: [(i8, i8, Weekday); 6] = [
        (1, 3, Weekday::Monday),
        (2, 3, Weekday::Monday),
        (5, -1, Weekday::Monday),
        (9, 1, Weekday::Monday),
        (10, 2, Weekday::Monday),
        (11, 4, Weekday::Thursday),
    ];
    let is_fixed = |of: Date| FIXED.contains(&(of.month(), of.day()));
    let is_kept_late = day.weekday() == Weekday::Monday && is_fixed(day.saturating_sub(1.day()));
    let is_moving = |&(month, nth, weekday): &(i8, i8, Weekday)| {
        day.month() == month && day.nth_weekday_of_month(nth, weekday).is_ok_and(|holiday| holiday == day)
    };
    is_fixed(day) || is_kept_late || MOVING.iter().any(is_moving)
}
