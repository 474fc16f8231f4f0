//! The keyring: the versions of the master key.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use riverbank_model::Secrets;
use thiserror::Error;
use zeroize::Zeroizing;

use super::{Key, random_key};

/// The master keys by version. The last line's is the one to seal with; the others open what is older.
#[derive(Clone, PartialEq, Eq)]
pub struct Keyring {
    current: (u32, Key),
    older: Vec<(u32, Key)>,
}

/// Why a text is no keyring. It never shows a key.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeyringError {
    /// No line with a key.
    #[error("the keyring has no key: make one with `riverbank keys generate`")]
    Empty,
    /// A line of another form.
    #[error(
        "line {0} of the keyring is not of the form `VERSION KEY`, with a whole number and 32 bytes in base64"
    )]
    Malformed(usize),
    /// A version twice.
    #[error("the keyring has two keys of version {0}: keep the one that was in use")]
    Twice(u32),
}

/// Why a keyring does not take the place of the one in force.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WorseKeyring {
    /// The version that is sealed with is gone.
    #[error("the keyring lacks version {0}, which this server seals with")]
    Lacks(u32),
    /// Another key under a version that is known.
    #[error("version {0} of the keyring is another key than before")]
    Differs(u32),
}

impl Keyring {
    /// Reads `version key` lines. Empty lines and lines that begin with `#` are passed over.
    pub fn parse(text: &str) -> Result<Self, KeyringError> {
        let mut keys: Vec<(u32, Key)> = Vec::new();
        for (line, number) in text.lines().zip(1..) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (version, key) = read(line).ok_or(KeyringError::Malformed(number))?;
            if keys.iter().any(|(other, _)| *other == version) {
                return Err(KeyringError::Twice(version));
            }
            keys.push((version, key));
        }
        let current = keys.pop().ok_or(KeyringError::Empty)?;
        Ok(Self { current, older: keys })
    }

    /// A keyring of one key, as version 1.
    pub(super) fn of(key: Key) -> Self {
        Self { current: (1, key), older: Vec::new() }
    }

    /// A line with a new key, to append to a keyring.
    pub fn generate_line(version: u32, secrets: &dyn Secrets) -> Zeroizing<String> {
        let key = Zeroizing::new(STANDARD.encode(*random_key(secrets)));
        Zeroizing::new(format!("{version} {}", *key))
    }

    /// The version that a new line should have.
    pub fn next_version(&self) -> u32 {
        self.versions().max().map_or(1, |version| version.saturating_add(1))
    }

    /// All versions, the current one last.
    pub fn versions(&self) -> impl Iterator<Item = u32> {
        self.keys().map(|(version, _)| *version)
    }

    /// What is in force when this keyring was and `read` was found in its place. Keys that `read` no longer has stay
    /// in force until the next start: something may still be sealed under them.
    pub(super) fn renewed(&self, read: Self) -> Result<Self, WorseKeyring> {
        let differs = |(version, key): &&(u32, Key)| self.get(*version).is_some_and(|known| known != key);
        if let Some((version, _)) = read.keys().find(differs) {
            return Err(WorseKeyring::Differs(*version));
        }
        if read.get(self.current.0).is_none() {
            return Err(WorseKeyring::Lacks(self.current.0));
        }
        let gone = self.older.iter().filter(|(version, _)| read.get(*version).is_none()).cloned();
        Ok(Self { older: gone.chain(read.older.iter().cloned()).collect(), current: read.current })
    }

    pub(super) fn current(&self) -> (u32, &Key) {
        (self.current.0, &self.current.1)
    }

    pub(super) fn get(&self, version: u32) -> Option<&Key> {
        self.keys().find(|(other, _)| *other == version).map(|(_, key)| key)
    }

    fn keys(&self) -> impl Iterator<Item = &(u32, Key)> {
        self.older.iter().chain([&self.current])
    }
}

fn read(line: &str) -> Option<(u32, Key)> {
    let (version, key) = line.split_once(char::is_whitespace)?;
    let bytes = Zeroizing::new(STANDARD.decode(key.trim()).ok()?);
    Some((version.parse().ok()?, Zeroizing::new(bytes.as_slice().try_into().ok()?)))
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.versions()).finish()
    }
}
