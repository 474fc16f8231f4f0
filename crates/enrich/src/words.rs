//! A bank's text as words, each with the key that tables know it by.

/// What is read of a text, in bytes; banks send at most a few hundred. Keeps the work on hostile text small.
const LONGEST: usize = 512;

/// The ends of host names that mark a word as an address.
const DOMAINS: [&str; 8] = ["com", "net", "org", "io", "co", "ca", "us", "uk"];

/// Letters of a name that a number may hang on.
const SHORTEST_NAME: usize = 4;

/// Signs that are words of their own: three marks, and the `&` of names.
const STAND_ALONE: [&str; 4] = ["*", "#", ":", "&"];

/// One word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'a> {
    /// As told, without the punctuation around it; of an address only the name before its domain.
    pub shown: &'a str,
    /// Letters, digits and `+` only, in capitals; a sign that stands alone is its own key.
    pub key: &'a str,
    /// It was an address such as `WWW.ACME.COM`.
    pub is_address: bool,
}

impl Word<'_> {
    /// A sign that separates, never shown.
    pub fn is_mark(&self) -> bool {
        matches!(self.key, "*" | "#" | ":")
    }

    /// A digit within the key.
    pub fn has_digit(&self) -> bool {
        self.key.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// A key of digits only: a number, date, time, amount or telephone number.
    pub fn is_numeric(&self) -> bool {
        self.key.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// A text cut into words.
pub(crate) struct Text<'a> {
    /// The keys of all words, with a space before, between and after them.
    keys: String,
    pieces: Vec<Piece<'a>>,
}

/// What a word shows, and where its key stands.
struct Piece<'a> {
    shown: &'a str,
    is_address: bool,
    start: usize,
    end: usize,
}

impl<'a> Text<'a> {
    pub fn new(text: &'a str) -> Self {
        let told = &text[..text.floor_char_boundary(LONGEST)];
        let mut keys = String::with_capacity(told.len() + 2);
        keys.push(' ');
        let mut cut = Vec::with_capacity(8);
        for (shown, is_address) in pieces(told) {
            let start = keys.len();
            push_key(&mut keys, shown);
            cut.push(Piece { shown, is_address, start, end: keys.len() });
            keys.push(' ');
        }
        Self { keys, pieces: cut }
    }

    pub fn words(&self) -> Vec<Word<'_>> {
        let word = |piece: &Piece<'a>| Word {
            shown: piece.shown,
            key: &self.keys[piece.start..piece.end],
            is_address: piece.is_address,
        };
        self.pieces.iter().map(word).collect()
    }

    /// The keys of all words, with a space before, between and after them.
    pub fn keys(&self) -> &str {
        &self.keys
    }

    /// The number of the word whose key starts at `offset` of [`Self::keys`].
    pub fn word_at(&self, offset: usize) -> Option<usize> {
        self.pieces.binary_search_by_key(&offset, |piece| piece.start).ok()
    }
}

fn push_key(keys: &mut String, shown: &str) {
    if STAND_ALONE.contains(&shown) {
        keys.push_str(shown);
    }
    if shown.is_ascii() {
        for byte in shown.bytes().filter(|byte| byte.is_ascii_alphanumeric() || *byte == b'+') {
            keys.push(char::from(byte.to_ascii_uppercase()));
        }
        return;
    }
    let letters = shown.chars().filter(|letter| letter.is_alphanumeric() || *letter == '+');
    keys.extend(letters.map(|letter| letter.to_ascii_uppercase()));
}

/// The words of a text that hold a letter or a digit, and the signs that stand alone; with whether each is an
/// address.
fn pieces(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(|letter: char| !separates(letter))?;
            rest = &rest[start..];
            let end = end_of_piece(rest);
            let (piece, after) = rest.split_at(end);
            rest = after;
            let shown = shown_part(piece);
            if !shown.0.is_empty() {
                return Some(shown);
            }
        }
    })
}

fn separates(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || matches!(letter, ',' | ';' | '|' | '_' | '~' | '^' | '"')
}

/// Where the piece that `text` starts with ends: at a separator or a mark, but not at the colon of a time or an
/// address.
fn end_of_piece(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit_at = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
    for (index, letter) in text.char_indices() {
        let is_mark = match letter {
            '*' | '#' => true,
            ':' => {
                let is_time = index > 0 && digit_at(index - 1) && digit_at(index + 1);
                !is_time && !text[index..].starts_with("://")
            }
            _ => false,
        };
        if is_mark {
            return index.max(1);
        }
        // A store's number hung on a name: `KIOSK-0042`, but not `A-1` or `7-ELEVEN`.
        let hangs_number = letter == '-'
            && index >= SHORTEST_NAME
            && bytes[index - 1].is_ascii_alphabetic()
            && (1..=3).all(|offset| digit_at(index + offset));
        if hangs_number || separates(letter) {
            return index;
        }
    }
    text.len()
}

/// The part of a piece that is shown, and whether the piece is an address.
fn shown_part(piece: &str) -> (&str, bool) {
    if STAND_ALONE.contains(&piece) {
        return (piece, false);
    }
    if piece.contains('.')
        && let Some(name) = name_of_address(piece)
    {
        return (name, true);
    }
    let kept = |letter: char| letter.is_alphanumeric() || matches!(letter, '!' | '+' | '&' | '%' | '$');
    let shown = piece.trim_matches(|letter| !kept(letter));
    if shown.contains(char::is_alphanumeric) { (shown, false) } else { ("", false) }
}

/// `acme` of `help.acme.com/bill`.
fn name_of_address(piece: &str) -> Option<&str> {
    let host = piece.split_once("//").map_or(piece, |(_, host)| host);
    let host = host.split(['/', '?']).next()?;
    let (front, domain) = host.trim_end_matches('.').rsplit_once('.')?;
    let name = front.rsplit('.').next()?;
    let is_name = |name: &str| {
        name.bytes().any(|byte| byte.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && name.starts_with(|letter: char| letter.is_ascii_alphanumeric())
            && name.ends_with(|letter: char| letter.is_ascii_alphanumeric())
    };
    let is_domain = DOMAINS.iter().any(|known| domain.eq_ignore_ascii_case(known));
    (is_domain && name.len() > 1 && is_name(name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let text = Text::new(text);
        text.words().iter().map(|word| word.key.to_owned()).collect()
    }

    #[test]
    fn words_are_known_by_their_letters_and_digits() {
        assert_eq!(keys("Sq *Joe's  Wal-Mart"), ["SQ", "*", "JOES", "WALMART"]);
        assert_eq!(keys("A&W, (pending) - & b+"), ["AW", "PENDING", "&", "B+"]);
        assert_eq!(keys("DES:PAY 12:34 STORE #5"), ["DES", ":", "PAY", "1234", "STORE", "#", "5"]);
        assert_eq!(keys("KIOSK-0042 F-150 A-1 7-ELEVEN"), ["KIOSK", "0042", "F150", "A1", "7ELEVEN"]);
        assert_eq!(keys("\u{0}\t---"), Vec::<String>::new());
    }

    #[test]
    fn an_address_is_known_by_the_name_before_its_domain() {
        assert_eq!(keys("https://help.acme.com/bill NETFLIX.COM Amzn.com/bill"), ["ACME", "NETFLIX", "AMZN"]);
        assert_eq!(keys("12.50 St.Mary a.com"), ["1250", "STMARY", "ACOM"]);
    }

    #[test]
    fn only_the_beginning_of_a_huge_text_is_read() {
        assert_eq!(keys(&"é ".repeat(100_000)).len(), LONGEST.div_ceil(3));
    }
}
