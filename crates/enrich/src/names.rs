//! Known names: the merchants of the catalogue, and what banks call their own bookings.

mod bank;

use std::collections::hash_map::Entry;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::catalogue::{self, Merchant};
use crate::category::Category;
use crate::evidence::Evidence;
use crate::hashing::Table;
use crate::words::Text;

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

/// A booking of a bank's own.
#[derive(Debug)]
pub(crate) struct Booking {
    /// The clean description.
    pub shown: &'static str,
    pub on_debit: Category,
    pub on_credit: Category,
    pub mark: Mark,
    /// Phrases that a text starts with once its prefixes are gone; with a full stop, the whole of what is left.
    patterns: &'static [&'static str],
}

/// A known name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Name {
    Booking(&'static Booking),
    Merchant(&'static Merchant),
}

impl Name {
    /// The clean description.
    pub fn shown(self) -> &'static str {
        match self {
            Self::Booking(booking) => booking.shown,
            Self::Merchant(merchant) => merchant.name,
        }
    }

    pub fn evidence(self) -> Evidence {
        match self {
            Self::Booking(booking) => Evidence::Booking(booking.shown),
            Self::Merchant(merchant) => Evidence::Merchant(merchant.name),
        }
    }

    pub fn mark(self) -> Mark {
        match self {
            Self::Booking(booking) => booking.mark,
            Self::Merchant(merchant) if merchant.is_subscription => Mark::Subscription,
            Self::Merchant(merchant) if merchant.is_payroll_advance => Mark::PayrollAdvance,
            Self::Merchant(_) => Mark::Plain,
        }
    }
}

/// A name that was found in a text.
#[derive(Clone, Copy)]
pub(crate) struct Found {
    /// The number of its first word.
    pub start: usize,
    /// How many words it has.
    pub length: usize,
    pub name: Name,
    /// The number of its pattern.
    pattern: usize,
}

/// A pattern and whose it is.
struct Pattern {
    /// Keys with a space before, between and after them; for a whole text without the spaces around.
    keys: String,
    length: usize,
    name: Name,
}

/// The patterns of all names.
pub(crate) struct Names {
    /// Those that may stand within a text, by number.
    patterns: Vec<Pattern>,
    automaton: AhoCorasick,
    /// Those that are a whole text.
    whole: Table<String, Name>,
    /// The patterns of several words by the first of them, for texts that were cut.
    by_first: Table<String, Vec<usize>>,
}

/// Letters of a cut text that are enough to know its name by.
const SHORTEST_CUT: usize = 12;

/// Every known name.
pub(crate) static NAMES: LazyLock<Names> = LazyLock::new(|| Names::new(claims().0));

/// All patterns with whose they are, and those that two names claim. What is written down goes before what follows
/// from a name.
fn claims() -> (Vec<(String, Name)>, Vec<String>) {
    let bookings = bank::NAMES.iter().flat_map(|booking| {
        booking.patterns.iter().map(|pattern| ((*pattern).to_owned(), Name::Booking(booking)))
    });
    let mut written: Vec<_> = bookings.collect();
    let mut followed = Vec::new();
    for merchant in catalogue::merchants() {
        let (in_file, from_name) = merchant.patterns();
        written.extend(in_file.into_iter().map(|pattern| (pattern, Name::Merchant(merchant))));
        followed.extend(from_name.into_iter().map(|pattern| (pattern, Name::Merchant(merchant))));
    }
    let mut owners: Table<String, &'static str> = Table::default();
    let mut disputed = Vec::new();
    written.retain(|(pattern, name)| match owners.insert(pattern.clone(), name.shown()) {
        Some(other) if other != name.shown() => {
            disputed.push(pattern.clone());
            false
        }
        before => before.is_none(),
    });
    followed.retain(|(pattern, name)| match owners.entry(pattern.clone()) {
        Entry::Occupied(_) => false,
        Entry::Vacant(free) => {
            free.insert(name.shown());
            true
        }
    });
    written.append(&mut followed);
    (written, disputed)
}

impl Names {
    fn new(claims: Vec<(String, Name)>) -> Self {
        let mut patterns = Vec::with_capacity(claims.len());
        let mut whole = Table::default();
        let mut by_first: Table<String, Vec<usize>> = Table::default();
        for (pattern, name) in claims {
            if let Some(keys) = pattern.strip_suffix('.') {
                whole.insert(keys.to_owned(), name);
                continue;
            }
            if let Some((first, _)) = pattern.split_once(' ') {
                by_first.entry(first.to_owned()).or_default().push(patterns.len());
            }
            let length = pattern.split(' ').count();
            patterns.push(Pattern { length, keys: format!(" {pattern} "), name });
        }
        let automaton = AhoCorasick::new(patterns.iter().map(|pattern| &pattern.keys))
            .expect("an automaton numbers more patterns than a catalogue has");
        Self { patterns, automaton, whole, by_first }
    }

    /// The longest name at each word of a text where one starts, in order.
    pub fn within(&self, text: &Text) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for place in self.automaton.find_overlapping_iter(text.keys()) {
            let pattern = &self.patterns[place.pattern().as_usize()];
            let Some(start) = text.word_at(place.start() + 1) else {
                continue;
            };
            let new = Found {
                start,
                length: pattern.length,
                name: pattern.name,
                pattern: place.pattern().as_usize(),
            };
            match found.iter_mut().find(|other| other.start == start) {
                Some(other) if other.length < new.length => *other = new,
                Some(_) => {}
                None => found.push(new),
            }
        }
        found.sort_unstable_by_key(|found| found.start);
        found
    }

    /// The name that these keys, with single spaces between them, are the whole of, and its pattern.
    pub fn whole(&self, keys: &str) -> Option<(Name, &str)> {
        self.whole.get_key_value(keys).map(|(pattern, name)| (*name, pattern.as_str()))
    }

    /// The one name whose patterns begin with these keys, since a bank has cut the text, and the first such pattern.
    pub fn cut(&self, keys: &str) -> Option<(Name, &str)> {
        let (first, _) = keys.split_once(' ').filter(|_| keys.len() >= SHORTEST_CUT)?;
        let mut patterns = self
            .by_first
            .get(first)?
            .iter()
            .map(|pattern| &self.patterns[*pattern])
            .filter(|pattern| pattern.keys.trim_start().starts_with(keys));
        let first = patterns.next()?;
        let is_one = patterns.all(|other| other.name.shown() == first.name.shown());
        is_one.then(|| (first.name, first.keys.trim()))
    }

    /// Every name.
    #[cfg(test)]
    pub fn all() -> impl Iterator<Item = Name> {
        let merchants = catalogue::merchants().iter().map(Name::Merchant);
        bank::NAMES.iter().map(Name::Booking).chain(merchants)
    }

    /// How many patterns stand in these keys one after another.
    #[cfg(any(test, feature = "quality"))]
    pub fn occurrences(&self, keys: &str) -> usize {
        self.automaton.find_iter(keys).count()
    }

    /// The pattern by which a name was found.
    pub fn pattern(&self, found: Found) -> &str {
        self.patterns[found.pattern].keys.trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pattern_belongs_to_two_names() {
        assert_eq!(claims().1, Vec::<String>::new());
    }

    #[test]
    fn each_pattern_is_written_in_keys() {
        let keys = NAMES.patterns.iter().map(|pattern| pattern.keys.trim());
        for keys in keys.chain(NAMES.whole.keys().map(String::as_str)) {
            assert_eq!(Text::new(keys).keys().trim(), keys);
        }
    }

    #[test]
    fn each_booking_is_there_once() {
        let mut names: Vec<_> = bank::NAMES.iter().map(|booking| booking.shown).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn the_longest_name_at_each_word_is_found() {
        let found = |text: &str| {
            let text = Text::new(text);
            let found = NAMES.within(&text).into_iter();
            found.map(|found| (found.start, NAMES.pattern(found).to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(found("uber eats"), [(0, "UBER EATS".to_owned())]);
        assert_eq!(found("VISA 12 KFC #3 KFC"), [(2, "KFC".to_owned()), (5, "KFC".to_owned())]);
        assert_eq!(found("kfcs"), []);
    }

    #[test]
    fn a_text_that_was_cut_is_known_if_only_one_name_begins_so() {
        let cut = |keys: &str| NAMES.cut(keys).map(|(name, _)| name.shown());
        assert_eq!(cut("CALIFORNIA PIZZA KITCHE"), Some("California Pizza Kitchen"));
        assert_eq!(cut("CALIFORNIA"), None);
        assert_eq!(cut("ORANGE"), None);
    }
}
