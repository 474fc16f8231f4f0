//! The vault: secrets at rest.
//!
//! Each record is sealed with a random data key of its own (AES-256-GCM-SIV), and the data key with the current master
//! key of the [`Keyring`]. Both layers bind the record's identity, so that a sealed value opens nowhere but in its own
//! place. Of logins the vault makes fingerprints, with a key of their own that lies sealed in the database.

mod columns;
mod envelope;
mod fingerprint;
mod held;
mod keyring;
mod place;
mod rewrap;
mod travel;

use std::fmt;
use std::sync::Arc;

use riverbank_model::Secrets;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::db::{FromValue, Kind, Store, StoreError, ToValue, Unreadable, Value};
use crate::settings;

pub(crate) use columns::{STATEMENTS, SealedColumn, heads, sealed_columns_of};
pub(crate) use envelope::version;
use fingerprint::HeldFingerprintKey;
use held::HeldKeyring;
pub use held::KeyringSource;
pub use keyring::{Keyring, KeyringError};
use place::FINGERPRINT_KEY;
pub use place::Place;
pub use rewrap::{Pass, versions_in_use};
pub use travel::SnapshotKeys;

/// A key of 256 bits, wiped when it goes.
type Key = Zeroizing<[u8; 32]>;

/// Seals and opens secrets. Clones share the keys.
#[derive(Clone)]
pub struct Vault {
    keyring: Arc<HeldKeyring>,
    fingerprints: Arc<HeldFingerprintKey>,
}

/// A sealed value, fit to be stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

/// Why a value cannot be sealed or opened.
#[derive(Clone, Debug, Error)]
pub enum VaultError {
    /// Longer than the cipher takes: 64 GiB.
    #[error("the value is too long to be sealed")]
    TooLong,
    /// Sealed under a master key that the keyring does not hold.
    #[error("sealed under version {0} of the master key, which the keyring does not hold: add its line")]
    UnknownVersion(u32),
    /// Changed, cut, moved to another record, or sealed under another key of the same version.
    #[error(
        "a sealed value does not open: it was changed or moved, or the master key is not the one it was sealed under"
    )]
    Damaged,
    /// The database is sealed under another key of this version.
    #[error("version {0} of the master key is not the key that the database is sealed under")]
    WrongKey(u32),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Vault {
    /// The vault of a migrated database. The first one makes the key of the login fingerprints; later ones, on every
    /// node, open the same.
    pub async fn unlock(store: &Store, keyring: Keyring, secrets: &dyn Secrets) -> Result<Self, VaultError> {
        let stored = settings::find(&*store.read().await?, FINGERPRINT_KEY).await?;
        let sealed = if let Some(sealed) = stored {
            sealed
        } else {
            let fresh = random_key(secrets);
            let Sealed(fresh) = envelope::seal(&keyring, FINGERPRINT_KEY, &*fresh, secrets)?;
            store.write(async move |tx| settings::settle(tx, FINGERPRINT_KEY, &fresh).await).await?
        };
        let sealed = Sealed(sealed);
        let opened = envelope::open(&keyring, FINGERPRINT_KEY, &sealed).map_err(|error| match error {
            VaultError::Damaged => envelope::version(&sealed).map_or(error, VaultError::WrongKey),
            other => other,
        })?;
        let key = <[u8; 32]>::try_from(opened.as_slice()).map_err(|_| VaultError::Damaged)?;
        let Sealed(sealed) = sealed;
        let fingerprints = HeldFingerprintKey::new(sealed, &Zeroizing::new(key));
        let keyring = HeldKeyring::new(Arc::new(keyring), None);
        Ok(Self { keyring: Arc::new(keyring), fingerprints: Arc::new(fingerprints) })
    }

    /// The same, with a keyring that is read anew from `source` when it is asked to be, and when a value is under a
    /// version that it does not hold.
    #[must_use]
    pub fn following(self, source: impl KeyringSource + 'static) -> Self {
        let keyring = HeldKeyring::new(self.keyring.now(), Some(Box::new(source)));
        Self { keyring: Arc::new(keyring), ..self }
    }

    /// Seals `value` for its place.
    pub fn seal(&self, place: &Place<'_>, value: &[u8], secrets: &dyn Secrets) -> Result<Sealed, VaultError> {
        envelope::seal(&self.keyring.now(), &place.identity(), value, secrets)
    }

    /// Opens what was sealed for its place.
    pub fn open(&self, place: &Place<'_>, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        match envelope::open(&self.keyring.now(), &place.identity(), sealed) {
            Err(VaultError::UnknownVersion(_)) => {
                self.renew();
                envelope::open(&self.keyring.now(), &place.identity(), sealed)
            }
            other => other,
        }
    }

    /// The fingerprint of a login: equal for equal values in the same order, and of no use to who lacks the key.
    pub fn login_fingerprint(&self, values: &[&str]) -> Vec<u8> {
        self.fingerprints.of(values)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

impl Sealed {
    /// The bytes to store.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl From<Vec<u8>> for Sealed {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed")
    }
}

impl ToValue for Sealed {
    fn to_value(&self) -> Value<'_> {
        self.0.to_value()
    }
}

impl FromValue for Sealed {
    const KIND: Kind = Kind::Bytes;
    fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
        Vec::from_value(value).map(Self)
    }
}

fn random_key(secrets: &dyn Secrets) -> Key {
    let mut key = Zeroizing::new([0; 32]);
    secrets.fill(&mut *key);
    key
}

#[cfg(test)]
mod tests;
