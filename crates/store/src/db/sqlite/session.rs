//! One SQLite connection under a [`Tx`](crate::db::Tx).

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, params_from_iter};

use crate::db::error::StoreError;
use crate::db::outage::Outage;
use crate::db::row::{Cells, FromRow, Row};
use crate::db::value::Value;
use crate::db::wakeups::Wish;

/// A connection, and what the unit of work on it has come to.
///
/// The lock makes it shareable between threads, as a future that borrows it must be; nobody ever waits for it.
pub(in crate::db) struct Session {
    connection: Mutex<Connection>,
    failed: AtomicBool,
    outage: Option<Arc<Outage>>,
    pub(in crate::db) wake: Wish,
}

impl Session {
    pub(in crate::db) fn new(connection: Connection) -> Self {
        Self {
            connection: Mutex::new(connection),
            failed: AtomicBool::new(false),
            outage: None,
            wake: Wish::default(),
        }
    }

    /// With someone to tell of statements that fail because of the file or what holds it.
    pub(super) fn telling(connection: Connection, outage: &Arc<Outage>) -> Self {
        Self { outage: Some(Arc::clone(outage)), ..Self::new(connection) }
    }

    /// The connection, for what is not a query of a unit of work.
    pub(in crate::db) fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Goes on with another connection.
    pub(super) fn replace(&self, connection: Connection) {
        *self.connection() = connection;
    }

    /// Whether a statement failed since the last call.
    pub(super) fn take_failed(&self) -> bool {
        self.failed.swap(false, Ordering::Relaxed)
    }

    pub(in crate::db) fn execute(&self, sql: &str, params: &[Value<'_>]) -> Result<u64, StoreError> {
        self.execute_many(sql, [params])
    }

    pub(in crate::db) fn execute_many<'v>(
        &self,
        sql: &str,
        rows: impl IntoIterator<Item = impl AsRef<[Value<'v>]>>,
    ) -> Result<u64, StoreError> {
        let connection = self.connection();
        let run = || {
            let mut statement = connection.prepare_cached(sql)?;
            rows.into_iter().try_fold(0, |changed, row| {
                Ok(changed + statement.execute(params_from_iter(row.as_ref()))? as u64)
            })
        };
        run().map_err(|error| self.fail(&connection, error))
    }

    pub(in crate::db) fn query<R: FromRow>(
        &self,
        sql: &str,
        params: &[Value<'_>],
    ) -> Result<Vec<R>, StoreError> {
        let connection = self.connection();
        let run = || -> rusqlite::Result<Result<Vec<R>, StoreError>> {
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query(params_from_iter(params))?;
            let mut read = Vec::new();
            while let Some(row) = rows.next()? {
                match R::from_row(&mut Row::new(Cells::Sqlite(row))) {
                    Ok(row) => read.push(row),
                    Err(error) => return Ok(Err(error)),
                }
            }
            Ok(Ok(read))
        };
        let read = run().map_err(|error| self.fail(&connection, error))?;
        if read.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        read
    }

    fn fail(&self, connection: &Connection, error: rusqlite::Error) -> StoreError {
        self.failed.store(true, Ordering::Relaxed);
        let refused_columns = match &error {
            rusqlite::Error::SqliteFailure(_, Some(message)) => {
                message.strip_prefix("UNIQUE constraint failed: ").map(str::to_owned)
            }
            _ => None,
        };
        match (StoreError::from(error), refused_columns) {
            (StoreError::Conflict { .. }, Some(columns)) => {
                StoreError::Conflict { index: index_over(connection, &columns).unwrap_or(columns) }
            }
            (error, _) => {
                if let Some(outage) = &self.outage
                    && matches!(error, StoreError::Unavailable(_) | StoreError::Corrupt(_))
                {
                    outage.failed(&error);
                }
                error
            }
        }
    }
}

/// The name that PostgreSQL would give for the index over `columns`, which SQLite's message lists as `table.column`
/// (an index over expressions it calls by name).
fn index_over(connection: &Connection, columns: &str) -> Option<String> {
    if let Some(name) = columns.strip_prefix("index '") {
        return Some(name.trim_end_matches('\'').to_owned());
    }
    let (table, _) = columns.split_once('.')?;
    let names: Vec<&str> =
        columns.split(", ").filter_map(|column| column.split_once('.')).map(|(_, name)| name).collect();
    let mut indexes = connection
        .prepare(
            "select l.name, l.origin, (select group_concat(name, ',') from \
             (select name from pragma_index_info(l.name) order by seqno)) from pragma_index_list(?1) l where l.\"unique\"",
        )
        .ok()?;
    let found = indexes
        .query_map([table], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })
        .ok()?
        .flatten()
        .find(|(_, _, over)| *over == names.join(","));
    Some(match found {
        Some((name, origin, _)) if origin == "c" => name,
        Some((_, origin, _)) if origin == "u" => format!("{table}_{}_key", names.join("_")),
        // A primary key, of which one over a single integer has no index of its own.
        _ => format!("{table}_pkey"),
    })
}
