//! Known names: the merchants of a catalogue, and what banks call their own bookings.

mod bank;

use std::collections::hash_map::Entry;
use std::sync::Arc;

use aho_corasick::AhoCorasick;

use crate::catalogue::Merchant;
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
#[derive(Debug, PartialEq, Eq)]
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
pub(crate) enum Name<'a> {
    Booking(&'static Booking),
    Merchant(&'a Merchant),
}

/// Whose a pattern is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Booking(&'static Booking),
    /// By its place among the merchants.
    Merchant(usize),
}

impl<'a> Name<'a> {
    /// The clean description.
    pub fn shown(self) -> &'a str {
        match self {
            Self::Booking(booking) => booking.shown,
            Self::Merchant(merchant) => &merchant.name,
        }
    }

    pub fn evidence(self) -> Evidence {
        match self {
            Self::Booking(booking) => Evidence::Booking(booking.shown),
            Self::Merchant(merchant) => Evidence::Merchant(Arc::clone(&merchant.name)),
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
pub(crate) struct Found<'a> {
    /// The number of its first word.
    pub start: usize,
    /// How many words it has.
    pub length: usize,
    pub name: Name<'a>,
    /// The pattern by which it was found, with a space before and after it.
    keys: &'a str,
}

impl<'a> Found<'a> {
    /// The pattern by which it was found.
    pub fn pattern(&self) -> &'a str {
        self.keys.trim()
    }
}

/// A pattern and whose it is.
#[derive(Debug)]
struct Pattern {
    /// Keys with a space before, between and after them; for a whole text without the spaces around.
    keys: String,
    length: usize,
    owner: Owner,
}

/// The patterns of all names.
#[derive(Debug)]
pub(crate) struct Names {
    merchants: Vec<Merchant>,
    /// Those that may stand within a text, by number.
    patterns: Vec<Pattern>,
    automaton: AhoCorasick,
    /// Those that are a whole text.
    whole: Table<String, Owner>,
    /// The patterns of several words by the first of them, for texts that were cut.
    by_first: Table<String, Vec<usize>>,
}

/// Letters of a cut text that are enough to know its name by.
const SHORTEST_CUT: usize = 12;

/// All patterns with whose they are, and those that two names claim. What is written down goes before what follows
/// from a name, and a merchant before those behind it.
fn claims(merchants: &[Merchant]) -> (Vec<(String, Owner)>, Vec<String>) {
    let bookings = bank::NAMES.iter().flat_map(|booking| {
        booking.patterns.iter().map(|pattern| ((*pattern).to_owned(), Owner::Booking(booking)))
    });
    let mut written: Vec<_> = bookings.collect();
    let mut followed = Vec::new();
    for (place, merchant) in merchants.iter().enumerate() {
        let (in_file, from_name) = merchant.patterns();
        written.extend(in_file.into_iter().map(|pattern| (pattern, Owner::Merchant(place))));
        followed.extend(from_name.into_iter().map(|pattern| (pattern, Owner::Merchant(place))));
    }
    let mut owners: Table<String, Owner> = Table::default();
    let mut disputed = Vec::new();
    written.retain(|(pattern, owner)| match owners.entry(pattern.clone()) {
        Entry::Occupied(holder) => {
            if holder.get() != owner {
                disputed.push(pattern.clone());
            }
            false
        }
        Entry::Vacant(free) => {
            free.insert(*owner);
            true
        }
    });
    followed.retain(|(pattern, owner)| match owners.entry(pattern.clone()) {
        Entry::Occupied(_) => false,
        Entry::Vacant(free) => {
            free.insert(*owner);
            true
        }
    });
    written.append(&mut followed);
    (written, disputed)
}

impl Names {
    /// The names of bookings and of these merchants, of which one goes before those behind it.
    pub fn of(merchants: Vec<Merchant>) -> Self {
        let claims = claims(&merchants).0;
        let mut patterns = Vec::with_capacity(claims.len());
        let mut whole = Table::default();
        let mut by_first: Table<String, Vec<usize>> = Table::default();
        for (pattern, owner) in claims {
            if let Some(keys) = pattern.strip_suffix('.') {
                whole.insert(keys.to_owned(), owner);
                continue;
            }
            if let Some((first, _)) = pattern.split_once(' ') {
                by_first.entry(first.to_owned()).or_default().push(patterns.len());
            }
            let length = pattern.split(' ').count();
            patterns.push(Pattern { length, keys: format!(" {pattern} "), owner });
        }
        let automaton = AhoCorasick::new(patterns.iter().map(|pattern| &pattern.keys))
            .expect("an automaton numbers more patterns than a catalogue has");
        Self { merchants, patterns, automaton, whole, by_first }
    }

    /// The merchants, those first that go before others.
    pub fn merchants(&self) -> &[Merchant] {
        &self.merchants
    }

    fn name(&self, owner: Owner) -> Name<'_> {
        match owner {
            Owner::Booking(booking) => Name::Booking(booking),
            Owner::Merchant(place) => Name::Merchant(&self.merchants[place]),
        }
    }

    /// The longest name at each word of a text where one starts, in order.
    pub fn within(&self, text: &Text) -> Vec<Found<'_>> {
        let mut found: Vec<Found> = Vec::new();
        for place in self.automaton.find_overlapping_iter(text.keys()) {
            let pattern = &self.patterns[place.pattern().as_usize()];
            let Some(start) = text.word_at(place.start() + 1) else {
                continue;
            };
            let new =
                Found { start, length: pattern.length, name: self.name(pattern.owner), keys: &pattern.keys };
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
    pub fn whole(&self, keys: &str) -> Option<(Name<'_>, &str)> {
        self.whole.get_key_value(keys).map(|(pattern, owner)| (self.name(*owner), pattern.as_str()))
    }

    /// The one name whose patterns begin with these keys, since a bank has cut the text, and the first such pattern.
    pub fn cut(&self, keys: &str) -> Option<(Name<'_>, &str)> {
        let (first, _) = keys.split_once(' ').filter(|_| keys.len() >= SHORTEST_CUT)?;
        let mut patterns = self
            .by_first
            .get(first)?
            .iter()
            .map(|pattern| &self.patterns[*pattern])
            .filter(|pattern| pattern.keys.trim_start().starts_with(keys));
        let first = patterns.next()?;
        let is_one = patterns.all(|other| other.owner == first.owner);
        is_one.then(|| (self.name(first.owner), first.keys.trim()))
    }

    /// Every name.
    #[cfg(test)]
    pub fn all(&self) -> impl Iterator<Item = Name<'_>> {
        bank::NAMES.iter().map(Name::Booking).chain(self.merchants.iter().map(Name::Merchant))
    }

    /// How many patterns stand in these keys one after another.
    #[cfg(any(test, feature = "quality"))]
    pub fn occurrences(&self, keys: &str) -> usize {
        self.automaton.find_iter(keys).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn no_pattern_belongs_to_two_names() {
        assert_eq!(claims(Catalogue::shipped().merchants()).1, Vec::<String>::new());
    }

    #[test]
    fn each_pattern_is_written_in_keys() {
        let names = Catalogue::shipped().names();
        let keys = names.patterns.iter().map(|pattern| pattern.keys.trim());
        for keys in keys.chain(names.whole.keys().map(String::as_str)) {
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
            let found = Catalogue::shipped().names().within(&text).into_iter();
            found.map(|found| (found.start, found.pattern().to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(found("uber eats"), [(0, "UBER EATS".to_owned())]);
        assert_eq!(found("VISA 12 KFC #3 KFC"), [(2, "KFC".to_owned()), (5, "KFC".to_owned())]);
        assert_eq!(found("kfcs"), []);
    }

    #[test]
    fn a_text_that_was_cut_is_known_if_only_one_name_begins_so() {
        let names = Catalogue::shipped().names();
        let cut = |keys: &str| names.cut(keys).map(|(name, _)| name.shown());
        assert_eq!(cut("CALIFORNIA PIZZA KITCHE"), Some("California Pizza Kitchen"));
        assert_eq!(cut("CALIFORNIA"), None);
        assert_eq!(cut("ORANGE"), None);
    }
}
