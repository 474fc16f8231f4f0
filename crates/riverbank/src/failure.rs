//! How a command ends when it cannot do its work.

use std::error::Error;
use std::fmt::Write;
use std::process::ExitCode;

use crate::config::ConfigError;

/// A command failed: a sentence for people, how to mend it where that is known, and the exit code.
#[derive(Debug)]
pub struct Failure {
    message: String,
    hint: Option<String>,
    exit: u8,
}

/// The exit code of a command that could not do its work.
const FAILED: u8 = 1;
/// The exit code of a wrong flag or setting, as the flag parser's own.
const MISUSED: u8 = 2;

impl Failure {
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
        Self {
            message,
            hint: None,
            exit: FAILED,
        }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Prints itself to standard error.
    #[expect(
        clippy::print_stderr,
        reason = "the end of a command is told to whoever called it"
    )]
    pub fn report(self) -> ExitCode {
        eprintln!("riverbank: {}", self.message);
        if let Some(hint) = self.hint {
            eprintln!("  {hint}");
        }
        ExitCode::from(self.exit)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self {
            message: error.to_string(),
            hint: error.hint(),
            exit: MISUSED,
        }
    }
}
