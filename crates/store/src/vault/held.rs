//! The keyring that a process holds, and reads anew while it runs.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::Keyring;

/// Where a keyring is kept.
pub trait KeyringSource: Send + Sync {
    /// Reads it as it is now.
    fn read(&self) -> Result<Keyring, Box<dyn Error + Send + Sync>>;
}

/// The keyring in force, and where it came from.
pub(super) struct HeldKeyring {
    now: RwLock<Arc<Keyring>>,
    source: Option<Box<dyn KeyringSource>>,
    /// Why the source was not taken up when it was last read, so that it is logged once.
    refusal: Mutex<Option<String>>,
}

impl HeldKeyring {
    pub(super) fn new(keyring: Arc<Keyring>, source: Option<Box<dyn KeyringSource>>) -> Self {
        Self { now: RwLock::new(keyring), source, refusal: Mutex::default() }
    }

    pub(super) fn now(&self) -> Arc<Keyring> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes up what the source has now. What is worse than the keyring in force is logged and left.
    pub(super) fn renew(&self) {
        let Some(source) = &self.source else { return };
        let read = source.read();
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        let renewed =
            read.and_then(|read| now.renewed(read).map_err(Into::into)).map_err(|error| error.to_string());
        let mut refusal = self.refusal.lock().unwrap_or_else(PoisonError::into_inner);
        match renewed {
            Ok(keyring) => {
                if keyring != **now {
                    tracing::info!(versions = ?keyring, current = keyring.current().0, "the keyring was read anew");
                    *now = Arc::new(keyring);
                }
                *refusal = None;
            }
            Err(reason) => {
                if refusal.as_ref() != Some(&reason) {
                    tracing::error!(
                        reason,
                        "the keyring was not read anew; the one that was read before stays in force"
                    );
                    *refusal = Some(reason);
                }
            }
        }
    }
}
