//! Sealing anew: data keys under older versions of the master key are put under the current one.
//!
//! The command that does it and the servers hear of each other by two rows of the settings: the version that is to be
//! used, and a version that some server lacks.

use std::collections::BTreeMap;

use riverbank_model::Secrets;

use super::columns::{COLUMNS, SealedColumn, SealedRow};
use super::place::FINGERPRINT_KEY;
use super::{Keyring, Place, Sealed, Vault, VaultError, envelope};
use crate::db::{Store, StoreError, ToValue, Value, params};
use crate::settings;

/// The version of the master key that servers are to seal with, big-endian.
const ANNOUNCED: &str = "master_key_version";
/// A version that was announced and that a server lacks, big-endian; empty when nobody objects.
const LACKED: &str = "master_key_version_lacked";

/// What a pass over all sealed values did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pass {
    /// Values that are under the current version now.
    pub rewrapped: u64,
    /// Values that did not open under the version they name, by that version: changed, or moved from another row.
    pub damaged: BTreeMap<u32, u64>,
    /// Values under versions that the keyring does not hold.
    pub unknown: BTreeMap<u32, u64>,
}

impl Vault {
    /// The version that this vault seals with.
    pub fn current_version(&self) -> u32 {
        self.keyring.now().current().0
    }

    /// All versions that this vault holds, the current one last.
    pub fn versions(&self) -> Vec<u32> {
        self.keyring.now().versions().collect()
    }

    /// Whether this vault opens what is sealed under `version`.
    pub fn holds(&self, version: u32) -> bool {
        self.keyring.now().get(version).is_some()
    }

    /// Reads the keyring anew. One that cannot be read, or is worse than the one in force, is logged and not taken.
    pub fn renew(&self) {
        self.keyring.renew();
    }

    /// Tells all servers of the database to seal with this vault's version from now on.
    pub async fn announce(&self, store: &Store) -> Result<(), StoreError> {
        let version = self.current_version().to_be_bytes();
        store
            .write(async move |tx| {
                settings::put(tx, LACKED, &[]).await?;
                settings::put(tx, ANNOUNCED, &version).await
            })
            .await
    }

    /// Whether a server has said since [`Vault::announce`] that its keyring lacks the version.
    pub async fn is_lacked(&self, store: &Store) -> Result<bool, StoreError> {
        let lacked = settings::find(&*store.read().await?, LACKED).await?;
        Ok(lacked.is_some_and(|lacked| lacked == self.current_version().to_be_bytes()))
    }

    /// A server's part of a rotation, to be done every second: reads the keyring anew when another version was
    /// announced than it seals with, and objects when it still lacks that one.
    pub async fn heed(&self, store: &Store) -> Result<(), StoreError> {
        let Some(announced) = settings::find(&*store.read().await?, ANNOUNCED).await? else { return Ok(()) };
        let Ok(version) = <[u8; 4]>::try_from(announced.as_slice()) else { return Ok(()) };
        if self.current_version() == u32::from_be_bytes(version) {
            return Ok(());
        }
        self.renew();
        let reader = store.read().await?;
        let is_known = settings::find(&reader, LACKED).await?.is_some_and(|lacked| lacked == announced);
        drop(reader);
        if self.holds(u32::from_be_bytes(version)) || is_known {
            return Ok(());
        }
        tracing::error!(
            version = u32::from_be_bytes(version),
            "the database is about to be sealed under a version of the master key that this server lacks: add its line"
        );
        store.write(async move |tx| settings::put(tx, LACKED, &announced).await).await
    }

    /// Seals anew, batch by batch, every value that is not under the current version, but for the key of the login
    /// fingerprints. `tell` hears how many of a column are done after each batch. Values that are written meanwhile
    /// stay as they were written.
    pub async fn rewrap(
        &self,
        store: &Store,
        secrets: &dyn Secrets,
        tell: &mut impl FnMut(&str, u64),
    ) -> Result<Pass, StoreError> {
        let keyring = self.keyring.now();
        let mut pass = Pass::default();
        for column in COLUMNS {
            let mut done = 0;
            let mut after = column.first_key();
            loop {
                let rows = page(store, column, &after, keyring.current().0).await?;
                let Some(last) = rows.last() else { break };
                after = column.key_of(last).into_iter().map(str::to_owned).collect();
                let batch = seal_anew(&keyring, column, rows, secrets, &mut pass);
                done += store
                    .write(async move |tx| {
                        let replacements = batch.iter().map(|one| one.values(column));
                        tx.execute_many(column.replace, replacements).await
                    })
                    .await?;
                tell(column.name, done);
            }
            pass.rewrapped += done;
        }
        Ok(pass)
    }

    /// Seals the key of the login fingerprints anew: the last one, once nothing else is under an older version.
    pub async fn rewrap_fingerprint_key(
        &self,
        store: &Store,
        secrets: &dyn Secrets,
    ) -> Result<(), VaultError> {
        let Some(old) = settings::find(&*store.read().await?, FINGERPRINT_KEY).await? else { return Ok(()) };
        let Sealed(new) = envelope::rewrap(
            &self.keyring.now(),
            &Place::FingerprintKey.identity(),
            &Sealed(old.clone()),
            secrets,
        )?;
        let replace = store.write(async move |tx| settings::replace(tx, FINGERPRINT_KEY, &old, &new).await);
        Ok(replace.await?)
    }
}

/// The versions of the master key that values are sealed under, and how many each; without the key of the login
/// fingerprints, which no vault is unlocked without.
pub async fn versions_in_use(store: &Store) -> Result<BTreeMap<u32, u64>, StoreError> {
    let reader = store.read().await?;
    let mut found = BTreeMap::new();
    for column in COLUMNS {
        for (version, values) in reader.query(column.versions, params![]).await? {
            // What is too short to have a version has none that a line could be kept for.
            if let Ok(version) = <[u8; 4]>::try_from(version) {
                *found.entry(u32::from_be_bytes(version)).or_default() += values.unsigned_abs();
            }
        }
    }
    Ok(found)
}

/// A value and what takes its place.
struct Replacement {
    row: SealedRow,
    new: Sealed,
}

impl Replacement {
    fn values(&self, column: &SealedColumn) -> Vec<Value<'_>> {
        let key = column.key_of(&self.row).into_iter().map(|part| Value::Text(part.into()));
        [self.new.to_value()].into_iter().chain(key).chain([self.row.3.to_value()]).collect()
    }
}

async fn page(
    store: &Store,
    column: &SealedColumn,
    after: &[String],
    version: u32,
) -> Result<Vec<SealedRow>, StoreError> {
    let version = version.to_be_bytes().to_vec();
    let key = after.iter().map(ToValue::to_value);
    let params: Vec<Value<'_>> = key.chain([version.to_value(), column.batch.to_value()]).collect();
    store.read().await?.query(column.page, &params).await
}

/// What takes the place of values; those that cannot be sealed anew are counted.
fn seal_anew(
    keyring: &Keyring,
    column: &SealedColumn,
    rows: Vec<SealedRow>,
    secrets: &dyn Secrets,
    pass: &mut Pass,
) -> Vec<Replacement> {
    let mut batch = Vec::with_capacity(rows.len());
    for row in rows {
        let identity = column.identity(&column.key_of(&row));
        let sealed = Sealed(row.3.clone());
        match envelope::rewrap(keyring, &identity, &sealed, secrets) {
            Ok(new) => batch.push(Replacement { row, new }),
            Err(VaultError::UnknownVersion(version)) => *pass.unknown.entry(version).or_default() += 1,
            Err(_) => {
                tracing::error!(
                    column = column.name,
                    identity,
                    "a sealed value does not open, and is left as it is"
                );
                *pass.damaged.entry(envelope::version(&sealed).unwrap_or_default()).or_default() += 1;
            }
        }
    }
    batch
}

#[cfg(test)]
mod tests;
