//! Putting a snapshot back.

use riverbank_model::Secrets;
use thiserror::Error;

use super::content::{seal_anew, sealed_places, tables};
use super::{Snapshot, piece};
use crate::db::{StoreError, Table, Tx};
use crate::vault::{Vault, VaultError};
use crate::{institutions, state};

/// Why a snapshot is not put back.
#[derive(Debug, Error)]
pub enum RestoreError {
    /// It was made under another schema.
    #[error(
        "The snapshot is of schema {theirs}, and this server has {ours}: put it back with the version that made it, and \
         make it anew after the upgrade."
    )]
    OtherSchema {
        /// Under which it was made.
        theirs: String,
        /// What this version has.
        ours: String,
    },
    /// A piece of it cannot be read.
    #[error("Piece {0} of the snapshot cannot be read.")]
    Damaged(i64),
    /// A sealed value does not open.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Puts every table back as it is in the snapshot, in a unit of work that stands alone
/// ([`Tx::stand_alone`](crate::db::Tx::stand_alone)), and begins a new epoch.
pub async fn restore(
    tx: &Tx,
    snapshot: &Snapshot,
    vault: &Vault,
    secrets: &dyn Secrets,
) -> Result<(), RestoreError> {
    check_schema(&snapshot.schema_step)?;
    let keys = vault.open_keys(&snapshot.guid, &snapshot.keys.clone().into())?;
    let tables = tables(tx).await?;
    for table in tables.iter().rev() {
        tx.clear(table).await?;
    }
    for number in 1..=snapshot.piece_count {
        let content = piece(tx, &snapshot.guid, number).await?.ok_or(RestoreError::Damaged(number))?;
        let read = super::piece::read(&content).filter(|read| read.table.is_among(&tables));
        let mut read = read.ok_or(RestoreError::Damaged(number))?;
        let places = sealed_places(&read.table);
        for row in &mut read.rows {
            seal_anew(&places, row, |identity, sealed| vault.take_over(&keys, identity, sealed, secrets));
        }
        tx.put_rows(&read.table, &read.rows).await.map_err(|error| match error {
            // What was made here fits; what came from a file may not.
            StoreError::Conflict { .. } | StoreError::MissingReference | StoreError::Corrupt(_) => {
                RestoreError::Damaged(number)
            }
            other => other.into(),
        })?;
    }
    vault.adopt_fingerprints(tx, &keys, secrets).await?;
    institutions::raise_version(tx).await?;
    state::begin_epoch(tx).await?;
    state::restart_revisions(tx).await?;
    Ok(())
}

/// Refuses a snapshot of another schema.
pub fn check_schema(schema_step: &str) -> Result<(), RestoreError> {
    let ours = super::schema_step();
    if schema_step == ours {
        return Ok(());
    }
    Err(RestoreError::OtherSchema { theirs: schema_step.to_owned(), ours })
}

/// The tables that a piece may be of.
pub struct Shelves(Vec<Table>);

impl Shelves {
    /// Those of this database.
    pub async fn of(tx: &Tx) -> Result<Self, StoreError> {
        tables(tx).await.map(Self)
    }
}

/// Looks at a piece that comes from a file: how many rows it has. None when it is no piece of a table of ours.
pub fn check(content: &[u8], Shelves(tables): &Shelves) -> Option<usize> {
    let read = super::piece::read(content).filter(|read| read.table.is_among(tables))?;
    Some(read.rows.len())
}
