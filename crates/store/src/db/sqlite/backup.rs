//! A copy of a SQLite database while a server writes to it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use thiserror::Error;

use super::staged::{Staged, StagingError};
use crate::db::error::StoreError;
use crate::vault;

/// What a finished backup is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its size.
    pub bytes: u64,
    /// The versions of the master key under which something in it is sealed.
    pub key_versions: BTreeSet<u32>,
}

/// Why there is no backup.
#[derive(Debug, Error)]
pub enum BackupError {
    /// No such file.
    #[error("there is no database at {0}")]
    NoDatabase(PathBuf),
    /// SQLite takes names in UTF-8 only.
    #[error("the name {0:?} is not UTF-8: give another")]
    NotText(PathBuf),
    /// The copy cannot be put where it should be.
    #[error(transparent)]
    Staging(#[from] StagingError),
    /// The copy does not hold together.
    #[error("the copy is not sound, and was thrown away ({0}): look at the database itself")]
    Unsound(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Copies the database at `source` as it is at this moment into the new file `target`, which appears only when the
/// copy is complete, on the disk and checked. Blocks the thread.
///
/// It reads one snapshot, beside a server's writes; the write-ahead log grows by those until it ends. Pages that hold
/// nothing any more, with what was deleted on them, are left behind.
pub fn backup(source: &Path, target: &Path) -> Result<Backup, BackupError> {
    if !source.exists() {
        return Err(BackupError::NoDatabase(source.to_owned()));
    }
    if target.to_str().is_none() {
        return Err(BackupError::NotText(target.to_owned()));
    }
    let staged = Staged::new(target)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(source, flags)?;
    connection.busy_timeout(Duration::from_millis(super::BUSY_MILLISECONDS.into()))?;
    connection.execute("vacuum into ?1", [staged.part().to_str()])?;
    drop(connection);

    let copy = Connection::open_with_flags(staged.part(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    check(&copy)?;
    let key_versions = key_versions(&copy)?;
    drop(copy);
    let bytes = std::fs::metadata(staged.part())
        .map_err(|error| StagingError::File { path: staged.part().to_owned(), error })?;
    staged.publish()?;
    Ok(Backup { bytes: bytes.len(), key_versions })
}

fn check(copy: &Connection) -> Result<(), BackupError> {
    let verdict: String = copy.query_row("pragma quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(BackupError::Unsound(verdict));
    }
    let mut strays = copy.prepare("pragma foreign_key_check")?;
    match strays.query([])?.next()? {
        None => Ok(()),
        Some(stray) => {
            let (table, parent): (String, String) = (stray.get(0)?, stray.get(2)?);
            Err(BackupError::Unsound(format!(
                "a row of {table} refers to a row of {parent} that is not there"
            )))
        }
    }
}

/// What stands at the head of every sealed value.
fn key_versions(copy: &Connection) -> Result<BTreeSet<u32>, BackupError> {
    let mut versions = BTreeSet::new();
    for (table, column, heads) in vault::heads() {
        // A database of an older schema may lack a column.
        let mut known = copy.prepare("select 1 from pragma_table_info(?1) where name = ?2")?;
        if !known.exists([table, column])? {
            continue;
        }
        let mut heads = copy.prepare(&heads)?;
        for head in heads.query_map([], |row| row.get::<_, Vec<u8>>(0))? {
            versions.extend(vault::version(&head?.into()));
        }
    }
    Ok(versions)
}
