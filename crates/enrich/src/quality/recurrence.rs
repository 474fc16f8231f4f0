//! Recurrence over the labelled histories.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::categories::Share;
use crate::catalogue::LineError;
use crate::recurrence::{Interval, Payment, Series, find_series};

const CASES: &str = include_str!("../../labelled/recurrence.txt");

/// Days by which the next one may be away from the day meant: what weekends and holidays do.
const NEAR_DAYS: i32 = 4;

/// The figures of recurrence.
#[derive(Clone, Debug, Default)]
pub struct RecurrenceFigures {
    /// Histories with the right interval, or rightly with none.
    pub interval: Share,
    /// Of the series that have the right interval, the next day at most a few days away.
    pub next_on: Share,
    /// The right interval by the interval meant.
    pub by_interval: BTreeMap<&'static str, Share>,
}

/// Runs every case.
pub fn recurrence() -> RecurrenceFigures {
    let mut figures = RecurrenceFigures::default();
    for case in read().0 {
        // Of several series the longest counts: what else one buys there may look like one.
        let mut found = find_series(&case.history);
        found.sort_by_key(|series| std::cmp::Reverse(series.payments.len()));
        let found = found.first();
        let is_right = found.map(|series| series.interval) == case.meant.map(|(interval, _)| interval);
        figures.interval.count(is_right);
        let name = case.meant.map_or("none", |(interval, _)| interval.name());
        figures.by_interval.entry(name).or_default().count(is_right);
        if let (true, Some(series), Some((_, next_on))) = (is_right, found, case.meant) {
            figures.next_on.count(is_near(series, next_on));
        }
    }
    figures
}

fn is_near(series: &Series, next_on: Date) -> bool {
    series.next_on.since(next_on).is_ok_and(|span| span.get_days().abs() <= NEAR_DAYS)
}

/// A history of one payee and what is meant by it.
#[derive(Debug)]
pub(super) struct Case {
    meant: Option<(Interval, Date)>,
    is_credit: bool,
    history: Vec<Payment>,
}

/// The cases of the file, and the lines that are wrong.
pub(super) fn read() -> (Vec<Case>, Vec<LineError>) {
    let mut cases: Vec<Case> = Vec::new();
    let mut errors = Vec::new();
    for (index, line) in CASES.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let read = match (line.strip_prefix("= "), cases.last_mut()) {
            (Some(heading), _) => case_of(heading).map(|case| cases.push(case)),
            (None, Some(case)) => payments_of(line, case),
            (None, None) => None,
        };
        if read.is_none() {
            let reason = "it is neither a heading nor payments".to_owned();
            errors.push(LineError { file: "recurrence.txt".to_owned(), line: index + 1, reason });
        }
    }
    (cases, errors)
}

fn case_of(heading: &str) -> Option<Case> {
    let mut columns = heading.split('|').map(str::trim);
    let (name, interval) = (columns.next()?, columns.next()?);
    let meant = if interval == "none" {
        None
    } else {
        let interval = Interval::ALL.into_iter().find(|known| known.name() == interval)?;
        Some((interval, columns.next()?.parse().ok()?))
    };
    Some(Case { meant, is_credit: name.starts_with('+'), history: Vec::new() })
}

fn payments_of(line: &str, case: &mut Case) -> Option<()> {
    for payment in line.split(", ") {
        let (date, amount) = payment.split_once(' ')?;
        case.history.push(Payment {
            date: date.parse().ok()?,
            amount: amount.parse().ok()?,
            is_credit: case.is_credit,
            payee: "payee".to_owned(),
        });
    }
    Some(())
}
