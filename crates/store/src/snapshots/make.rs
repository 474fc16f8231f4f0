//! Making a snapshot.

use jiff::Timestamp;
use riverbank_model::Secrets;
use thiserror::Error;

use super::content::{seal_anew, sealed_places, tables};
use super::piece::Filling;
use super::{INSERT, Snapshot, finish, put_piece, schema_step};
use crate::db::{Reading, StoreError, ToRow, Tx};
use crate::vault::{Vault, VaultError};

/// Why a snapshot cannot be made.
#[derive(Debug, Error)]
pub enum MakeError {
    /// A sealed value does not open.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database failed. A snapshot of this name is a conflict on [`BY_NAME`](super::BY_NAME).
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a snapshot is to be.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its id: nothing else has it.
    pub guid: String,
    /// Its name.
    pub name: String,
    /// Business time.
    pub taken_at: Timestamp,
    /// How the clock runs.
    pub pace: String,
}

/// Makes a snapshot, in a unit of work that stands still ([`Tx::stand_still`](crate::db::Tx::stand_still)): of what it
/// sees, and a few rows of it in memory at a time. What is in the hands of a worker is in the snapshot as that.
pub async fn make(tx: &Tx, made: Made, vault: &Vault, secrets: &dyn Secrets) -> Result<Snapshot, MakeError> {
    let keys = vault.new_keys(tx, secrets).await?;
    let mut snapshot = Snapshot {
        keys: vault.seal_keys(&made.guid, &keys, secrets)?.into_bytes(),
        guid: made.guid,
        name: Some(made.name),
        schema_step: schema_step(),
        taken_at: made.taken_at,
        pace: made.pace,
        piece_count: 0,
        row_count: 0,
        size: 0,
    };
    tx.execute(&INSERT, &snapshot.values()).await?;
    for table in tables(tx).await? {
        let places = sealed_places(&table);
        let (mut reading, mut filling) = (Reading::of(&table), Filling::of(&table));
        loop {
            let rows = reading.next(tx).await?;
            let is_end = rows.is_empty();
            for mut row in rows {
                seal_anew(&places, &mut row, |identity, sealed| {
                    vault.hand_over(&keys, identity, sealed, secrets)
                });
                filling.add(&row);
                snapshot.row_count += 1;
                if let Some(piece) = filling.full() {
                    add(tx, &mut snapshot, &piece).await?;
                }
            }
            if is_end {
                break;
            }
        }
        if let Some(piece) = filling.rest() {
            add(tx, &mut snapshot, &piece).await?;
        }
    }
    finish(tx, &snapshot).await?;
    Ok(snapshot)
}

async fn add(tx: &Tx, snapshot: &mut Snapshot, piece: &[u8]) -> Result<(), StoreError> {
    snapshot.piece_count += 1;
    snapshot.size += i64::try_from(piece.len()).unwrap_or(i64::MAX);
    put_piece(tx, &snapshot.guid, snapshot.piece_count, piece).await
}
