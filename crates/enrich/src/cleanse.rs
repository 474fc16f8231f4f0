//! From a bank's raw text to the name a person would say: `SQ *BLUE BOTTLE 0423 OAKLAND CA` to `Blue Bottle`.

mod affixes;
mod casing;
mod places;

use affixes::{ENDS, NUMBERED, PREFIXES, TRAILERS};

use crate::evidence::Evidence;
use crate::names::{Found, NAMES, Name};
use crate::words::{Text, Word};

/// A clean description and what made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleansed {
    /// Empty only when the raw text is blank.
    pub description: String,
    /// A known name, a prefix that went, other words that went, or nothing.
    pub evidence: Evidence,
}

/// Cleanses a raw description. Works on any text, in time bounded by a fixed length; cleansing its own answer
/// changes nothing.
pub fn cleanse(raw: &str) -> Cleansed {
    let text = Text::new(raw);
    cleanse_and_recognise(raw, &text, &text.words()).0
}

/// A known name and the pattern that it was known by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recognised {
    pub name: Name,
    pub by: &'static str,
}

/// As [`cleanse`], given the raw text and its words, and with the known name that was found.
pub(crate) fn cleanse_and_recognise(
    raw: &str,
    text: &Text,
    words: &[Word],
) -> (Cleansed, Option<Recognised>) {
    let mut current = raw.trim().to_owned();
    let mut found = pass(text, words);
    let mut first_prefix = None;
    // What one pass leaves can be less than it seems: punctuation that went may have kept a phrase apart. A pass
    // takes words away or changes capitals, and no pass undoes another, so it ends; the bound only says so.
    for _ in 0..=raw.len() {
        let (next, prefix) = match found {
            Pass::Known(known) => {
                let description = known.name.shown().to_owned();
                return (Cleansed { description, evidence: known.name.evidence() }, Some(known));
            }
            Pass::Nothing => break,
            Pass::Words(next, prefix) => (next, prefix),
        };
        first_prefix = first_prefix.or(prefix);
        if next == current {
            break;
        }
        let text = Text::new(&next);
        found = pass(&text, &text.words());
        current = next;
    }
    let evidence = match first_prefix {
        _ if current == raw => Evidence::AsTold,
        Some(prefix) => Evidence::Prefix(prefix),
        None => Evidence::Words,
    };
    (Cleansed { description: current, evidence }, None)
}

enum Pass {
    /// A known name.
    Known(Recognised),
    /// What is left of the text, and the prefix that was taken off.
    Words(String, Option<&'static str>),
    /// The text holds no words.
    Nothing,
}

fn pass(text: &Text, words: &[Word]) -> Pass {
    let names = NAMES.within(text);
    let (rest, prefix) = match after_prefixes(words, &names) {
        Front::Known(found) => return known(found),
        Front::Rest(rest, prefix) => (rest, prefix),
    };
    let rest = before_ends(rest);
    let front = words.len() - rest.len();
    if let Some(found) = names.iter().find(|found| stands_apart(found, words, front)) {
        return known(*found);
    }
    let rest = before_trailers(rest);
    let mut kept: Vec<_> = rest
        .iter()
        .enumerate()
        .filter(|(index, word)| !word.is_mark() && (*index == 0 || !is_noise(word)))
        .map(|(_, word)| *word)
        .collect();
    if kept.is_empty() {
        kept.extend(words.iter().filter(|word| !word.is_mark()));
    }
    if kept.is_empty() {
        return Pass::Nothing;
    }
    let keys = kept.iter().map(|word| word.key).collect::<Vec<_>>().join(" ");
    match NAMES.whole(&keys).or_else(|| NAMES.cut(&keys)) {
        Some((name, by)) => Pass::Known(Recognised { name, by }),
        None => Pass::Words(casing::titled(&kept), prefix),
    }
}

fn known(found: Found) -> Pass {
    Pass::Known(Recognised { name: found.name, by: NAMES.pattern(found) })
}

enum Front<'a> {
    Known(Found),
    Rest(&'a [Word<'a>], Option<&'static str>),
}

/// Takes prefixes, dates and numbers off the front until a known name or something else stands there.
fn after_prefixes<'a>(words: &'a [Word<'a>], names: &[Found]) -> Front<'a> {
    let mut rest = words;
    let mut rule = None;
    loop {
        let front = words.len() - rest.len();
        let name = names.iter().find(|found| found.start == front);
        let prefix = PREFIXES.at(rest);
        if let Some(found) = name
            && prefix.is_none_or(|(prefix_length, _)| found.length >= prefix_length)
        {
            return Front::Known(*found);
        }
        let length = match (prefix, rest.first()) {
            (Some((length, _)), _) => length,
            (None, Some(first)) if first.is_mark() || is_leading_noise(first) => 1,
            _ => return Front::Rest(rest, rule),
        };
        if !rest[length..].iter().any(is_name) {
            return Front::Rest(rest, rule);
        }
        rule = rule.or(prefix.map(|(_, rule)| rule));
        rest = &rest[length..];
    }
}

/// Letters of a word that is most likely a bank's own abbreviation and no part of a name.
const LONGEST_CODE: usize = 4;

/// Words as short as that which do begin names.
const ARTICLES: [&str; 16] =
    ["A", "AN", "AND", "DE", "DEL", "EL", "LA", "LAS", "LE", "LES", "LOS", "MY", "OF", "OLD", "THE", "NEW"];

/// Whether a merchant that is named behind other words is meant all the same: its name has several words, or what
/// stands before it are codes and numbers.
fn stands_apart(found: &Found, words: &[Word], front: usize) -> bool {
    let is_code = |word: &Word| {
        word.is_mark()
            || is_noise(word)
            || word.has_digit()
            || (word.key.len() <= LONGEST_CODE && !ARTICLES.contains(&word.key))
    };
    matches!(found.name, Name::Merchant(_))
        && found.start > front
        && (found.length > 1 || words[front..found.start].iter().all(is_code))
}

/// Cuts at the first phrase that begins a bank's own particulars, such as `DES :` or `REF #`, and at an order
/// number after a star.
fn before_ends<'a>(words: &'a [Word<'a>]) -> &'a [Word<'a>] {
    let ends = |index: &usize| {
        let rest = &words[*index..];
        ENDS.at(rest).is_some() || matches!(rest, [star, order, ..] if star.key == "*" && order.has_digit())
    };
    match (1..words.len()).find(ends) {
        Some(end) if words[..end].iter().any(is_name) => &words[..end],
        _ => words,
    }
}

/// Takes what is no name off the end, as long as a name is left.
fn before_trailers<'a>(words: &'a [Word<'a>]) -> &'a [Word<'a>] {
    let mut rest = words;
    loop {
        let length = trailing(rest);
        let front = &rest[..rest.len() - length];
        if length == 0 || !front.iter().any(is_name) {
            return rest;
        }
        rest = front;
    }
}

/// How many words at the end are no part of a name.
fn trailing(words: &[Word]) -> usize {
    let Some((last, front)) = words.split_last() else {
        return 0;
    };
    let before = front.last();
    if last.is_mark() || last.is_address || TRAILERS.contains(&last.key) {
        return 1;
    }
    if let Some(before) = before
        && (last.is_numeric() || is_noise(last))
        && (before.key == "#" || NUMBERED.contains(&before.key))
    {
        return 2;
    }
    if is_noise(last) {
        return 1;
    }
    places::trailing(words)
}

/// A word that can be a name or a part of one.
fn is_name(word: &Word) -> bool {
    !word.is_mark() && !is_noise(word)
}

/// A number of three digits or more, a date, a masked card, a reference, a mail address: never part of a name
/// unless it stands first.
fn is_noise(word: &Word) -> bool {
    let (key, shown) = (word.key, word.shown);
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    if digits == key.len() {
        return digits >= 3 || shown.contains(['/', '-', ':']);
    }
    let is_masked = key.bytes().all(|byte| byte == b'X' || byte.is_ascii_digit());
    let is_card = is_masked && (digits >= 2 || key.len() >= 4);
    let is_reference = digits >= 3 && key.len() >= 6 && key.is_ascii();
    is_card || is_reference || shown.contains('@')
}

/// Noise at the front. Three digits can begin a name there.
fn is_leading_noise(word: &Word) -> bool {
    is_noise(word) && !(word.is_numeric() && word.key.len() == 3 && word.shown.len() == 3)
}

#[cfg(test)]
mod tests;
