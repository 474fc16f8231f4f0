//! Secrets are types that do not print.

use secrecy::SecretString;

/// Text that must not be shown: passwords, answers, tokens. Wiped from memory when dropped, and its `Debug`
/// form says only that it is there. Read it with [`secrecy::ExposeSecret`], as late as can be.
pub type SecretText = SecretString;

pub use secrecy::ExposeSecret;

/// A source of unguessable bytes: session and one-time tokens, keys, nonces, OAuth states. Always the operating
/// system's, in a sandbox too.
pub trait Secrets: Send + Sync {
    /// Fills `buffer` with unguessable bytes.
    fn fill(&self, buffer: &mut [u8]);
}
