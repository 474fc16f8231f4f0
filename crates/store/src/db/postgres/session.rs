//! One PostgreSQL connection under a [`Tx`](crate::db::Tx).

use std::sync::atomic::{AtomicBool, Ordering};

use deadpool_postgres::Object;
use futures_util::future::try_join_all;
use tokio_postgres::types::ToSql;

use crate::db::UNHEEDED;
use crate::db::error::StoreError;
use crate::db::row::{Cells, FromRow, Row};
use crate::db::value::Value;
use crate::db::wakeups::Wish;

/// Prepared statements kept for each connection. The crate has fewer, unless many combinations of filters are used.
const STATEMENTS: usize = 512;

/// A pooled connection, and what the unit of work on it has come to.
pub(in crate::db) struct Session {
    /// Taken only when the session is dropped.
    client: Option<Object>,
    /// Whether a transaction has begun and not ended.
    open: AtomicBool,
    failed: AtomicBool,
    pub(in crate::db) wake: Wish,
}

impl Session {
    pub(super) fn new(client: Object) -> Self {
        Self {
            client: Some(client),
            open: AtomicBool::new(false),
            failed: AtomicBool::new(false),
            wake: Wish::default(),
        }
    }

    /// Begins a transaction.
    pub(in crate::db) async fn begin(&self) -> Result<(), StoreError> {
        self.open.store(true, Ordering::Relaxed);
        self.batch("begin").await
    }

    /// Commits, unless a statement failed: the server would then roll back and say nothing.
    pub(in crate::db) async fn commit(&self) -> Result<(), StoreError> {
        if self.failed.load(Ordering::Relaxed) {
            self.rollback().await?;
            return Err(StoreError::internal(UNHEEDED));
        }
        self.batch("commit").await?;
        self.open.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// Rolls back.
    pub(in crate::db) async fn rollback(&self) -> Result<(), StoreError> {
        self.batch("rollback").await?;
        self.open.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// Runs statements without parameters and without answers.
    pub(in crate::db) async fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.client()?.batch_execute(sql).await.map_err(|error| self.fail(error))
    }

    pub(in crate::db) async fn execute<P: ToSql>(&self, sql: &str, params: &[P]) -> Result<u64, StoreError> {
        let client = self.client()?;
        let statement = self.prepare(sql).await?;
        client.execute_raw(&statement, params).await.map_err(|error| self.fail(error))
    }

    pub(in crate::db) async fn execute_many(
        &self,
        sql: &str,
        rows: Vec<Vec<Value<'_>>>,
    ) -> Result<u64, StoreError> {
        let client = self.client()?;
        let statement = self.prepare(sql).await?;
        let sent = rows.iter().map(|row| client.execute_raw(&statement, row));
        let changed = try_join_all(sent).await.map_err(|error| self.fail(error))?;
        Ok(changed.into_iter().sum())
    }

    pub(in crate::db) async fn query<R: FromRow>(
        &self,
        sql: &str,
        params: &[Value<'_>],
    ) -> Result<Vec<R>, StoreError> {
        let client = self.client()?;
        let statement = self.prepare(sql).await?;
        let params: Vec<&(dyn ToSql + Sync)> =
            params.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        let rows = client.query(&statement, &params).await.map_err(|error| self.fail(error))?;
        let read: Result<Vec<R>, StoreError> =
            rows.iter().map(|row| R::from_row(&mut Row::new(Cells::Postgres(row)))).collect();
        if read.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        read
    }

    pub(in crate::db) async fn prepare(&self, sql: &str) -> Result<tokio_postgres::Statement, StoreError> {
        let client = self.client()?;
        if client.statement_cache.size() >= STATEMENTS {
            client.statement_cache.clear();
        }
        client.prepare_cached(sql).await.map_err(|error| self.fail(error))
    }

    /// The connection, for what is not a query of a unit of work.
    pub(in crate::db) fn client(&self) -> Result<&Object, StoreError> {
        self.client.as_ref().ok_or_else(|| StoreError::internal("the connection is closed"))
    }

    fn fail(&self, error: tokio_postgres::Error) -> StoreError {
        self.failed.store(true, Ordering::Relaxed);
        error.into()
    }
}

impl Drop for Session {
    /// A unit of work that is dropped before its end, such as that of a request whose caller hung up, takes its
    /// connection with it, and so its transaction.
    fn drop(&mut self) {
        if self.open.load(Ordering::Relaxed)
            && let Some(client) = self.client.take()
        {
            drop(Object::take(client));
        }
    }
}
