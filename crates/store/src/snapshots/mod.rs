//! Snapshots of a sandbox: every row of every table, as it was at a moment, kept in the database itself.
//!
//! What is kept and put back is read from the database's own catalogue, so that the tables of a later migration are in
//! it by themselves; what is left out is named in [`content`].

mod content;
mod make;
mod piece;
mod restore;

use jiff::Timestamp;

pub use make::{Made, MakeError, make};
pub use restore::{RestoreError, Shelves, check, check_schema, restore};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};
use crate::migrations;

row! {
    /// A snapshot as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Snapshot {
        /// Its id.
        pub guid: String,
        /// Its name; none while it is being brought from a file.
        pub name: Option<String>,
        /// The newest step of the schema under which it was made.
        pub schema_step: String,
        /// Which moment of business time it is of.
        pub taken_at: Timestamp,
        /// How the clock ran then, as the engine writes it.
        pub pace: String,
        /// Its keys, sealed.
        pub keys: Vec<u8>,
        /// Pieces that it has, numbered from 1.
        pub piece_count: i64,
        /// Rows in all of them.
        pub row_count: i64,
        /// Bytes of all of them.
        pub size: i64,
    }
}

statements! {
    INSERT for Snapshot = "insert into snapshots ({columns}, made_at) values ({values}, {machine_now})";
    LIST: Snapshot = "select {columns} from snapshots where name is not null order by taken_at, name";
    FIND: Snapshot = "select {columns} from snapshots where name = $1";
    FINISH = "update snapshots set name = $1, piece_count = $2, row_count = $3, size = $4 where guid = $5";
    REMOVE = "delete from snapshots where name = $1";
    ABANDON = "delete from snapshots where guid = $1 and name is null";
    FORGOTTEN = "delete from snapshots where name is null and made_at < {machine_now} - $1";
    PUT_PIECE = "insert into snapshot_pieces (snapshot_guid, number, content) values ($1, $2, $3)";
    PIECE: (Vec<u8>,) = "select content from snapshot_pieces where snapshot_guid = $1 and number = $2";
}

/// The index that refuses a second snapshot of a name.
pub const BY_NAME: &str = "snapshots_name_key";

/// A file that is not brought to its end within this, in microseconds of machine time, is forgotten.
const LOADING_LIMIT: i64 = 3_600_000_000;

/// Every snapshot, by the moment that it is of.
pub async fn list(tx: &Tx) -> Result<Vec<Snapshot>, StoreError> {
    tx.query(&LIST, params![]).await
}

/// The snapshot of this name.
pub async fn find(tx: &Tx, name: &str) -> Result<Option<Snapshot>, StoreError> {
    tx.query_opt(&FIND, params![name]).await
}

/// Removes a snapshot; false when there is none of this name.
pub async fn remove(tx: &Tx, name: &str) -> Result<bool, StoreError> {
    tx.execute(&REMOVE, params![name]).await.map(|removed| removed > 0)
}

/// A piece of a snapshot, from 1; none when there is no such piece (any more).
pub async fn piece(tx: &Tx, guid: &str, number: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let piece = tx.query_opt(&PIECE, params![guid, number]).await?;
    Ok(piece.map(|(content,)| content))
}

/// Begins a snapshot that is brought from a file, piece by piece. What others began and left is removed.
pub async fn begin(tx: &Tx, snapshot: &Snapshot) -> Result<(), StoreError> {
    tx.execute(&FORGOTTEN, params![LOADING_LIMIT]).await?;
    tx.execute(&INSERT, &snapshot.values()).await.map(drop)
}

/// Writes a piece.
pub async fn put_piece(tx: &Tx, guid: &str, number: i64, content: &[u8]) -> Result<(), StoreError> {
    tx.execute(&PUT_PIECE, params![guid, number, content]).await.map(drop)
}

/// Gives a snapshot that is whole its name; [`BY_NAME`] refuses a second one. False when it is not there any more.
pub async fn finish(tx: &Tx, snapshot: &Snapshot) -> Result<bool, StoreError> {
    let Snapshot { guid, name, piece_count, row_count, size, .. } = snapshot;
    let finished = tx.execute(&FINISH, params![name, piece_count, row_count, size, guid]).await?;
    Ok(finished > 0)
}

/// Removes a snapshot that was begun and is not brought to its end.
pub async fn abandon(tx: &Tx, guid: &str) -> Result<(), StoreError> {
    tx.execute(&ABANDON, params![guid]).await.map(drop)
}

/// The newest step of the schema of this version, as a snapshot names it.
pub fn schema_step() -> String {
    migrations::newest()
}
