//! Where a text occurs in many others, without looking at those in which it does not.

use std::ops::Range;

/// What ends a text; no text holds it.
const END: u8 = 0;

/// The sorted suffixes of many short texts (a suffix array). A binary search finds those that begin with a text,
/// which are the places where that text occurs.
#[derive(Debug)]
pub(super) struct Substrings {
    /// [`END`], and all texts, each with [`END`] after it.
    text: Vec<u8>,
    /// Every place where a character starts, in the order of what stands from there to the end of its text.
    suffixes: Vec<Suffix>,
}

/// What stands from a place to the end of its text.
#[derive(Clone, Copy, Debug)]
struct Suffix {
    at: u32,
    /// The how-manieth text.
    of: u32,
}

/// One place where a text occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// The how-manieth of the texts.
    pub(super) text: usize,
    /// How well it fits there.
    pub(super) fit: Fit,
}

/// How well a text fits where it occurs, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is all of it.
    Whole,
    /// It stands at the start.
    Start,
    /// It stands at the start of a word.
    Word,
    /// It stands within a word.
    Within,
}

impl Substrings {
    /// An index of these texts. Case is folded; U+0000 is left out.
    pub(super) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut text = vec![END];
        let mut suffixes = Vec::new();
        for (of, one) in (0..).zip(texts) {
            let folded = fold(one);
            // A catalogue that outgrows 32 bits is cut off there: it would be a hundred times the whole world's.
            let Ok(start) = u32::try_from(text.len()) else {
                break;
            };
            let places =
                folded.char_indices().filter_map(|(at, _)| start.checked_add(u32::try_from(at).ok()?));
            suffixes.extend(places.map(|at| Suffix { at, of }));
            text.extend_from_slice(folded.as_bytes());
            text.push(END);
        }
        // The first eight bytes decide nearly every comparison, without a look into the text.
        let mut keyed: Vec<_> = suffixes.into_iter().map(|suffix| (suffix.head(&text), suffix)).collect();
        keyed.sort_unstable_by(|(a, left), (b, right)| {
            a.cmp(b).then_with(|| left.bytes(&text).cmp(right.bytes(&text))).then(left.at.cmp(&right.at))
        });
        Self { suffixes: keyed.into_iter().map(|(_, suffix)| suffix).collect(), text }
    }

    /// Where `wanted` occurs, which is not empty. A text in which it occurs twice is met twice.
    pub(super) fn occurrences(&self, wanted: &str) -> impl Iterator<Item = Occurrence> {
        let wanted = fold(wanted).into_bytes();
        let length = wanted.len();
        self.suffixes[self.range(&wanted)].iter().map(move |suffix| self.occurrence(*suffix, length))
    }

    fn range(&self, wanted: &[u8]) -> Range<usize> {
        let start = |suffix: &Suffix| {
            let bytes = suffix.bytes(&self.text);
            &bytes[..bytes.len().min(wanted.len())]
        };
        let from = self.suffixes.partition_point(|suffix| start(suffix) < wanted);
        let count = self.suffixes[from..].partition_point(|suffix| start(suffix) == wanted);
        from..from + count
    }

    fn occurrence(&self, suffix: Suffix, length: usize) -> Occurrence {
        let at = suffix.at as usize;
        let fit = match (self.text[at - 1], self.text[at + length]) {
            (END, END) => Fit::Whole,
            (END, _) => Fit::Start,
            (before, _) if is_word(before) => Fit::Within,
            _ => Fit::Word,
        };
        Occurrence { text: suffix.of as usize, fit }
    }
}

impl Suffix {
    fn bytes(self, text: &[u8]) -> &[u8] {
        let rest = text.get(self.at as usize..).unwrap_or_default();
        let length = rest.iter().position(|&byte| byte == END).unwrap_or(rest.len());
        &rest[..length]
    }

    /// The first eight bytes, as a number that sorts as they do.
    fn head(self, text: &[u8]) -> u64 {
        let mut bytes = [END; 8];
        for (to, from) in bytes.iter_mut().zip(self.bytes(text)) {
            *to = *from;
        }
        u64::from_be_bytes(bytes)
    }
}

/// Whether a byte belongs to a word: letters, digits, and every part of a character beyond ASCII.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

fn fold(text: &str) -> String {
    text.chars().filter(|&letter| letter != '\0').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_fit_tells_the_whole_the_start_a_word_and_the_inside_of_one() {
        let index = Substrings::of(["Bank", "Bank of Ohio", "First Bank", "Riverbank"]);
        let mut fits: Vec<_> = index.occurrences("BANK").map(|found| (found.text, found.fit)).collect();
        fits.sort_unstable();
        assert_eq!(fits, [(0, Fit::Whole), (1, Fit::Start), (2, Fit::Word), (3, Fit::Within)]);
    }

    #[test]
    fn nothing_is_found_across_the_end_of_a_text() {
        let index = Substrings::of(["ab", "cd", ""]);
        assert_eq!(index.occurrences("bc").count(), 0);
        assert_eq!(index.occurrences("b\0c").count(), 0);
        assert_eq!(Substrings::of([]).occurrences("a").count(), 0);
    }

    proptest! {
        #[test]
        fn it_finds_what_a_look_at_every_text_finds(
            texts in prop::collection::vec("[aAbB éß]{0,6}", 0..20),
            wanted in "[aAbB éß]{1,3}",
        ) {
            let index = Substrings::of(texts.iter().map(String::as_str));
            let mut found: Vec<usize> = index.occurrences(&wanted).map(|found| found.text).collect();
            found.sort_unstable();
            found.dedup();
            let looked_at = texts.iter().enumerate().filter(|(_, text)| fold(text).contains(&fold(&wanted)));
            prop_assert_eq!(found, looked_at.map(|(place, _)| place).collect::<Vec<_>>());
        }
    }
}
