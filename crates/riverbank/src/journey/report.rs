//! What is printed while journeys are played.

use std::io::{self, Write};

use super::expectation::{Difference, Seen};

/// Characters of an answer that are printed where it differs.
const LONGEST_ANSWER: usize = 4_000;

/// Prints the steps of one file.
pub struct Report<'a> {
    output: &'a mut dyn Write,
    file: String,
}

impl<'a> Report<'a> {
    /// A report on the file of this name.
    pub fn new(output: &'a mut dyn Write, file: &str) -> Self {
        Self { output, file: file.to_owned() }
    }

    pub fn begin(&mut self, title: &str) -> io::Result<()> {
        writeln!(self.output, "{title} ({})", self.file)
    }

    pub fn say(&mut self, words: &str) -> io::Result<()> {
        writeln!(self.output, "  {words}")
    }

    pub fn passed(&mut self, line: usize, call: &str) -> io::Result<()> {
        writeln!(self.output, "    ok    {line:>4}  {call}")
    }

    pub fn failed(
        &mut self,
        line: usize,
        call: &str,
        differences: &[Difference],
        seen: &Seen,
    ) -> io::Result<()> {
        writeln!(self.output, "    FAIL  {line:>4}  {call}")?;
        for difference in differences {
            writeln!(self.output, "{}:{}: {difference}", self.file, difference.line)?;
        }
        let text: String = seen.text.chars().take(LONGEST_ANSWER).collect();
        writeln!(self.output, "  answered {} {text}", seen.status)
    }

    pub fn unplayed(&mut self, line: usize, what: &str, why: &str) -> io::Result<()> {
        writeln!(self.output, "    FAIL  {line:>4}  {what}")?;
        writeln!(self.output, "{}:{line}: {why}", self.file)
    }
}
