//! Capitals as a person writes them.

use crate::words::Word;

/// Words in capitals throughout.
const CAPITALS: [&str; 67] = [
    "ABC", "ADP", "AMC", "ATM", "ATT", "AW", "BBQ", "BJS", "BMW", "BP", "BW", "CBD", "CPA", "CVS", "DDS",
    "DIY", "DJ", "DMV", "DSW", "DVD", "EZ", "FX", "GNC", "HBO", "HM", "HOA", "HR", "HSBC", "IBM", "IHOP",
    "II", "III", "IRA", "IRS", "IT", "JFK", "KFC", "LA", "LAX", "LG", "MD", "MLB", "NBA", "NFL", "NHL",
    "NPR", "NSF", "NY", "NYC", "PBS", "PC", "PGE", "PO", "POS", "PSE", "QVC", "REI", "RV", "SFO", "TFL",
    "TV", "UK", "UPS", "USA", "USAA", "USPS", "VA",
];

/// Words in small letters unless they stand first or last.
const SMALL: [&str; 14] =
    ["A", "AN", "AND", "AT", "BY", "FOR", "FROM", "IN", "OF", "ON", "OR", "THE", "TO", "WITH"];

/// Joins words with single spaces, each with its capitals mended.
pub(super) fn titled(words: &[Word]) -> String {
    let mut text = String::with_capacity(words.iter().map(|word| word.shown.len() + 1).sum());
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            text.push(' ');
        }
        let is_edge = index == 0 || index + 1 == words.len();
        push(&mut text, word, is_edge);
    }
    text
}

fn push(text: &mut String, word: &Word, is_edge: bool) {
    let (shown, key) = (word.shown, word.key);
    if key.len() <= 4 && CAPITALS.binary_search(&key).is_ok() {
        return text.push_str(&shown.to_ascii_uppercase());
    }
    // The key of `A+` is a lone letter too; only the plain word is small.
    if !is_edge && shown.len() == key.len() && key.len() <= 4 && SMALL.contains(&key) {
        return text.push_str(&shown.to_ascii_lowercase());
    }
    let has_capital = shown.contains(char::is_uppercase);
    if has_capital && shown.contains(char::is_lowercase) {
        return text.push_str(shown);
    }
    // H&M, A&W: letters round a sign are initials.
    if shown.contains('&') && shown.len() <= 4 {
        return text.push_str(&shown.to_ascii_uppercase());
    }
    let mut at_start = true;
    let mut letters = shown.chars().peekable();
    let mut letters_before = 0_usize;
    while let Some(letter) = letters.next() {
        text.push(if at_start { capital(letter) } else { small(letter) });
        letters_before += usize::from(letter.is_alphabetic());
        at_start = match letter {
            '-' | '/' | '.' | '&' | '+' | '(' => true,
            // O'Reilly, but Joe's.
            '\'' | '\u{2019}' => {
                letters_before == 1 && letters.peek().is_some_and(|next| next.is_alphabetic())
            }
            _ => false,
        };
    }
}

/// The capital of a letter that has one of a single character; else the letter.
fn capital(letter: char) -> char {
    let mut capitals = letter.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) => capital,
        _ => letter,
    }
}

fn small(letter: char) -> char {
    let mut smalls = letter.to_lowercase();
    match (smalls.next(), smalls.next()) {
        (Some(small), None) => small,
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Text;

    fn title(text: &str) -> String {
        titled(&Text::new(text).words())
    }

    #[test]
    fn the_table_of_capitals_is_sorted() {
        assert!(CAPITALS.is_sorted());
    }

    #[test]
    fn words_get_the_capitals_a_person_writes() {
        let cases = [
            ("BLUE BOTTLE", "Blue Bottle"),
            ("the house of pies", "The House of Pies"),
            ("O'REILLY JOE'S", "O'Reilly Joe's"),
            ("COCA-COLA H&M", "Coca-Cola H&M"),
            ("eBay iTunes", "eBay iTunes"),
            ("CAFÉ ÉCLAIR", "Café Éclair"),
            ("JIM'S BBQ NYC", "Jim's BBQ NYC"),
        ];
        for (told, expected) in cases {
            assert_eq!(title(told), expected);
        }
    }
}
