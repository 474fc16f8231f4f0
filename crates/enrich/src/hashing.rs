//! A hash for tables of our own words: FNV-1a, short, and the same everywhere. Nothing from outside becomes a key, so it
//! need not withstand keys that were chosen to collide.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A table whose keys are known beforehand.
pub(crate) type Table<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// FNV-1a over bytes.
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// What is a hash already.
    fn write_u64(&mut self, hash: u64) {
        self.0 ^= hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The hash of some bytes.
pub(crate) fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    let mut hasher = Fnv::default();
    for byte in bytes {
        hasher.write(&[byte]);
    }
    hasher.finish()
}
