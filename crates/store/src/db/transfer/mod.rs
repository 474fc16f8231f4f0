//! Moving a whole database into a new one, of the same engine or of the other.
//!
//! Nothing here knows a table: what there is to move is read from the source's own catalogue, so that the tables of a
//! later migration move by themselves. This is the one place whose queries are made of names at run time.

mod digest;
mod side;
pub(super) mod stream;
pub(super) mod table;

use std::sync::Arc;

use riverbank_model::MachineClock;
use thiserror::Error;
use tokio::sync::mpsc;
use tokio::try_join;

use super::error::StoreError;
use super::migrate::MigrateError;
use super::sqlite::StagingError;
use super::store::OpenError;
use super::url::DatabaseUrl;
use crate::{jobs, webhook_messages};

use side::{Source, Target};
pub(crate) use table::STATEMENTS;

/// Batches of rows that may be on their way from one database to the other.
const UNDER_WAY: usize = 2;

/// A table that was moved, and read again in its new place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its name.
    pub table: String,
    /// How many rows it has.
    pub rows: u64,
    /// The same for the same rows, on either engine and in any order; 32 hexadecimal digits.
    pub checksum: String,
}

/// Why a database was not moved; each says what to do. The source is as it was, and nothing is in the target.
#[derive(Debug, Error)]
pub enum TransferError {
    /// The source is not there, or was never served.
    #[error("{0} is no database of riverbank")]
    NoSource(DatabaseUrl),
    /// Servers use the source.
    #[error("{0} is being served: stop its servers first, so that nothing they acknowledge is left behind")]
    Served(DatabaseUrl),
    /// The source is not of this version.
    #[error(
        "the schema of {url} lacks {missing} migrations: bring it up to date first, with \
         `riverbank migrate --database-url URL`"
    )]
    Outdated {
        /// The source.
        url: DatabaseUrl,
        /// How many steps it lacks.
        missing: usize,
    },
    /// The target holds something.
    #[error("{0} is not empty: give a new database, which this fills")]
    Occupied(DatabaseUrl),
    /// The target's file cannot be made.
    #[error(transparent)]
    Staging(#[from] StagingError),
    /// The source has something that no migration made.
    #[error("{0}; what riverbank did not make is not moved: take it out of the source first")]
    Foreign(String),
    /// PostgreSQL has no such character.
    #[error(
        "column {column} of {table} holds a text with the character U+0000, which PostgreSQL cannot store: correct \
         the row, found by `select * from {table} where instr({column}, char(0))`"
    )]
    NulCharacter {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// What was written is not what was read.
    #[error("table {0} is not the same in its new place, and nothing was kept there: try again")]
    Differs(String),
    /// A database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The schema of one side is not of this version.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// A database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Moves all rows of the database at `from` into the new database at `to`, whose schema it makes.
///
/// The source is read in one snapshot, while nobody else may write to it. The target is filled in one transaction or
/// one new file; before that is made to stay, every table is read back and compared. Jobs and messages that a killed
/// server left in its hands are free to be taken up. Sealed values stay as they are, under the same keyring.
pub async fn transfer(
    from: &DatabaseUrl,
    to: &DatabaseUrl,
    machine: &Arc<dyn MachineClock>,
) -> Result<Vec<Moved>, TransferError> {
    let (source, tables) = Source::open(from, machine).await?;
    let target = Target::open(to, machine, &tables).await?;
    let mut moved = Vec::with_capacity(tables.len());
    // A row is written after those that it refers to.
    for table in &tables {
        let (sender, receiver) = mpsc::channel(UNDER_WAY);
        let (digest, ()) = try_join!(
            stream::read(source.tx(), table, Some(sender)),
            stream::write(target.tx(), table, receiver),
        )?;
        moved.push((table, digest));
    }
    for (table, digest) in &moved {
        if stream::read(target.tx(), table, None).await? != *digest {
            return Err(TransferError::Differs(table.name.clone()));
        }
    }
    jobs::end_leases(target.tx()).await?;
    webhook_messages::end_leases(target.tx()).await?;
    target.keep().await?;
    if let Err(error) = source.release().await {
        // It ends with its connection.
        tracing::debug!(%error, "the source was not released");
    }
    Ok(moved
        .into_iter()
        .map(|(table, digest)| Moved {
            table: table.name.clone(),
            rows: digest.rows(),
            checksum: digest.to_string(),
        })
        .collect())
}
