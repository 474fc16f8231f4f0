//! What was counted of a user's transactions, kept as long as they do not change.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Results, each with the revision of the user's transactions that it was made at. Any process that changes transactions
/// raises the revision, so what is kept is never older than the request that asks. Nothing may be kept of what a unit of
/// work sees that changes transactions itself: it may come to nothing.
#[derive(Debug)]
pub(crate) struct Kept<K, V>(Mutex<HashMap<K, (i64, V)>>);

/// How many are kept of each kind; when there are more, all are forgotten.
const KEPT_AT_MOST: usize = 1_000;

impl<K: Eq + Hash, V: Clone> Kept<K, V> {
    /// The result, if it was made at this revision.
    pub(crate) fn find(&self, key: &K, revision: i64) -> Option<V> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).filter(|(made_at, _)| *made_at == revision).map(|(_, result)| result.clone())
    }

    /// Keeps a result that was made after this revision was read.
    pub(crate) fn keep(&self, key: K, revision: i64, result: V) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_AT_MOST {
            kept.clear();
        }
        kept.insert(key, (revision, result));
    }

    /// How many are kept.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}
