//! Transactions that come back under another id and with another amount, day or text: pending ones that are posted, and
//! posted ones that the bank has written anew.

use std::cmp::Reverse;

use jiff::Span;
use jiff::civil::Date;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionStatus;

use super::likeness::{Likeness, NEAR_DAYS, days_apart, likeness, normal};
use super::{Matching, Reason, is_covered};

/// The largest tip that is taken for one, in hundredths of the pending amount.
const LARGEST_TIP: i64 = 30;

/// The largest part of a pending amount that is not booked in the end, in hundredths of it.
const LARGEST_RELIEF: i64 = 5;

/// Days between which a bank moves a posted transaction when it writes it anew: a weekend, or its day in another zone.
const MOVED_DAYS: i32 = 3;

/// Days for which a pump's or hotel's hold stands, most often.
const HELD_DAYS: i32 = 4;

/// Units of [`Money`] in one of its currency.
const ONE: i64 = 10_000;

/// Whole amounts that pumps, hotels and rental cars hold; any other hold is a guess at the amount itself.
const HOLDS: [i64; 9] = [1, 50, 75, 100, 125, 150, 175, 200, 250];

/// Stored rows that are looked at for one told row. Only a machine makes more of one amount within a week, and
/// then some may be matched less well.
const CANDIDATES: usize = 64;

/// What is asked of a stored row and a posted one that it may be.
struct Step {
    reason: Reason,
    /// Of the stored row.
    status: TransactionStatus,
    least_likeness: Likeness,
    most_days: i32,
    /// Which stored amounts a posted amount may come from.
    amounts: fn(Money) -> Amounts,
}

/// Amounts from which a posted one may come.
enum Amounts {
    /// Between these two, both included.
    Between(Money, Money),
    /// One of [`HOLDS`].
    Holds,
}

/// From the surest evidence to the weakest.
const STEPS: [Step; 5] = [
    Step {
        reason: Reason::Rewritten,
        status: TransactionStatus::Posted,
        least_likeness: Likeness::Silent,
        most_days: MOVED_DAYS,
        amounts: |posted| Amounts::Between(posted, posted),
    },
    Step {
        reason: Reason::PostedForSameAmount,
        status: TransactionStatus::Pending,
        least_likeness: Likeness::Silent,
        most_days: NEAR_DAYS,
        amounts: |posted| Amounts::Between(posted, posted),
    },
    Step {
        reason: Reason::PostedWithTip,
        status: TransactionStatus::Pending,
        least_likeness: Likeness::Alike,
        most_days: NEAR_DAYS,
        amounts: |posted| {
            let most = Money::from_units(posted.units().saturating_sub(1));
            Amounts::Between(scaled(posted, 100, 100 + LARGEST_TIP), most)
        },
    },
    Step {
        reason: Reason::PostedForLess,
        status: TransactionStatus::Pending,
        least_likeness: Likeness::Alike,
        most_days: NEAR_DAYS,
        amounts: |posted| {
            let least = Money::from_units(posted.units().saturating_add(1));
            Amounts::Between(least, scaled(posted, 100, 100 - LARGEST_RELIEF))
        },
    },
    Step {
        reason: Reason::PostedForHold,
        status: TransactionStatus::Pending,
        least_likeness: Likeness::Equal,
        most_days: HELD_DAYS,
        amounts: |_| Amounts::Holds,
    },
];

/// An amount times a fraction, rounded up.
fn scaled(amount: Money, numerator: i64, denominator: i64) -> Money {
    let whole = i128::from(amount.units()) * i128::from(numerator) + i128::from(denominator) - 1;
    Money::from_units(i64::try_from(whole / i128::from(denominator)).unwrap_or(i64::MAX))
}

/// A free stored row.
struct Stored {
    known: usize,
    text: String,
}

/// A posted row and a stored one that it may be, best first by this order.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    likeness: Reverse<Likeness>,
    days: i32,
    /// Places in the orders of the told and the stored rows: equal pairs are settled alike in every run.
    told: usize,
    stored: usize,
}

/// Matches posted rows of `matching` with stored ones that are near.
pub(super) fn match_near(matching: &mut Matching, covered_from: Option<Date>) {
    for step in &STEPS {
        step.run(matching, covered_from);
    }
}

impl Step {
    /// Pairs each open posted row with free stored rows that fit, and settles the pairs best first.
    fn run(&self, matching: &mut Matching, covered_from: Option<Date>) {
        let stored = self.stored_by_amount(matching, covered_from);
        if stored.is_empty() {
            return;
        }
        let mut pairs = Vec::new();
        for (place, told) in matching.open.iter().enumerate() {
            let posted = &matching.feed[*told];
            let is_asked = posted.status == TransactionStatus::Posted && self.counts(posted, covered_from);
            let Some(date) = posted.date().filter(|_| is_asked) else {
                continue;
            };
            let text = normal(&posted.description);
            let mut look = |least: Money, most: Money| {
                let direction = posted.transaction_type.id();
                let earliest = date.saturating_sub(Span::new().days(self.most_days));
                let row = |stored: &Stored| &matching.known[stored.known].told;
                let start = stored.partition_point(|stored| {
                    (amount(row(stored)), row(stored).date()) < ((direction, least), Some(earliest))
                });
                let within = stored[start..]
                    .iter()
                    .take(CANDIDATES)
                    .take_while(|stored| amount(row(stored)) <= (direction, most));
                for (index, stored) in within.enumerate() {
                    let likeness = likeness(&stored.text, &text);
                    let days = days_apart(row(stored).date(), Some(date));
                    if let Some(days) = days
                        && days <= self.most_days
                        && likeness >= self.least_likeness
                    {
                        let likeness = Reverse(likeness);
                        pairs.push(Pair { likeness, days, told: place, stored: start + index });
                    }
                }
            };
            match (self.amounts)(posted.amount) {
                Amounts::Between(least, most) => look(least, most),
                Amounts::Holds => HOLDS.map(|hold| Money::from_units(hold * ONE)).iter().for_each(|hold| {
                    look(*hold, *hold);
                }),
            }
        }
        pairs.sort_unstable();
        let open = matching.open.clone();
        for pair in pairs {
            let (told, known) = (open[pair.told], stored[pair.stored].known);
            if matching.decided[told].is_none() && !matching.taken[known] {
                matching.take(told, known, self.reason);
            }
        }
        matching.sweep();
    }

    /// Whether a row is asked. A posted one has been written anew only if the feed would have told it as it was.
    fn counts(&self, row: &FeedTransaction, covered_from: Option<Date>) -> bool {
        self.status == TransactionStatus::Pending || is_covered(row, covered_from)
    }

    /// The free stored rows by direction and amount; those of one amount by date.
    fn stored_by_amount(&self, matching: &Matching, covered_from: Option<Date>) -> Vec<Stored> {
        let told = |known: &usize| &matching.known[*known].told;
        let is_asked =
            |known: &&usize| told(known).status == self.status && self.counts(told(known), covered_from);
        let row = |known: &usize| Stored { known: *known, text: normal(&told(known).description) };
        let mut stored: Vec<_> = matching.free.iter().filter(is_asked).map(row).collect();
        stored.sort_by_key(|stored| (amount(told(&stored.known)), told(&stored.known).date()));
        stored
    }
}

fn amount(told: &FeedTransaction) -> (i64, Money) {
    (told.transaction_type.id(), told.amount)
}
