//! What a query runs on: a unit of work that writes, or a connection that reads. Query functions take a `&Tx` and
//! do not see which.

use super::error::StoreError;
use super::list::{Filter, List, assemble, gather};
use super::postgres;
use super::row::{FromRow, ToRow};
use super::sqlite;
use super::statement::{Engine, Statement};
use super::value::Value;

/// A transaction of [`Store::write`](crate::db::Store::write), or a reading connection of
/// [`Store::read`](crate::db::Store::read).
///
/// In a write all statements take effect together or not at all, and a statement that fails dooms the unit: it can
/// no longer be committed, on either engine. While reading, each query sees what was committed before it.
pub struct Tx {
    pub(super) session: Session,
}

pub(super) enum Session {
    Sqlite(sqlite::Session),
    Postgres(postgres::Session),
}

impl Tx {
    /// The engine below, for the few statements that need to know.
    pub fn engine(&self) -> Engine {
        match &self.session {
            Session::Sqlite(_) => Engine::Sqlite,
            Session::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a statement that answers no rows; gives the number of rows that it changed.
    pub async fn execute(&self, statement: &Statement, params: &[Value<'_>]) -> Result<u64, StoreError> {
        let sql = statement.text.sql(self.engine());
        match &self.session {
            Session::Sqlite(session) => session.execute(sql, params),
            Session::Postgres(session) => session.execute(sql, params).await,
        }
    }

    /// Runs a statement once for each row of parameters; gives the number of rows that were changed in all.
    ///
    /// PostgreSQL is sent all of them before the first is answered.
    pub async fn execute_many<'v>(
        &self,
        statement: &Statement,
        rows: impl IntoIterator<Item = Vec<Value<'v>>> + Send,
    ) -> Result<u64, StoreError> {
        let sql = statement.text.sql(self.engine());
        match &self.session {
            Session::Sqlite(session) => session.execute_many(sql, rows),
            Session::Postgres(session) => session.execute_many(sql, rows.into_iter().collect()).await,
        }
    }

    /// Writes rows by a statement with `{rows}`; gives the number of rows that were changed in all.
    ///
    /// PostgreSQL is sent one statement with an array for each column, so no two rows may have the key on which an
    /// upsert decides.
    pub async fn execute_rows<R: ToRow + Sync>(
        &self,
        statement: &Statement,
        rows: &[R],
    ) -> Result<u64, StoreError> {
        let sql = statement.text.sql(self.engine());
        match &self.session {
            Session::Sqlite(session) => session.execute_many(sql, rows.iter().map(ToRow::values)),
            Session::Postgres(_) if rows.is_empty() => Ok(0),
            Session::Postgres(session) => {
                let mut columns: Vec<Vec<Value<'_>>> = vec![Vec::with_capacity(rows.len()); R::COLUMNS.len()];
                for row in rows {
                    for (column, value) in columns.iter_mut().zip(row.values()) {
                        column.push(value);
                    }
                }
                session.execute(sql, &columns).await
            }
        }
    }

    /// All rows.
    pub async fn query<R: FromRow>(
        &self,
        statement: &Statement<R>,
        params: &[Value<'_>],
    ) -> Result<Vec<R>, StoreError> {
        self.rows(statement.text.sql(self.engine()), params).await
    }

    /// The row, if there is one. More than one is an internal error.
    pub async fn query_opt<R: FromRow>(
        &self,
        statement: &Statement<R>,
        params: &[Value<'_>],
    ) -> Result<Option<R>, StoreError> {
        let mut rows = self.query(statement, params).await?;
        let row = rows.pop();
        if rows.is_empty() {
            return Ok(row);
        }
        Err(StoreError::internal(format!("{} answered more than one row", statement.text.name())))
    }

    /// The one row. None or more than one is an internal error.
    pub async fn query_one<R: FromRow>(
        &self,
        statement: &Statement<R>,
        params: &[Value<'_>],
    ) -> Result<R, StoreError> {
        let row = self.query_opt(statement, params).await?;
        row.ok_or_else(|| StoreError::internal(format!("{} answered no row", statement.text.name())))
    }

    /// The rows of a list: `before` and `after` are the parameters before and after its filters.
    pub async fn list<R: FromRow>(
        &self,
        list: &List<R>,
        before: &[Value<'_>],
        filter: &(impl Filter + Sync),
        after: &[Value<'_>],
    ) -> Result<Vec<R>, StoreError> {
        let filters = filter.values();
        let wanted: Vec<bool> = filters.iter().map(Option::is_some).collect();
        let sql = assemble(&list.text, self.engine(), &wanted);
        self.rows(&sql, &gather(&list.text, before, filters, after)).await
    }

    /// Asks for the job workers to be woken, here and on other nodes, once the unit of work is committed.
    pub fn wake_workers(&self) {
        match &self.session {
            Session::Sqlite(session) => session.wake.ask(),
            Session::Postgres(session) => session.wake.ask(),
        }
    }

    pub(super) async fn rows<R: FromRow>(
        &self,
        sql: &str,
        params: &[Value<'_>],
    ) -> Result<Vec<R>, StoreError> {
        match &self.session {
            Session::Sqlite(session) => session.query(sql, params),
            Session::Postgres(session) => session.query(sql, params).await,
        }
    }
}
