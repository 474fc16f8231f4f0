//! Known names: merchants, and what banks call their own bookings.

mod bank;
mod merchants;

use std::sync::LazyLock;

use crate::category::Category;
use crate::phrases::Phrases;

/// What a known name says beyond its category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Plain,
    /// Paid again and again by contract.
    Subscription,
    OverdraftFee,
    /// Wages lent ahead of payday, and paid back.
    PayrollAdvance,
    DirectDeposit,
}

/// A known name.
#[derive(Debug)]
pub(crate) struct Name {
    /// The id of the rule.
    pub rule: &'static str,
    /// The clean description.
    pub shown: &'static str,
    pub on_debit: Category,
    /// `None` for a merchant: money from one is a refund or a payout, which the category on debit decides.
    pub on_credit: Option<Category>,
    pub mark: Mark,
    /// Phrases that a text starts with once its prefixes are gone; with a full stop, the whole of what is left.
    patterns: &'static [&'static str],
}

/// Every known name.
pub(crate) static ALL: [&[Name]; 2] = [bank::NAMES, merchants::NAMES];

/// Phrases that a text starts with.
pub(crate) static LEADING: LazyLock<Phrases<&'static Name>> =
    LazyLock::new(|| Phrases::new(patterns().filter(|(pattern, _)| !pattern.ends_with('.'))));

/// Phrases that are a whole text.
pub(crate) static WHOLE: LazyLock<Phrases<&'static Name>> = LazyLock::new(|| {
    Phrases::new(patterns().filter_map(|(pattern, name)| Some((pattern.strip_suffix('.')?, name))))
});

fn patterns() -> impl Iterator<Item = (&'static str, &'static Name)> {
    let names = ALL.iter().copied().flatten();
    names.flat_map(|name| name.patterns.iter().map(move |pattern| (*pattern, name)))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::words::Text;

    #[test]
    fn each_pattern_is_written_in_keys_and_belongs_to_one_name() {
        let mut seen = HashSet::new();
        for (pattern, name) in patterns() {
            assert!(seen.insert(pattern), "{pattern} is there twice");
            let phrase = pattern.trim_end_matches('.');
            let text = Text::new(phrase);
            let keys: Vec<_> = text.words().iter().map(|word| word.key.to_owned()).collect();
            assert_eq!(keys.join(" "), phrase, "{}", name.shown);
        }
    }

    #[test]
    fn each_rule_is_there_once() {
        let mut seen = HashSet::new();
        for name in ALL.iter().copied().flatten() {
            assert!(seen.insert(name.rule), "{}", name.rule);
        }
    }
}
