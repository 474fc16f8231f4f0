//! The two databases of a move: one that is held still and read, one that is filled and then kept.

use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use riverbank_model::MachineClock;

use super::TransferError;
use super::table::{Table, difference, names};
use crate::db::error::StoreError;
use crate::db::migrate;
use crate::db::postgres::{Postgres, Role, presence};
use crate::db::sqlite::{self, Staged};
use crate::db::statement::Engine;
use crate::db::store::OpenError;
use crate::db::tx::{Session, Tx};
use crate::db::url::{DatabaseUrl, Place, Server};
use crate::migrations::MIGRATIONS;

/// How often a PostgreSQL server is asked whether the riverbank servers have gone: one that was just stopped may
/// still be seen for a moment.
const LOOKS: u32 = 20;
const LOOK: Duration = Duration::from_millis(100);
/// How SQLite fills a file that is thrown away if it is not filled to the end. The cache is in KiB.
const FILLING: &str = "pragma journal_mode = off; pragma synchronous = off; pragma foreign_keys = off; \
                       pragma cache_size = -262144";

/// The database that is moved: one snapshot, to which nobody else writes.
pub(super) struct Source {
    tx: Arc<Tx>,
    _lock: Option<File>,
}

impl Source {
    pub(super) async fn open(
        url: &DatabaseUrl,
        machine: &Arc<dyn MachineClock>,
    ) -> Result<(Self, Vec<Table>), TransferError> {
        let (tx, lock) = match &url.0 {
            Place::Sqlite(path) => {
                if !path.exists() {
                    return Err(TransferError::NoSource(url.clone()));
                }
                let lock = sqlite::lock(path).map_err(|error| match error {
                    OpenError::AlreadyServed { .. } => TransferError::Served(url.clone()),
                    error => error.into(),
                })?;
                (sqlite_tx(path, machine)?, Some(lock))
            }
            Place::Postgres(server) => {
                let tx = postgres_tx(server, machine).await?;
                if !is_alone(&tx).await? {
                    return Err(TransferError::Served(url.clone()));
                }
                (tx, None)
            }
        };
        let tables = Table::all(&tx).await?;
        if tables.is_empty() {
            return Err(TransferError::NoSource(url.clone()));
        }
        let missing = migrate::missing(&tx, MIGRATIONS).await?.len();
        if missing > 0 {
            return Err(TransferError::Outdated { url: url.clone(), missing });
        }
        hold_still(&tx, &tables).await?;
        Ok((Self { tx: Arc::new(tx), _lock: lock }, tables))
    }

    pub(super) fn tx(&self) -> &Arc<Tx> {
        &self.tx
    }

    /// Lets others write and serve again, now and not when the connection is seen to have gone.
    pub(super) async fn release(self) -> Result<(), StoreError> {
        if let Session::Postgres(session) = &self.tx.session {
            session.rollback().await?;
            presence::readmit(session.client()?).await?;
        }
        Ok(())
    }
}

/// The new database. Unless it is kept, nothing of it remains.
pub(super) struct Target {
    tx: Arc<Tx>,
    staged: Option<Staged>,
}

impl Target {
    /// Makes the schema, and sees that it has those tables.
    pub(super) async fn open(
        url: &DatabaseUrl,
        machine: &Arc<dyn MachineClock>,
        tables: &[Table],
    ) -> Result<Self, TransferError> {
        let (tx, staged) = match &url.0 {
            Place::Sqlite(path) => {
                let staged = Staged::new(path)?;
                let tx = sqlite_tx(staged.part(), machine)?;
                tx.batch(FILLING).await?;
                (tx, Some(staged))
            }
            Place::Postgres(server) => (postgres_tx(server, machine).await?, None),
        };
        begin(&tx).await?;
        migrate::take_turn(&tx).await?;
        if !Table::all(&tx).await?.is_empty() {
            return Err(TransferError::Occupied(url.clone()));
        }
        migrate::run(&tx, MIGRATIONS).await?;
        let there = Table::all(&tx).await?;
        if let Some(table) = difference(tables, &there).or_else(|| difference(&there, tables)) {
            let told = format!("table {table} of the source is not as this version makes it");
            return Err(TransferError::Foreign(told));
        }
        for table in tables.iter().rev() {
            tx.batch(&table.clear()).await?;
        }
        Ok(Self { tx: Arc::new(tx), staged })
    }

    pub(super) fn tx(&self) -> &Arc<Tx> {
        &self.tx
    }

    /// Makes what was written stay.
    pub(super) async fn keep(self) -> Result<(), TransferError> {
        match &self.tx.session {
            Session::Postgres(session) => session.commit().await?,
            Session::Sqlite(_) => {
                let strays =
                    self.tx.rows::<(i64,)>("select count(*) from pragma_foreign_key_check", &[]).await?;
                if strays != [(0,)] {
                    return Err(StoreError::MissingReference.into());
                }
                self.tx.batch("commit").await?;
            }
        }
        drop(self.tx);
        self.staged.map_or(Ok(()), Staged::publish)?;
        Ok(())
    }
}

fn sqlite_tx(path: &std::path::Path, machine: &Arc<dyn MachineClock>) -> Result<Tx, TransferError> {
    let connection = sqlite::connect(path, machine)?;
    Ok(Tx { session: Session::Sqlite(sqlite::Session::new(connection)) })
}

async fn postgres_tx(server: &Server, machine: &Arc<dyn MachineClock>) -> Result<Tx, TransferError> {
    let tx = Postgres::open(server, 1, machine, Role::Command).await?.reading().await?;
    if let Session::Postgres(session) = &tx.session {
        // One side waits while the other is read or filled.
        session.lift_limits().await?;
    }
    Ok(tx)
}

/// Whether no server uses the database; none can start as long as this connection lives.
async fn is_alone(tx: &Tx) -> Result<bool, TransferError> {
    let Session::Postgres(session) = &tx.session else {
        return Ok(true);
    };
    for _ in 0..LOOKS {
        if presence::exclude(session.client()?).await? {
            return Ok(true);
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(false)
}

/// Begins what is read from: commands that would write wait, or give up.
async fn hold_still(tx: &Tx, tables: &[Table]) -> Result<(), StoreError> {
    begin(tx).await?;
    if tx.engine() == Engine::Postgres {
        // The snapshot is taken by the first query after the lock.
        let lock = format!(
            "set transaction isolation level repeatable read, read only; set local lock_timeout = '10s'; \
             lock table {} in share mode",
            names(tables)
        );
        tx.batch(&lock).await?;
    }
    Ok(())
}

async fn begin(tx: &Tx) -> Result<(), StoreError> {
    match &tx.session {
        Session::Sqlite(_) => tx.batch("begin immediate").await,
        Session::Postgres(session) => session.begin().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::conformance::{Bench, options, rules};
    use crate::db::{OpenOptions, Store};

    rules! {
        async fn a_source_is_served_by_nobody_until_it_is_released(bench: Bench) {
            let serve = || Store::open(&bench.url, OpenOptions { exclusive: true, ..options() });
            let (source, _) = Source::open(&bench.url, &options().machine).await.unwrap();
            let refused = serve().await.err().unwrap();
            assert!(matches!(refused, OpenError::BeingMoved | OpenError::AlreadyServed { .. }), "{refused}");
            source.release().await.unwrap();
            let server = serve().await.unwrap();
            let refused = Source::open(&bench.url, &options().machine).await.err().unwrap();
            assert!(matches!(refused, TransferError::Served(_)), "{refused}");
            drop(server);
            Source::open(&bench.url, &options().machine).await.unwrap();
        }
    }
}
