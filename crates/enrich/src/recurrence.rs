//! Payments that come again and again: found in a history, with what is to be expected next.
//!
//! Payments of one payee and direction are one series when their days fit a rhythm and their amounts are near one another.
//! Days drift with weekends, holidays and the lengths of months, and a payment may be left out; amounts drift with use
//! and prices. The answer does not depend on the order of the history.

mod rhythm;

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use riverbank_model::money::Money;

use rhythm::{Fit, fit};

/// A payment of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The day it was made.
    pub date: Date,
    /// Never negative.
    pub amount: Money,
    /// Money in.
    pub is_credit: bool,
    /// The clean description, or whatever else is one and the same for all payments of a payee.
    pub payee: String,
}

/// How often payments come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Interval {
    /// Every seven days.
    Weekly,
    /// Every fourteen days.
    Fortnightly,
    /// On two days of each month.
    TwiceAMonth,
    /// On a day of each month.
    Monthly,
    /// On a day of every third month.
    Quarterly,
    /// On a day of the year.
    Yearly,
}

impl Interval {
    /// Every interval, the shortest first.
    pub const ALL: [Self; 6] =
        [Self::Weekly, Self::Fortnightly, Self::TwiceAMonth, Self::Monthly, Self::Quarterly, Self::Yearly];

    /// Its name in small letters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Fortnightly => "fortnightly",
            Self::TwiceAMonth => "twice a month",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::Yearly => "yearly",
        }
    }

    /// Payments that make a series. Two of a year apart are a series, since few histories hold three.
    const fn least_payments(self) -> usize {
        match self {
            Self::Weekly | Self::Fortnightly | Self::TwiceAMonth => 4,
            Self::Monthly | Self::Quarterly => 3,
            Self::Yearly => 2,
        }
    }

    /// How many hundredths of the least amount the greatest may be. Whoever shops in one place each week spends
    /// other amounts each time; a bill of a month follows the weather; wages follow the hours.
    const fn widest_amounts(self, is_credit: bool) -> i64 {
        match self {
            Self::Weekly | Self::Fortnightly | Self::TwiceAMonth if is_credit => 200,
            Self::Weekly | Self::Fortnightly | Self::TwiceAMonth => 130,
            Self::Monthly | Self::Quarterly => 300,
            Self::Yearly => 150,
        }
    }
}

/// Payments that belong together, and what is to be expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The payee, as in the history.
    pub payee: String,
    /// Money in.
    pub is_credit: bool,
    /// How often they come.
    pub interval: Interval,
    /// Places of the payments in the history, by date.
    pub payments: Vec<usize>,
    /// The day that they keep: of the week from Monday as 1, where they come by weeks, else of the month.
    pub day: i8,
    /// The day on which the next one is expected; weekends are not looked at.
    pub next_on: Date,
    /// The least and the greatest amount of late, between which the next one is expected.
    pub next_amount: (Money, Money),
    /// Days by which the worst of them is away from its day.
    pub most_days_off: i32,
    /// Payments that the rhythm expects between the first and the last and that are not there.
    pub missed: usize,
}

/// Late payments that the next amount is expected from.
const LATE: usize = 6;

/// Amounts this close, in hundredths of the smaller, are one cluster.
const CLUSTER: i64 = 115;

/// Finds every series of a history, by payee, direction and first payment.
pub fn find_series(history: &[Payment]) -> Vec<Series> {
    let mut groups: BTreeMap<(&str, bool), Vec<usize>> = BTreeMap::new();
    for (place, payment) in history.iter().enumerate() {
        groups.entry((&payment.payee, payment.is_credit)).or_default().push(place);
    }
    let mut found = Vec::new();
    for mut places in groups.into_values() {
        places.sort_by_key(|place| (history[*place].date, history[*place].amount, *place));
        if let Some(series) = series(history, &places) {
            found.push(series);
        } else {
            let clusters = clusters(history, &places);
            found.extend(clusters.iter().filter_map(|places| series(history, places)));
        }
    }
    found
}

/// Payments of one payee in clusters of near amounts, each by date: one may have several contracts.
fn clusters(history: &[Payment], places: &[usize]) -> Vec<Vec<usize>> {
    let amount = |place: &usize| history[*place].amount;
    let mut by_amount = places.to_vec();
    by_amount.sort_by_key(|place| (amount(place), history[*place].date, *place));
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for place in by_amount {
        match clusters.last_mut() {
            Some(cluster)
                if cluster.last().is_some_and(|last| within(amount(last), amount(&place), CLUSTER)) =>
            {
                cluster.push(place);
            }
            _ => clusters.push(vec![place]),
        }
    }
    for cluster in &mut clusters {
        cluster.sort_by_key(|place| (history[*place].date, *place));
    }
    clusters.sort_by_key(|cluster| cluster.first().map(|place| (history[*place].date, *place)));
    clusters
}

/// Whether `greater` is at most so many hundredths of `smaller`.
fn within(smaller: Money, greater: Money, hundredths: i64) -> bool {
    i128::from(greater.units()) * 100 <= i128::from(smaller.units()) * i128::from(hundredths)
}

/// The series that these payments are, by date.
fn series(history: &[Payment], places: &[usize]) -> Option<Series> {
    let first = &history[*places.first()?];
    let dates: Vec<_> = places.iter().map(|place| history[*place].date).collect();
    let amounts: Vec<_> = places.iter().map(|place| history[*place].amount).collect();
    let (least, most) = bounds(&amounts)?;
    let fits = |interval: &Interval| {
        places.len() >= interval.least_payments()
            && within(least, most, interval.widest_amounts(first.is_credit))
    };
    let (interval, Fit { day, next_on, most_days_off, missed }) = Interval::ALL
        .into_iter()
        .filter(fits)
        .find_map(|interval| Some((interval, fit(interval, &dates)?)))?;
    Some(Series {
        payee: first.payee.clone(),
        is_credit: first.is_credit,
        interval,
        payments: places.to_vec(),
        day,
        next_on,
        next_amount: bounds(&amounts[amounts.len().saturating_sub(LATE)..])?,
        most_days_off,
        missed,
    })
}

fn bounds(amounts: &[Money]) -> Option<(Money, Money)> {
    Some((*amounts.iter().min()?, *amounts.iter().max()?))
}

impl fmt::Display for Series {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let (least, most) = self.next_amount;
        write!(
            out,
            "{}: {} payments, {}, at most {} days off, {} left out; the next is expected on {}, ",
            self.payee,
            self.payments.len(),
            self.interval.name(),
            self.most_days_off,
            self.missed,
            self.next_on
        )?;
        if least == most { write!(out, "{least}.") } else { write!(out, "{least} to {most}.") }
    }
}

#[cfg(test)]
mod tests;
