//! The rows of whole tables inside a unit of work, a few at a time: what a snapshot is made of and put back from.
//!
//! As in [`transfer`](mod@super::transfer), nothing here knows a table.

use std::pin::pin;

use bytes::Bytes;
use rusqlite::params_from_iter;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

use super::error::StoreError;
use super::transfer::stream::{nul, owned, ty};
use super::transfer::table::{Column, Table};
use super::tx::{Session, Tx};
use super::value::{Unreadable, Value};

/// A row of whatever table.
pub(crate) type AnyRow = Vec<Value<'static>>;

/// Rows that are read at once.
const BATCH: i64 = 200;

/// A table that is being read.
pub(crate) struct Reading<'t> {
    table: &'t Table,
    /// SQLite: the number of the row that was read last. PostgreSQL has a cursor.
    after: Option<i64>,
}

impl<'t> Reading<'t> {
    pub(crate) fn of(table: &'t Table) -> Self {
        Self { table, after: None }
    }

    /// The next rows; none are left when there is none.
    pub(crate) async fn next(&mut self, tx: &Tx) -> Result<Vec<AnyRow>, StoreError> {
        match &tx.session {
            Session::Sqlite(session) => {
                let connection = session.connection();
                let mut statement = connection.prepare_cached(&self.table.select_after())?;
                let mut rows = statement.query((self.after.unwrap_or(i64::MIN), BATCH))?;
                let mut batch = Vec::new();
                while let Some(row) = rows.next()? {
                    self.after = Some(row.get(0)?);
                    batch.push(self.row(|index| Ok(Value::from_sqlite(row.get_ref(index + 1)?)))?);
                }
                Ok(batch)
            }
            Session::Postgres(session) => {
                if self.after.is_none() {
                    session
                        .batch(&format!("declare content no scroll cursor for {}", self.table.select()))
                        .await?;
                    self.after = Some(0);
                }
                let rows = session.client()?.query(&format!("fetch {BATCH} from content"), &[]).await?;
                if rows.is_empty() {
                    session.batch("close content").await?;
                }
                rows.iter().map(|row| self.row(|index| Ok(Ok(row.try_get(index)?)))).collect()
            }
        }
    }

    fn row<'v>(
        &self,
        mut cell: impl FnMut(usize) -> Result<Result<Value<'v>, Unreadable>, StoreError>,
    ) -> Result<AnyRow, StoreError> {
        let cells = self.table.columns.iter().enumerate();
        let row = cells.map(|(index, column)| {
            let value = cell(index)?.and_then(|value| owned(value, column.kind));
            value.map_err(|Unreadable(reason)| {
                StoreError::Corrupt(format!("column {} of {} is {reason}", column.name, self.table.name))
            })
        });
        row.collect()
    }
}

impl Tx {
    /// All tables but the history of the schema, each after those that its rows refer to.
    pub(crate) async fn tables(&self) -> Result<Vec<Table>, StoreError> {
        Table::all(self).await.map_err(|error| StoreError::Corrupt(error.to_string()))
    }

    /// Has every query of this unit of work see the same, whatever others commit meanwhile. It comes first in its unit,
    /// which may then take as long as its caller lets it.
    pub async fn stand_still(&self) -> Result<(), StoreError> {
        let Session::Postgres(session) = &self.session else {
            // The writer runs one unit at a time.
            return Ok(());
        };
        self.batch("set transaction isolation level repeatable read").await?;
        session.take_time().await
    }

    /// Takes all rows out of a table.
    pub(crate) async fn clear(&self, table: &Table) -> Result<(), StoreError> {
        self.batch(&table.clear()).await
    }

    /// Puts rows into a table.
    pub(crate) async fn put_rows(&self, table: &Table, rows: &[AnyRow]) -> Result<(), StoreError> {
        match &self.session {
            Session::Sqlite(session) => {
                let connection = session.connection();
                let mut insert = connection.prepare_cached(&table.insert())?;
                for row in rows {
                    insert.execute(params_from_iter(row))?;
                }
                Ok(())
            }
            Session::Postgres(session) => {
                if let Some(Column { name, .. }) = rows.iter().find_map(|row| nul(row, &table.columns)) {
                    let told = format!("column {name} of {} holds the character U+0000", table.name);
                    return Err(StoreError::Corrupt(told));
                }
                let types: Vec<Type> = table.columns.iter().map(|column| ty(column.kind)).collect();
                let sink = session.client()?.copy_in::<_, Bytes>(&table.copy()).await?;
                let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
                for row in rows {
                    writer.as_mut().write_raw(row).await?;
                }
                writer.finish().await?;
                Ok(())
            }
        }
    }
}
