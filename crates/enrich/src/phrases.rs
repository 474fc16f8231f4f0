//! Tables of phrases, found in running text by their words.

use crate::hashing::Table;
use crate::words::Word;

/// A table from phrases to values. A phrase is written as the keys of its words with single spaces.
pub(crate) struct Phrases<T> {
    /// By first word: the words after it, longest first.
    by_first: Table<&'static str, Vec<(Vec<&'static str>, T)>>,
}

impl<T: Copy> Phrases<T> {
    pub fn new(rows: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut by_first: Table<_, Vec<_>> = Table::default();
        for (phrase, value) in rows {
            let mut words = phrase.split(' ');
            let first = words.next().unwrap_or_default();
            by_first.entry(first).or_default().push((words.collect::<Vec<_>>(), value));
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { by_first }
    }

    /// The longest phrase that `text` starts with: its number of words and its value.
    pub fn at(&self, text: &[Word]) -> Option<(usize, T)> {
        let (first, rest) = text.split_first()?;
        let phrases = self.by_first.get(first.key)?;
        let (words, value) = phrases.iter().find(|(words, _)| {
            words.len() <= rest.len() && words.iter().zip(rest).all(|(word, told)| *word == told.key)
        })?;
        Some((words.len() + 1, *value))
    }

    /// The longest phrase anywhere in `text`; the last of equally long ones, since a name ends in what it is: a
    /// water grill is a grill.
    pub fn within(&self, text: &[Word]) -> Option<(usize, T)> {
        let mut best = None;
        for start in 0..text.len() {
            if let Some(found) = self.at(&text[start..])
                && best.is_none_or(|(length, _)| found.0 >= length)
            {
                best = Some(found);
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Text;

    #[test]
    fn the_longest_phrase_wins_at_a_place_and_within() {
        let phrases = Phrases::new([("UBER", 1), ("UBER EATS", 2), ("BOTTLE SHOP NOW", 3), ("CAB", 4)]);
        let find = |text: &str| {
            let text = Text::new(text);
            (phrases.at(&text.words()), phrases.within(&text.words()))
        };
        assert_eq!(find("uber eats now"), (Some((2, 2)), Some((2, 2))));
        assert_eq!(find("uber"), (Some((1, 1)), Some((1, 1))));
        assert_eq!(find("my uber bottle shop now"), (None, Some((3, 3))));
        assert_eq!(find("uber then uber eats then uber").1, Some((2, 2)));
        assert_eq!(find("my uber cab").1, Some((1, 4)));
        assert_eq!(find(""), (None, None));
    }
}
