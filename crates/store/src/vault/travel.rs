//! Sealed values that leave the database for a snapshot, and come back, be it into another database.
//!
//! In a snapshot the data keys of sealed values are under a key that was made for it; what is sealed stays as it is. So a
//! snapshot outlives every version of the master key, and a database with another keyring can take it.

use riverbank_model::Secrets;
use zeroize::Zeroizing;

use super::envelope::rewrap_under;
use super::place::FINGERPRINT_KEY;
use super::{Key, Keyring, Place, Sealed, Vault, VaultError, random_key};
use crate::db::{Store, Tx};
use crate::settings;

/// The keys of a snapshot: its own, and that of the login fingerprints in it.
pub struct SnapshotKeys {
    own: Keyring,
    fingerprints: Key,
}

/// Bytes of both.
const BOTH: usize = 64;

impl SnapshotKeys {
    /// The keys as a file carries them: whoever has them can read what the snapshot holds sealed.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let (_, own) = self.own.current();
        Zeroizing::new([own.as_slice(), self.fingerprints.as_slice()].concat())
    }

    /// Keys that a file carries; none when they are of another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let both: &[u8; BOTH] = bytes.try_into().ok()?;
        let (own, fingerprints) = both.split_first_chunk()?;
        let fingerprints = Zeroizing::new(fingerprints.try_into().ok()?);
        Some(Self { own: Keyring::of(Zeroizing::new(*own)), fingerprints })
    }
}

impl Vault {
    /// Keys for a new snapshot.
    pub(crate) async fn new_keys(&self, tx: &Tx, secrets: &dyn Secrets) -> Result<SnapshotKeys, VaultError> {
        Ok(SnapshotKeys {
            own: Keyring::of(random_key(secrets)),
            fingerprints: self.stored_fingerprints(tx).await?,
        })
    }

    /// Seals the keys of a snapshot, to be kept with it.
    pub fn seal_keys(
        &self,
        snapshot: &str,
        keys: &SnapshotKeys,
        secrets: &dyn Secrets,
    ) -> Result<Sealed, VaultError> {
        self.seal(&Place::SnapshotKeys(snapshot), &keys.to_bytes(), secrets)
    }

    /// Opens the keys that are kept with a snapshot.
    pub fn open_keys(&self, snapshot: &str, sealed: &Sealed) -> Result<SnapshotKeys, VaultError> {
        let opened = self.open(&Place::SnapshotKeys(snapshot), sealed)?;
        SnapshotKeys::from_bytes(&opened).ok_or(VaultError::Damaged)
    }

    /// A value of the database as a snapshot keeps it.
    pub(crate) fn hand_over(
        &self,
        keys: &SnapshotKeys,
        identity: &str,
        sealed: &Sealed,
        secrets: &dyn Secrets,
    ) -> Result<Sealed, VaultError> {
        match rewrap_under(&self.keyring.now(), &keys.own, identity, sealed, secrets) {
            Err(VaultError::UnknownVersion(_)) => {
                self.renew();
                rewrap_under(&self.keyring.now(), &keys.own, identity, sealed, secrets)
            }
            other => other,
        }
    }

    /// A value of a snapshot as the database keeps it.
    pub(crate) fn take_over(
        &self,
        keys: &SnapshotKeys,
        identity: &str,
        sealed: &Sealed,
        secrets: &dyn Secrets,
    ) -> Result<Sealed, VaultError> {
        rewrap_under(&keys.own, &self.keyring.now(), identity, sealed, secrets)
    }

    /// Makes the key of a snapshot's login fingerprints the key of the database. Every server goes by it as soon as it
    /// looks ([`Vault::follow_fingerprints`]).
    pub(crate) async fn adopt_fingerprints(
        &self,
        tx: &Tx,
        keys: &SnapshotKeys,
        secrets: &dyn Secrets,
    ) -> Result<(), VaultError> {
        if self.stored_fingerprints(tx).await? == keys.fingerprints {
            return Ok(());
        }
        let Sealed(sealed) = self.seal(&Place::FingerprintKey, &*keys.fingerprints, secrets)?;
        Ok(settings::put(tx, FINGERPRINT_KEY, &sealed).await?)
    }

    /// Goes by the key of the login fingerprints that the database has now: that of another database, where a snapshot
    /// from there was put back.
    pub async fn follow_fingerprints(&self, store: &Store) -> Result<(), VaultError> {
        let sealed =
            settings::find(&*store.read().await?, FINGERPRINT_KEY).await?.ok_or(VaultError::Damaged)?;
        if self.fingerprints.is_from(&sealed) {
            return Ok(());
        }
        let key = self.open_fingerprints(&sealed)?;
        self.fingerprints.replace(sealed, &key);
        Ok(())
    }

    async fn stored_fingerprints(&self, tx: &Tx) -> Result<Key, VaultError> {
        let sealed = settings::find(tx, FINGERPRINT_KEY).await?.ok_or(VaultError::Damaged)?;
        self.open_fingerprints(&sealed)
    }

    fn open_fingerprints(&self, sealed: &[u8]) -> Result<Key, VaultError> {
        let opened = self.open(&Place::FingerprintKey, &sealed.to_vec().into())?;
        let key = <[u8; 32]>::try_from(opened.as_slice()).map_err(|_| VaultError::Damaged)?;
        Ok(Zeroizing::new(key))
    }
}
