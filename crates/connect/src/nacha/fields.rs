//! Lines of fields of fixed width.

use super::read::Flaw;
use super::write::Unwritable;

/// Characters of a line.
pub(super) const WIDTH: usize = 94;
/// Lines of a block; a file is filled up to whole ones with lines of nines.
pub(super) const BLOCK: usize = 10;

/// A line that is being written.
pub(super) struct Line(String);

impl Line {
    /// Begins with the digit that tells what kind of line it is.
    pub(super) fn of(kind: char) -> Self {
        let mut line = String::with_capacity(WIDTH);
        line.push(kind);
        Self(line)
    }

    /// A number, with zeros before it.
    pub(super) fn number(
        mut self,
        field: &'static str,
        value: u64,
        width: usize,
    ) -> Result<Self, Unwritable> {
        let digits = format!("{value:0width$}");
        if digits.len() > width {
            return Err(Unwritable { field });
        }
        self.0.push_str(&digits);
        Ok(self)
    }

    /// A text, with spaces behind it; what does not fit is left off, as banks do.
    pub(super) fn text(mut self, text: &str, width: usize) -> Self {
        self.0.extend(printable(text).chars().chain(std::iter::repeat(' ')).take(width));
        self
    }

    /// The whole line, with its end.
    pub(super) fn end(self) -> String {
        let Self(line) = self;
        format!("{line:<WIDTH$}\n")
    }
}

/// A text in the characters that a file may have: the printable ones of ASCII. Accents of Latin letters go, what has no such
/// likeness becomes a question mark.
pub fn printable(text: &str) -> String {
    /// Letters with accents, by the letter without.
    const LIKENESSES: [(char, &str); 26] = [
        ('A', "ÀÁÂÃÄÅĀĂĄǍ"),
        ('C', "ÇĆĈĊČ"),
        ('D', "ĎĐÐ"),
        ('E', "ÈÉÊËĒĔĖĘĚ"),
        ('G', "ĜĞĠĢ"),
        ('I', "ÌÍÎÏĨĪĬĮİ"),
        ('L', "ĹĻĽĿŁ"),
        ('N', "ÑŃŅŇ"),
        ('O', "ÒÓÔÕÖØŌŎŐ"),
        ('R', "ŔŖŘ"),
        ('S', "ŚŜŞŠȘ"),
        ('T', "ŢŤȚ"),
        ('U', "ÙÚÛÜŨŪŬŮŰŲ"),
        ('Y', "ÝŸ"),
        ('Z', "ŹŻŽ"),
        ('a', "àáâãäåāăąǎ"),
        ('c', "çćĉċč"),
        ('e', "èéêëēĕėęě"),
        ('i', "ìíîïĩīĭįı"),
        ('n', "ñńņň"),
        ('o', "òóôõöøōŏő"),
        ('s', "śŝşšș"),
        ('u', "ùúûüũūŭůűų"),
        ('y', "ýÿ"),
        ('z', "źżž"),
        ('\'', "‘’"),
    ];
    let likeness =
        |c: char| LIKENESSES.iter().find(|(_, accented)| accented.contains(c)).map(|(plain, _)| *plain);
    let plain = |c: char| if matches!(c, ' '..='~') { c } else { likeness(c).unwrap_or('?') };
    text.chars().map(plain).collect()
}

/// A line that is being read. Whatever is no printable character of ASCII is a question mark in it.
pub(super) struct Fields(String);

impl Fields {
    pub(super) fn of(line: &[u8]) -> Result<Self, Flaw> {
        if line.len() > WIDTH {
            return Err(Flaw::TooLong);
        }
        let text: String = line
            .iter()
            .map(|byte| if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '?' })
            .collect();
        // Some programs take the spaces at the end of a line away.
        Ok(Self(format!("{text:<WIDTH$}")))
    }

    /// What kind of line it is.
    pub(super) fn kind(&self) -> &str {
        self.raw(1, 1)
    }

    /// A text, from one place to another, without the spaces around it.
    pub(super) fn text(&self, first: usize, last: usize) -> String {
        self.raw(first, last).trim().to_owned()
    }

    /// A number.
    pub(super) fn number(&self, field: &'static str, first: usize, last: usize) -> Result<u64, Flaw> {
        let digits = self.raw(first, last);
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|_| is_number).ok_or(Flaw::NoNumber(field))
    }

    fn raw(&self, first: usize, last: usize) -> &str {
        self.0.get(first - 1..last).unwrap_or_default()
    }
}
