//! Login fingerprints: whether two logins are the same is told without keeping them in the clear.

use std::sync::{PoisonError, RwLock};

use hmac::{Hmac, KeyInit, Mac};
use riverbank_model::leaving_no_trace;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::Key;

/// The key of all fingerprints of a database. It is never changed but together with all logins, since that would make
/// every one of them a new one.
pub(super) struct FingerprintKey(Hmac<Sha256>);

/// The key that a process goes by, and the sealed form that it was opened from.
pub(super) struct HeldFingerprintKey(RwLock<(Vec<u8>, FingerprintKey)>);

impl HeldFingerprintKey {
    pub(super) fn new(sealed: Vec<u8>, key: &Key) -> Self {
        Self(RwLock::new((sealed, FingerprintKey::new(key))))
    }

    /// Whether it is the key that was opened from `sealed`.
    pub(super) fn is_from(&self, sealed: &[u8]) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).0 == sealed
    }

    pub(super) fn replace(&self, sealed: Vec<u8>, key: &Key) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = (sealed, FingerprintKey::new(key));
    }

    pub(super) fn of(&self, values: &[&str]) -> Vec<u8> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).1.of(values)
    }
}

impl FingerprintKey {
    pub(super) fn new(key: &Key) -> Self {
        // HMAC fills a shorter key up with zeros to the hash's block (RFC 2104).
        let mut block = Zeroizing::new([0; 64]);
        block[..key.len()].copy_from_slice(&**key);
        Self(Hmac::new((&*block).into()))
    }

    /// HMAC-SHA-256 over the values, each with its length before it.
    pub(super) fn of(&self, values: &[&str]) -> Vec<u8> {
        leaving_no_trace(|| {
            let mut mac = self.0.clone();
            for value in values {
                mac.update(&(value.len() as u64).to_be_bytes());
                mac.update(value.as_bytes());
            }
            mac.finalize().into_bytes().to_vec()
        })
    }
}
