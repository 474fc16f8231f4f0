//! Login fingerprints: whether two logins are the same is told without keeping them in the clear.

use hmac::{Hmac, KeyInit, Mac};
use riverbank_model::leaving_no_trace;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::Key;

/// The key of all fingerprints of a database. It is never changed, since that would make every login a new one.
pub(super) struct FingerprintKey(Hmac<Sha256>);

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
