//! What is wrong with a journey file, and where.

use std::fmt;
use std::ops::Range;

/// A place in a file, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

impl Place {
    /// Where the byte `at` of `text` stands.
    pub fn of(text: &str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }
}

/// A flaw of a journey file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Flaw {
    place: Place,
    message: String,
}

impl Flaw {
    /// A flaw at a part of `text`.
    pub fn at(text: &str, span: &Range<usize>, message: impl Into<String>) -> Self {
        Self { place: Place::of(text, span.start), message: message.into() }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.place.line, self.place.column, self.message)
    }
}
