//! How a command ends when it cannot do its work.

use std::error::Error;
use std::fmt::{self, Write as _};
use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::config::ConfigError;

/// A command failed: a sentence for people, how to mend it where that is known, and the exit code.
#[derive(Debug)]
pub struct Failure {
    /// Empty where there is nobody to tell.
    message: String,
    hint: Option<String>,
    exit: u8,
}

/// The exit code of a command that could not do its work.
const FAILED: u8 = 1;
/// The exit code of a wrong flag, setting or file, as the flag parser's own.
const MISUSED: u8 = 2;
/// The exit code of a command whose reader has gone, as a shell shows the end by SIGPIPE: 128 and the signal's 13.
const UNREAD: u8 = 141;

impl Failure {
    /// A failure told in a sentence.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, exit: FAILED }
    }

    /// A failure whose message is the error and what caused it.
    pub fn of(error: impl Error) -> Self {
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let text = error.to_string();
            // Some errors repeat their cause in their own message.
            if !message.contains(&text) {
                let _ = write!(message, ": {text}");
            }
            cause = error.source();
        }
        Self::new(message)
    }

    /// A failure of whoever gave the command: what it names is wrong or not there.
    pub fn misused(message: impl Into<String>) -> Self {
        Self { exit: MISUSED, ..Self::new(message) }
    }

    /// A failure to print the answer. A reader that has gone, as `head` goes, has all that it wanted: nothing is said.
    pub fn output(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self { message: String::new(), hint: None, exit: UNREAD },
            _ => Self::of(error),
        }
    }

    /// Names what the failure is about, before all else.
    #[must_use]
    pub fn about(mut self, subject: impl fmt::Display) -> Self {
        self.message = format!("{subject}: {}", self.message);
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Prints itself to standard error, if anyone listens there.
    pub fn report(self) -> ExitCode {
        if !self.message.is_empty() {
            _ = writeln!(io::stderr(), "riverbank: {self}");
        }
        ExitCode::from(self.exit)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(formatter, "\n  {hint}"))
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self { message: error.to_string(), hint: error.hint(), exit: MISUSED }
    }
}
