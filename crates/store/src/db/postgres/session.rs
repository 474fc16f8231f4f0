//! One PostgreSQL connection under a [`Tx`](crate::db::Tx).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use deadpool_postgres::Object;
use futures_util::future::try_join_all;
use tokio_postgres::types::ToSql;

use crate::db::UNHEEDED;
use crate::db::error::{StoreError, ends_connection};
use crate::db::row::{Cells, FromRow, Row};
use crate::db::value::Value;
use crate::db::wakeups::Wish;

use super::link::Link;

/// Prepared statements kept for each connection. The crate has fewer, unless many combinations of filters are used.
const STATEMENTS: usize = 512;
/// Rows of a statement that are sent before the first is answered.
const PORTION: usize = 256;
/// How long the server may be silent: longer than [`STATEMENT_LIMIT`](crate::db::url::STATEMENT_LIMIT), after which it
/// ends a statement itself.
const SILENCE: Duration = Duration::from_secs(12);

/// A pooled connection, and what the unit of work on it has come to.
pub(in crate::db) struct Session {
    /// Taken only when the session is dropped.
    client: Option<Object>,
    link: Arc<Link>,
    /// Whether a transaction has begun and not ended.
    open: AtomicBool,
    /// Whether the connection is of no more use.
    lost: AtomicBool,
    failed: AtomicBool,
    /// Whether answers are waited for without a limit.
    patient: AtomicBool,
    pub(in crate::db) wake: Wish,
}

impl Session {
    pub(super) fn new(client: Object, link: Arc<Link>) -> Self {
        Self {
            client: Some(client),
            link,
            open: AtomicBool::new(false),
            lost: AtomicBool::new(false),
            failed: AtomicBool::new(false),
            patient: AtomicBool::new(false),
            wake: Wish::default(),
        }
    }

    /// Lifts the limits of this connection, for work that takes long and that nobody waits for.
    pub(in crate::db) async fn lift_limits(&self) -> Result<(), StoreError> {
        self.patient.store(true, Ordering::Relaxed);
        self.control("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0").await
    }

    /// Lifts the limits for the transaction at hand, whose caller sets one of its own.
    pub(in crate::db) async fn take_time(&self) -> Result<(), StoreError> {
        self.patient.store(true, Ordering::Relaxed);
        self.control("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0")
            .await
    }

    /// Begins a transaction.
    pub(in crate::db) async fn begin(&self) -> Result<(), StoreError> {
        self.open.store(true, Ordering::Relaxed);
        self.control("begin").await
    }

    /// Commits, unless a statement failed: the server would then roll back and say nothing.
    pub(in crate::db) async fn commit(&self) -> Result<(), StoreError> {
        if self.failed.load(Ordering::Relaxed) {
            self.rollback().await?;
            return Err(StoreError::internal(UNHEEDED));
        }
        self.control("commit").await?;
        self.open.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// Rolls back.
    pub(in crate::db) async fn rollback(&self) -> Result<(), StoreError> {
        self.control("rollback").await?;
        self.open.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// Runs statements without parameters and without answers, for as long as they take.
    pub(in crate::db) async fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.client()?.batch_execute(sql).await.map_err(|error| self.fail(error))
    }

    async fn control(&self, sql: &str) -> Result<(), StoreError> {
        self.answered(self.client()?.batch_execute(sql)).await
    }

    pub(in crate::db) async fn execute<P: ToSql>(&self, sql: &str, params: &[P]) -> Result<u64, StoreError> {
        let client = self.client()?;
        let statement = self.prepare(sql).await?;
        self.answered(client.execute_raw(&statement, params)).await
    }

    pub(in crate::db) async fn execute_many(
        &self,
        sql: &str,
        rows: Vec<Vec<Value<'_>>>,
    ) -> Result<u64, StoreError> {
        let client = self.client()?;
        let statement = self.prepare(sql).await?;
        let mut changed = 0;
        for portion in rows.chunks(PORTION) {
            let sent = portion.iter().map(|row| client.execute_raw(&statement, row));
            changed += self.answered(try_join_all(sent)).await?.into_iter().sum::<u64>();
        }
        Ok(changed)
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
        let rows = self.answered(client.query(&statement, &params)).await?;
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
        self.answered(client.prepare_cached(sql)).await
    }

    /// The connection, for what is not a query of a unit of work; unless it is known to be of no use.
    pub(in crate::db) fn client(&self) -> Result<&Object, StoreError> {
        if self.is_lost() {
            return Err(StoreError::unavailable("the connection was lost"));
        }
        self.client.as_ref().ok_or_else(|| StoreError::internal("the connection is closed"))
    }

    /// Whether the connection is of no more use, so that nothing needs to be undone on it.
    pub(in crate::db) fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    /// Waits for an answer of the server; unless the limits are lifted, not for ever.
    async fn answered<T>(
        &self,
        answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, StoreError> {
        let answered = if self.patient.load(Ordering::Relaxed) {
            Ok(answer.await)
        } else {
            tokio::time::timeout(SILENCE, answer).await
        };
        match answered {
            Ok(Ok(answer)) => {
                self.link.outage.passed();
                Ok(answer)
            }
            Ok(Err(error)) => Err(self.fail(error)),
            Err(_) => {
                Err(self.lose(StoreError::unavailable(format!("PostgreSQL was silent for {SILENCE:?}"))))
            }
        }
    }

    fn fail(&self, error: tokio_postgres::Error) -> StoreError {
        self.failed.store(true, Ordering::Relaxed);
        if ends_connection(&error) { self.lose(error.into()) } else { error.into() }
    }

    fn lose(&self, error: StoreError) -> StoreError {
        self.failed.store(true, Ordering::Relaxed);
        self.lost.store(true, Ordering::Relaxed);
        self.link.broke(&error);
        error
    }
}

impl Drop for Session {
    /// A unit of work that is dropped before its end, such as that of a request whose caller hung up, takes its
    /// connection with it, and so its transaction. So does one whose connection is lost.
    fn drop(&mut self) {
        if (self.open.load(Ordering::Relaxed) || self.is_lost())
            && let Some(client) = self.client.take()
        {
            drop(Object::take(client));
        }
    }
}
