//! Pending transactions that come back posted under another id.

use std::cmp::Reverse;

use jiff::Span;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionStatus;

use super::likeness::{Likeness, NEAR_DAYS, days_apart, likeness, normal};
use super::{Matching, Reason};

/// The largest tip that is taken for one, in hundredths of the pending amount.
const LARGEST_TIP: i64 = 30;

/// Pending rows that are looked at for one posted row. Only a machine makes more of one amount within a week, and
/// then some may be matched less well.
const CANDIDATES: usize = 64;

/// A free pending row.
struct Pending {
    known: usize,
    text: String,
}

/// A posted row and a pending one that it may be, best first by this order.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    likeness: Reverse<Likeness>,
    days: i32,
    /// Places in the orders of the told and the stored rows: equal pairs are settled alike in every run.
    told: usize,
    pending: usize,
}

/// Matches posted rows of `matching` with pending ones: first of the same amount, then with a tip on top.
pub(super) fn match_posted(matching: &mut Matching) {
    match_amounts(matching, Reason::PostedForSameAmount, Likeness::Silent, |posted| (posted, posted));
    match_amounts(matching, Reason::PostedWithTip, Likeness::Alike, |posted| {
        // The least amount that becomes `posted` with the largest tip, rounded up.
        let least =
            (i128::from(posted.units()) * 100 + 99 + i128::from(LARGEST_TIP)) / i128::from(100 + LARGEST_TIP);
        (
            Money::from_units(i64::try_from(least).unwrap_or(i64::MAX)),
            Money::from_units(posted.units().saturating_sub(1)),
        )
    });
}

/// Pairs each open posted row with free pending rows whose amount lies between the two that `amounts` gives
/// for its own, both included, and settles the pairs best first.
fn match_amounts(
    matching: &mut Matching,
    reason: Reason,
    least_likeness: Likeness,
    amounts: impl Fn(Money) -> (Money, Money),
) {
    let pending = pending_by_amount(matching);
    if pending.is_empty() {
        return;
    }
    let mut pairs = Vec::new();
    for (place, told) in matching.open.iter().enumerate() {
        let posted = &matching.feed[*told];
        if posted.status != TransactionStatus::Posted {
            continue;
        }
        let Some(date) = posted.date() else {
            continue;
        };
        let (least, most) = amounts(posted.amount);
        let direction = posted.transaction_type.id();
        let earliest = date.saturating_sub(Span::new().days(NEAR_DAYS));
        let stored = |pending: &Pending| &matching.known[pending.known].told;
        let start = pending.partition_point(|pending| {
            let told = stored(pending);
            (amount(told), told.date()) < ((direction, least), Some(earliest))
        });
        let within = pending[start..]
            .iter()
            .take(CANDIDATES)
            .take_while(|pending| amount(stored(pending)) <= (direction, most));
        let text = normal(&posted.description);
        for (index, pending) in within.enumerate() {
            let likeness = likeness(&pending.text, &text);
            let days = days_apart(stored(pending).date(), Some(date));
            if let Some(days) = days
                && days <= NEAR_DAYS
                && likeness >= least_likeness
            {
                pairs.push(Pair { likeness: Reverse(likeness), days, told: place, pending: start + index });
            }
        }
    }
    pairs.sort_unstable();
    let open = matching.open.clone();
    for pair in pairs {
        let (told, known) = (open[pair.told], pending[pair.pending].known);
        if matching.decided[told].is_none() && !matching.taken[known] {
            matching.take(told, known, reason);
        }
    }
    matching.sweep();
}

/// The free pending rows by direction and amount; those of one amount by date.
fn pending_by_amount(matching: &Matching) -> Vec<Pending> {
    let is_pending = |known: &&usize| matching.known[**known].told.status == TransactionStatus::Pending;
    let row =
        |known: &usize| Pending { known: *known, text: normal(&matching.known[*known].told.description) };
    let mut pending: Vec<_> = matching.free.iter().filter(is_pending).map(row).collect();
    pending.sort_by_key(|pending| {
        let told = &matching.known[pending.known].told;
        (amount(told), told.date())
    });
    pending
}

fn amount(told: &FeedTransaction) -> (i64, Money) {
    (told.transaction_type.id(), told.amount)
}
