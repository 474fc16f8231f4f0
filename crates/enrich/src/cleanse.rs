//! From a bank's raw text to the name a person would say: `SQ *BLUE BOTTLE 0423 OAKLAND CA` to `Blue Bottle`.

mod affixes;
mod casing;
mod places;

use affixes::{ENDS, NUMBERED, PREFIXES, TRAILERS};

use crate::catalogue::Catalogue;
use crate::evidence::Evidence;
use crate::names::{Found, Name, Names};
use crate::words::{Text, Word};

/// A clean description and what made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleansed {
    /// Empty only when the raw text is blank.
    pub description: String,
    /// A known name, a prefix that went, other words that went, or nothing.
    pub evidence: Evidence,
}

/// Cleanses a raw description by the catalogue that comes with the program. Works on any text, in time bounded by a fixed length; cleansing its own answer
/// changes nothing.
pub fn cleanse(raw: &str) -> Cleansed {
    let text = Text::new(raw);
    cleanse_and_recognise(Catalogue::shipped().names(), raw, &text, &text.words()).0
}

/// A known name and the pattern that it was known by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recognised<'a> {
    pub name: Name<'a>,
    pub by: &'a str,
}

/// As [`cleanse`], given the raw text and its words, and with the known name that was found.
pub(crate) fn cleanse_and_recognise<'a>(
    names: &'a Names,
    raw: &str,
    text: &Text,
    words: &[Word],
) -> (Cleansed, Option<Recognised<'a>>) {
    let mut current = raw.trim().to_owned();
    let mut found = pass(names, raw, text, words);
    let mut first_prefix = None;
    // What one pass leaves can be less than it seems: punctuation that went may have kept a phrase apart. A pass
    // takes words away or changes capitals, and no pass undoes another, so it ends; the bound only says so.
    for _ in 0..=raw.len() {
        let (next, prefix, is_settled) = match found {
            Pass::Known(known) => {
                let description = known.name.shown().to_owned();
                return (Cleansed { description, evidence: known.name.evidence() }, Some(known));
            }
            Pass::Nothing => break,
            Pass::Words(next, prefix, is_settled) => (next, prefix, is_settled),
        };
        first_prefix = first_prefix.or(prefix);
        let is_last = is_settled || next == current;
        current = next;
        if is_last {
            break;
        }
        let text = Text::new(&current);
        found = pass(names, &current, &text, &text.words());
    }
    let evidence = match first_prefix {
        _ if current == raw => Evidence::AsTold,
        Some(prefix) => Evidence::Prefix(prefix),
        None => Evidence::Words,
    };
    (Cleansed { description: current, evidence }, None)
}

enum Pass<'a> {
    /// A known name.
    Known(Recognised<'a>),
    /// What is left of the text, the prefix that was taken off, and whether another pass would change nothing.
    Words(String, Option<&'static str>, bool),
    /// The text holds no words.
    Nothing,
}

fn pass<'a>(names: &'a Names, raw: &str, text: &Text, words: &[Word]) -> Pass<'a> {
    let (rest, prefix) = match named(names, text, words) {
        Front::Known(found) => return known(&found),
        Front::Rest(rest, prefix) => (rest, prefix),
    };
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
    if let Some((name, by)) = whole(names, &kept) {
        return Pass::Known(Recognised { name, by });
    }
    if let Some(parted) = parted(raw) {
        let text = Text::new(&parted);
        if let Front::Known(found) = named(names, &text, &text.words()) {
            return known(&found);
        }
    }
    // Nothing but capitals changes, and no word is read otherwise in them.
    let is_plain =
        |word: &Word| !word.is_address && word.shown.len() == word.key.len() && word.key.is_ascii();
    let is_settled = kept.len() == words.len() && kept.iter().all(is_plain);
    Pass::Words(casing::titled(&kept), prefix, is_settled)
}

/// The known name that a text starts with or that stands apart in it; else the text without what stands around names.
fn named<'a, 'n>(names: &'n Names, text: &Text, words: &'a [Word<'a>]) -> Front<'a, 'n> {
    let names = names.within(text);
    let (rest, prefix) = match after_prefixes(words, &names) {
        Front::Rest(rest, prefix) => (rest, prefix),
        known @ Front::Known(_) => return known,
    };
    let front = words.len() - rest.len();
    let rest = before_ends(rest);
    let end = front + rest.len();
    match names.iter().find(|found| found.start < end && stands_apart(found, words, front)) {
        Some(found) => Front::Known(*found),
        None => Front::Rest(rest, prefix),
    }
}

/// The name that these words are the whole of, behind codes too; or the one that they begin, since the bank cut it.
fn whole<'a>(names: &'a Names, words: &[Word]) -> Option<(Name<'a>, &'a str)> {
    let keys = words.iter().map(|word| word.key).collect::<Vec<_>>().join(" ");
    let mut rest = keys.as_str();
    for word in words {
        if let Some(found) = names.whole(rest) {
            return Some(found);
        }
        if !is_code(word, LONGEST_CODE_OF_WHOLE) {
            break;
        }
        rest = rest.get(word.key.len() + 1..)?;
    }
    names.cut(&keys)
}

/// Letters and digits that a name and a number next to it have at least.
const SHORTEST_PART: usize = 3;

/// A text whose words are parted where banks run them together: at a `-` or `/` behind a letter, and between a name and
/// a number; nothing where there is no such place.
fn parted(raw: &str) -> Option<String> {
    let bytes = raw.as_bytes();
    let mut parted = String::new();
    let mut done = 0;
    let mut letters = 0;
    for (index, byte) in bytes.iter().enumerate() {
        let digits = || bytes[index..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_joint = letters > 0 && matches!(byte, b'-' | b'/');
        if is_joint || (letters >= SHORTEST_PART && digits() >= SHORTEST_PART) {
            parted.push_str(&raw[done..index]);
            parted.push(' ');
            done = index + usize::from(is_joint);
        }
        letters = if byte.is_ascii_alphabetic() { letters + 1 } else { 0 };
    }
    (done > 0).then(|| parted + &raw[done..])
}

fn known<'a>(found: &Found<'a>) -> Pass<'a> {
    Pass::Known(Recognised { name: found.name, by: found.pattern() })
}

enum Front<'a, 'n> {
    Known(Found<'n>),
    Rest(&'a [Word<'a>], Option<&'static str>),
}

/// Takes prefixes, dates and numbers off the front until a known name or something else stands there.
fn after_prefixes<'a, 'n>(words: &'a [Word<'a>], names: &[Found<'n>]) -> Front<'a, 'n> {
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

/// The same before a name that is a common word.
const LONGEST_CODE_OF_WHOLE: usize = 3;

/// Words as short as that which do begin names.
const ARTICLES: [&str; 16] =
    ["A", "AN", "AND", "DE", "DEL", "EL", "LA", "LAS", "LE", "LES", "LOS", "MY", "OF", "OLD", "THE", "NEW"];

/// Whether a merchant that is named behind other words is meant all the same: its name has several words, or it
/// follows a processor's star, or what stands before it are codes and numbers.
fn stands_apart(found: &Found, words: &[Word], front: usize) -> bool {
    let before = words.get(front..found.start).unwrap_or_default();
    matches!(found.name, Name::Merchant(_))
        && !before.is_empty()
        && (found.length > 1
            || before.last().is_some_and(|word| word.key == "*")
            || before.iter().all(|word| is_code(word, LONGEST_CODE)))
}

/// A word that is most likely a bank's own abbreviation, of at most so many letters, or a number.
fn is_code(word: &Word, longest: usize) -> bool {
    word.is_mark()
        || is_noise(word)
        || word.has_digit()
        || (word.key.len() <= longest && !ARTICLES.contains(&word.key))
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
