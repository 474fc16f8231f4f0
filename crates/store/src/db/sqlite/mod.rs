//! SQLite: one writer thread, a few connections that only read.

mod backup;
mod readers;
mod session;
mod staged;
mod writer;

use std::fs::File;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use riverbank_model::MachineClock;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;

use super::error::StoreError;
use super::store::OpenError;

pub use backup::{Backup, BackupError, backup};
pub(super) use readers::{Readers, ReadingTx};
pub(super) use session::Session;
pub(super) use staged::Staged;
pub use staged::StagingError;
pub(super) use writer::{Unit, Writer};

/// How long a statement waits for another process that writes, in milliseconds. Commands hold the file only for a
/// short transaction.
const BUSY_MILLISECONDS: u32 = 5_000;
/// Prepared statements kept for each connection: more than the crate has.
const STATEMENTS: usize = 512;
/// The write-ahead log is moved into the file when it has this many pages of 4 KiB.
const CHECKPOINT_PAGES: u32 = 4_096;
/// Page cache for each connection, in KiB.
const CACHE_KIB: u32 = 8_192;

/// Read and write for the owner, nothing for others.
const OWNER_ONLY: u32 = 0o600;

/// Opens a connection with the settings that every one has. A file that is not there is made, for its owner only;
/// what SQLite puts beside it gets the same mode.
///
/// The file is not read through a memory map: there, a read that fails would end the process, and not be answered.
pub(super) fn connect(path: &Path, machine: &Arc<dyn MachineClock>) -> Result<Connection, StoreError> {
    match create(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(StoreError::unavailable(format!("{}: {error}", path.display())));
        }
        _ => {}
    }
    let connection = Connection::open(path)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // A plan does not depend on what is bound; else a cached statement is planned anew with every other value.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(&format!(
        "pragma busy_timeout = {BUSY_MILLISECONDS}; pragma journal_mode = wal; pragma synchronous = full; \
         pragma foreign_keys = on; pragma wal_autocheckpoint = {CHECKPOINT_PAGES}; \
         pragma cache_size = -{CACHE_KIB}; pragma temp_store = memory;"
    ))?;
    let machine = Arc::clone(machine);
    connection.create_scalar_function("machine_now", 0, FunctionFlags::SQLITE_UTF8, move |_| {
        Ok(machine.wall().as_microsecond())
    })?;
    Ok(connection)
}

/// Makes a file that was not there. One that was is not opened: closing it would drop SQLite's own locks.
fn create(path: &Path) -> io::Result<File> {
    File::options().write(true).create_new(true).mode(OWNER_ONLY).open(path)
}

/// Takes the server's lock on the database at `path`: held until the file is dropped, or the process ends.
///
/// It lies on a file of its own, since closing any other handle of a database file would drop SQLite's own locks.
pub(super) fn lock(path: &Path) -> Result<File, OpenError> {
    let mut name = path.as_os_str().to_owned();
    name.push("-lock");
    let lock = PathBuf::from(name);
    let refused = |error| OpenError::Lock { path: lock.clone(), error };
    let file = File::options().create(true).truncate(false).write(true).mode(OWNER_ONLY).open(&lock);
    let file = file.map_err(refused)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(OpenError::AlreadyServed { path: path.to_owned() }),
        Err(std::fs::TryLockError::Error(error)) => Err(refused(error)),
    }
}
