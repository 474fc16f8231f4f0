//! How alike two told transactions are.

use jiff::civil::Date;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::transaction::TransactionStatus;

use crate::cleanse::cleanse;

/// Days between a purchase and its booking that are still near: card networks settle within a week.
pub(super) const NEAR_DAYS: i32 = 7;

/// The clean text in one case: what stays when a bank writes the same name with other numbers around it.
pub(super) fn normal(description: &str) -> String {
    cleanse(description).description.to_lowercase()
}

/// How alike two normal texts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Different names.
    Unlike,
    /// One of them names nobody.
    Silent,
    /// They share a good part of their words, or one is the beginning of the other.
    Alike,
    /// The same.
    Equal,
}

/// Texts that a bank shows until it knows the name.
const SILENT: [&str; 16] = [
    "",
    "pending",
    "pending transaction",
    "pending purchase",
    "authorization",
    "card authorization",
    "hold",
    "temporary hold",
    "pre-authorization",
    "preauthorization",
    "processing",
    "pos",
    "pos purchase",
    "transaction",
    "purchase",
    "card purchase",
];

pub(super) fn likeness(a: &str, b: &str) -> Likeness {
    if a == b {
        return Likeness::Equal;
    }
    if SILENT.contains(&a) || SILENT.contains(&b) {
        return Likeness::Silent;
    }
    // A pending text is often cut; three letters are too few to tell.
    let is_cut = a.len().min(b.len()) >= 4 && (a.starts_with(b) || b.starts_with(a));
    let shared =
        a.split(' ').filter(|word| word.len() > 1 && b.split(' ').any(|other| other == *word)).count();
    let most = a.split(' ').count().max(b.split(' ').count());
    if is_cut || shared * 2 >= most { Likeness::Alike } else { Likeness::Unlike }
}

/// Days between two dates; `None` when one is not known.
pub(super) fn days_apart(a: Option<Date>, b: Option<Date>) -> Option<i32> {
    let (a, b) = (a?, b?);
    Some(a.since(b).ok()?.get_days().abs())
}

/// Whether two rows of one id are one transaction. What is pending may change in everything within a few days;
/// later a bank corrects one of amount, day and text. More, or another direction, and the bank has given the id
/// to another transaction.
pub(super) fn are_one_by_id(stored: &FeedTransaction, told: &FeedTransaction) -> bool {
    let is_near = days_apart(stored.date(), told.date()).is_some_and(|days| days <= NEAR_DAYS);
    if stored.transaction_type != told.transaction_type {
        return false;
    }
    if is_near && stored.status == TransactionStatus::Pending {
        return true;
    }
    let is_alike = || likeness(&normal(&stored.description), &normal(&told.description)) >= Likeness::Silent;
    match (stored.amount == told.amount, is_near) {
        (true, true) => true,
        (true, false) | (false, true) => is_alike(),
        (false, false) => false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn texts_are_alike_when_they_share_half_their_words_or_one_is_cut() {
        let cases = [
            ("SHELL OIL 57442", "SHELL OIL 99", Likeness::Equal),
            ("PINE STREET BAK", "PINE STREET BAKERY 0042", Likeness::Alike),
            ("HARBOR OYSTER BAR", "TST* HARBOR OYSTER", Likeness::Alike),
            ("PENDING", "KROGER #12", Likeness::Silent),
            ("SHELL OIL 57442", "KROGER #12", Likeness::Unlike),
        ];
        for (a, b, expected) in cases {
            assert_eq!(likeness(&normal(a), &normal(b)), expected, "{a} and {b}");
        }
    }

    #[test]
    fn days_are_counted_across_months_and_both_ways() {
        let (a, b) = (date(2024, 2, 27), date(2024, 3, 2));
        assert_eq!(days_apart(Some(a), Some(b)), Some(4));
        assert_eq!(days_apart(Some(b), Some(a)), Some(4));
        assert_eq!(days_apart(Some(a), None), None);
    }
}
