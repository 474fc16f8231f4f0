//! Whether days fit a rhythm.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::Interval;

/// How well days fit a rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    /// Of the week from Monday as 1, or of the month.
    pub day: i8,
    pub next_on: Date,
    pub most_days_off: i32,
    pub missed: usize,
}

/// One payment in so many may be left out.
const PAYMENTS_FOR_ONE_MISSED: usize = 4;

/// The rhythm of these days, in order, if it is this one.
pub(super) fn fit(interval: Interval, dates: &[Date]) -> Option<Fit> {
    if !could_be(interval, dates)? {
        return None;
    }
    let found = match interval {
        Interval::Weekly => by_days(dates, 7, 1),
        Interval::Fortnightly => by_days(dates, 14, 2),
        // Weekends and holidays move a payment by up to three days, and one that waits for the other side by four.
        Interval::TwiceAMonth => twice_a_month(dates, 3),
        Interval::Monthly => by_months(dates, 1, 4),
        Interval::Quarterly => by_months(dates, 3, 7),
        Interval::Yearly => by_months(dates, 12, 10),
    }?;
    (found.missed * PAYMENTS_FOR_ONE_MISSED <= dates.len()).then_some(found)
}

/// Whether there are about as many days as the rhythm has beats between the first and the last: what is looked at first,
/// since it costs nothing.
fn could_be(interval: Interval, dates: &[Date]) -> Option<bool> {
    let tenths_of_days = match interval {
        Interval::Weekly => 70,
        Interval::Fortnightly => 140,
        Interval::TwiceAMonth => 152,
        Interval::Monthly => 304,
        Interval::Quarterly => 913,
        Interval::Yearly => 3652,
    };
    let beats = days(*dates.first()?, *dates.last()?)?.checked_mul(10)? / tenths_of_days;
    let payments = i32::try_from(dates.len()).ok()?;
    let missed = payments / i32::try_from(PAYMENTS_FOR_ONE_MISSED).ok()?;
    // One more or less for days that are off.
    Some((payments - 2..=payments + missed).contains(&beats))
}

/// Every `length` days, each gap at most `most_off` days too long or short, and so the whole: what drifts one way
/// has another length.
fn by_days(dates: &[Date], length: i32, most_off: i32) -> Option<Fit> {
    let (first, last) = (*dates.first()?, *dates.last()?);
    let mut beats = 0;
    let mut most_days_off = 0;
    let mut missed = 0;
    for pair in dates.windows(2) {
        let gap = days(pair[0], pair[1])?;
        let steps = (gap + length / 2) / length;
        let off = (gap - steps * length).abs();
        if steps < 1 || off > most_off {
            return None;
        }
        beats += steps;
        missed += usize::try_from(steps - 1).ok()?;
        most_days_off = most_days_off.max(off);
    }
    if (days(first, last)? - beats * length).abs() > most_off {
        return None;
    }
    let weekday = usual_weekday(dates)?;
    let next_on = nearest(last.saturating_add(Span::new().days(length)), weekday);
    Some(Fit { day: weekday.to_monday_one_offset(), next_on, most_days_off, missed })
}

/// The weekday that most dates have, the earliest of equals.
fn usual_weekday(dates: &[Date]) -> Option<Weekday> {
    let count = |weekday: Weekday| dates.iter().filter(|date| date.weekday() == weekday).count();
    let weekdays = dates.iter().map(|date| date.weekday());
    weekdays.max_by_key(|weekday| (count(*weekday), -weekday.to_monday_zero_offset()))
}

/// The date of this weekday that is nearest.
fn nearest(date: Date, weekday: Weekday) -> Date {
    let ahead = i32::from(date.weekday().until(weekday));
    let days = if ahead > 3 { ahead - 7 } else { ahead };
    date.saturating_add(Span::new().days(days))
}

/// On one day of every so many months, each at most `most_off` days away from it.
fn by_months(dates: &[Date], months: i32, most_off: i32) -> Option<Fit> {
    let best = (1..=31).filter_map(|day| Some((off(dates, &[day], most_off)?, day))).min()?;
    let (_, day) = best;
    let slots = slots(dates, &[day])?;
    let mut missed = 0;
    for pair in slots.windows(2) {
        let steps = pair[1].0 - pair[0].0;
        if steps < months || steps % months != 0 {
            return None;
        }
        missed += usize::try_from(steps / months - 1).ok()?;
    }
    let (last, _) = slots.last()?;
    Some(Fit { day, next_on: day_of(last + months, day)?, most_days_off: worst(&slots), missed })
}

/// On two days of each month, each at most `most_off` days away.
fn twice_a_month(dates: &[Date], most_off: i32) -> Option<Fit> {
    // Between the two days of a month lie at least ten, and so between the second and the next first.
    const APART: i8 = 10;
    let pairs =
        (1..=21).flat_map(|first| (first + APART..=31.min(first + 20)).map(move |second| [first, second]));
    let best = pairs.filter_map(|pair| Some((off(dates, &pair, most_off)?, pair))).min()?;
    let (_, pair) = best;
    let slots = slots(dates, &pair)?;
    let mut missed = 0;
    for two in slots.windows(2) {
        let steps = two[1].0 - two[0].0;
        if steps < 1 {
            return None;
        }
        missed += usize::try_from(steps - 1).ok()?;
    }
    let next = slots.last()?.0 + 1;
    let day = pair[usize::try_from(next.rem_euclid(2)).ok()?];
    Some(Fit { day, next_on: day_of(next.div_euclid(2), day)?, most_days_off: worst(&slots), missed })
}

/// The sum of the days by which dates are away from these days of months; none when one is too far away.
fn off(dates: &[Date], days_of_month: &[i8], most_off: i32) -> Option<i32> {
    let slots = slots(dates, days_of_month)?;
    slots.iter().all(|(_, off)| *off <= most_off).then(|| slots.iter().map(|(_, off)| off).sum())
}

fn worst(slots: &[(i32, i32)]) -> i32 {
    slots.iter().map(|(_, off)| *off).max().unwrap_or_default()
}

/// For each date the number of the nearest of these days of months, counted through all months, and how many days it
/// is away.
fn slots(dates: &[Date], days_of_month: &[i8]) -> Option<Vec<(i32, i32)>> {
    let count = i32::try_from(days_of_month.len()).ok()?;
    let slot = |date: &Date| {
        let month = i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
        let near = (month - 1..=month + 1).flat_map(|month| {
            let numbered = (0..).zip(days_of_month);
            numbered.filter_map(move |(number, day)| {
                let away = days(*date, day_of(month, *day)?)?.abs();
                Some((away, month * count + number))
            })
        });
        near.min().map(|(away, number)| (number, away))
    };
    dates.iter().map(slot).collect()
}

/// A day of a month that is counted from the year 0; the last one where the month is shorter.
fn day_of(month: i32, day: i8) -> Option<Date> {
    let year = i16::try_from(month.div_euclid(12)).ok()?;
    let first = Date::new(year, i8::try_from(month.rem_euclid(12) + 1).ok()?, 1).ok()?;
    Date::new(first.year(), first.month(), day.min(first.days_in_month())).ok()
}

/// Days from one date to another.
fn days(from: Date, to: Date) -> Option<i32> {
    Some(to.since(from).ok()?.get_days())
}
