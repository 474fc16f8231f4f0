//! From a bank's raw text to the name a person would say: `SQ *BLUE BOTTLE 0423 OAKLAND CA` to `Blue Bottle`.

mod affixes;
mod casing;
mod places;

use affixes::{ENDS, NUMBERED, PREFIXES, TRAILERS};

use crate::names::{self, Name};
use crate::words::{Text, Word};

/// A clean description and the rule that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleansed {
    /// Empty only when the raw text is blank.
    pub description: String,
    /// `merchant/...` or `bank/...`: a known name; `prefix/...`: a payment processor's or bank's words before the
    /// name went; `words`: numbers, places and the like went, or capitals changed; `as told`: nothing changed.
    pub rule: &'static str,
}

/// Cleanses a raw description. Works on any text, in time bounded by a fixed length; cleansing its own answer
/// changes nothing.
pub fn cleanse(raw: &str) -> Cleansed {
    cleanse_and_recognise(raw, &Text::new(raw).words()).0
}

/// As [`cleanse`], given the words of the raw text, and with the known name that was found.
pub(crate) fn cleanse_and_recognise(raw: &str, words: &[Word]) -> (Cleansed, Option<&'static Name>) {
    let mut current = raw.trim().to_owned();
    let mut found = pass(words);
    let mut first_rule = None;
    // What one pass leaves can be less than it seems: punctuation that went may have kept a phrase apart. A pass
    // takes words away or changes capitals, and no pass undoes another, so it ends; the bound only says so.
    for _ in 0..=raw.len() {
        let (next, rule) = match found {
            Pass::Known(name) => {
                let cleansed = Cleansed { description: name.shown.to_owned(), rule: name.rule };
                return (cleansed, Some(name));
            }
            Pass::Nothing => break,
            Pass::Words(next, rule) => (next, rule),
        };
        first_rule = first_rule.or(rule);
        if next == current {
            break;
        }
        found = pass(&Text::new(&next).words());
        current = next;
    }
    let rule = match first_rule {
        _ if current == raw => "as told",
        Some(rule) => rule,
        None => "words",
    };
    let cleansed = Cleansed { description: current, rule };
    (cleansed, None)
}

enum Pass {
    /// A known name.
    Known(&'static Name),
    /// What is left of the text, and the prefix rule that was used.
    Words(String, Option<&'static str>),
    /// The text holds no words.
    Nothing,
}

fn pass(words: &[Word]) -> Pass {
    let (rest, prefix) = match after_prefixes(words) {
        Front::Known(name) => return Pass::Known(name),
        Front::Rest(rest, prefix) => (rest, prefix),
    };
    let rest = before_trailers(before_ends(rest));
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
    match names::WHOLE.at(&kept) {
        Some((length, name)) if length == kept.len() => Pass::Known(name),
        _ => Pass::Words(casing::titled(&kept), prefix),
    }
}

enum Front<'a> {
    Known(&'static Name),
    Rest(&'a [Word<'a>], Option<&'static str>),
}

/// Takes prefixes, dates and numbers off the front until a known name or something else stands there.
fn after_prefixes<'a>(words: &'a [Word<'a>]) -> Front<'a> {
    let mut rest = words;
    let mut rule = None;
    loop {
        let name = names::LEADING.at(rest);
        let prefix = PREFIXES.at(rest);
        if let Some((length, name)) = name
            && prefix.is_none_or(|(prefix_length, _)| length >= prefix_length)
        {
            return Front::Known(name);
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
