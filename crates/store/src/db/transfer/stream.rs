//! Rows on their way: read from one database in batches, written to the other as they come.

use std::borrow::Cow;
use std::pin::pin;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::TryStreamExt;
use rusqlite::params_from_iter;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

use super::TransferError;
use super::digest::Digest;
use super::table::{Column, Table};
use crate::db::error::StoreError;
use crate::db::tx::{Session, Tx};
use crate::db::value::{FromValue, Kind, Unreadable, Value};
use crate::db::{postgres, sqlite};

/// Rows of a table, a few at a time.
pub(super) type Batch = Vec<Vec<Value<'static>>>;

/// A batch ends when it has so many rows, or so many bytes of texts and the like.
const BATCH_ROWS: usize = 1_000;
const BATCH_BYTES: usize = 1024 * 1024;

/// Reads all rows of a table; hands them on if somebody takes them.
pub(super) async fn read(
    tx: &Arc<Tx>,
    table: &Table,
    into: Option<mpsc::Sender<Batch>>,
) -> Result<Digest, TransferError> {
    let reading = Reading::of(table, into);
    match &tx.session {
        Session::Sqlite(_) => {
            let (tx, sql) = (Arc::clone(tx), table.select());
            blocking(move || read_sqlite(sqlite_session(&tx)?, &sql, reading)).await
        }
        Session::Postgres(session) => read_postgres(session, &table.select(), reading).await,
    }
}

/// Writes rows to a table as they come.
pub(super) async fn write(
    tx: &Arc<Tx>,
    table: &Table,
    mut from: mpsc::Receiver<Batch>,
) -> Result<(), TransferError> {
    match &tx.session {
        Session::Sqlite(_) => {
            let (tx, sql) = (Arc::clone(tx), table.insert());
            blocking(move || {
                let session = sqlite_session(&tx)?;
                let connection = session.connection();
                let mut insert = connection.prepare(&sql).map_err(StoreError::from)?;
                while let Some(batch) = from.blocking_recv() {
                    for row in &batch {
                        insert.execute(params_from_iter(row)).map_err(StoreError::from)?;
                    }
                }
                Ok(())
            })
            .await
        }
        Session::Postgres(session) => write_postgres(session, table, from).await,
    }
}

/// What has been read of a table.
struct Reading {
    table: String,
    columns: Vec<Column>,
    into: Option<mpsc::Sender<Batch>>,
    digest: Digest,
    batch: Batch,
    bytes: usize,
}

impl Reading {
    fn of(table: &Table, into: Option<mpsc::Sender<Batch>>) -> Self {
        let (table, columns) = (table.name.clone(), table.columns.clone());
        Self { table, columns, into, digest: Digest::default(), batch: Vec::new(), bytes: 0 }
    }

    /// Takes one row, given column by column.
    fn take<'v>(
        &mut self,
        mut cell: impl FnMut(usize) -> Result<Result<Value<'v>, Unreadable>, StoreError>,
    ) -> Result<(), StoreError> {
        let mut row = Vec::with_capacity(self.columns.len());
        for (index, column) in self.columns.iter().enumerate() {
            let value = cell(index)?.and_then(|value| owned(value, column.kind));
            let value = value.map_err(|Unreadable(reason)| {
                StoreError::Corrupt(format!("column {} of {} is {reason}", column.name, self.table))
            })?;
            self.bytes += match &value {
                Value::Text(text) => text.len(),
                Value::Bytes(bytes) => bytes.len(),
                _ => 0,
            };
            row.push(value);
        }
        self.digest.add(&row);
        if self.into.is_some() {
            self.batch.push(row);
        }
        Ok(())
    }

    /// The rows that are to be handed on now.
    fn full(&mut self) -> Option<(Batch, &mpsc::Sender<Batch>)> {
        if self.batch.len() < BATCH_ROWS && self.bytes < BATCH_BYTES {
            return None;
        }
        self.rest()
    }

    fn rest(&mut self) -> Option<(Batch, &mpsc::Sender<Batch>)> {
        self.bytes = 0;
        Some((std::mem::take(&mut self.batch), self.into.as_ref()?))
    }
}

fn read_sqlite(session: &sqlite::Session, sql: &str, mut reading: Reading) -> Result<Digest, TransferError> {
    let connection = session.connection();
    let mut statement = connection.prepare(sql).map_err(StoreError::from)?;
    let mut rows = statement.query([]).map_err(StoreError::from)?;
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        reading.take(|index| Ok(Value::from_sqlite(row.get_ref(index)?)))?;
        // One that takes no more has failed, and says why.
        if let Some((batch, into)) = reading.full()
            && into.blocking_send(batch).is_err()
        {
            return Ok(reading.digest);
        }
    }
    if let Some((batch, into)) = reading.rest() {
        let _ = into.blocking_send(batch);
    }
    Ok(reading.digest)
}

async fn read_postgres(
    session: &postgres::Session,
    sql: &str,
    mut reading: Reading,
) -> Result<Digest, TransferError> {
    let rows = session.client()?.query_raw(sql, Vec::<Value<'_>>::new()).await.map_err(StoreError::from)?;
    let mut rows = pin!(rows);
    while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
        reading.take(|index| Ok(Ok(row.try_get(index)?)))?;
        // One that takes no more has failed, and says why.
        if let Some((batch, into)) = reading.full()
            && into.send(batch).await.is_err()
        {
            return Ok(reading.digest);
        }
    }
    if let Some((batch, into)) = reading.rest() {
        let _ = into.send(batch).await;
    }
    Ok(reading.digest)
}

async fn write_postgres(
    session: &postgres::Session,
    table: &Table,
    mut from: mpsc::Receiver<Batch>,
) -> Result<(), TransferError> {
    let types: Vec<Type> = table.columns.iter().map(|column| ty(column.kind)).collect();
    let sink = session.client()?.copy_in::<_, Bytes>(&table.copy()).await.map_err(StoreError::from)?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
    while let Some(batch) = from.recv().await {
        for row in &batch {
            if let Some(column) = nul(row, &table.columns) {
                return Err(TransferError::NulCharacter {
                    table: table.name.clone(),
                    column: column.name.clone(),
                });
            }
            writer.as_mut().write_raw(row).await.map_err(StoreError::from)?;
        }
    }
    writer.finish().await.map_err(StoreError::from)?;
    Ok(())
}

pub(in crate::db) fn nul<'c>(row: &[Value<'_>], columns: &'c [Column]) -> Option<&'c Column> {
    let mut cells = row.iter().zip(columns);
    cells
        .find(|(value, _)| matches!(value, Value::Text(text) if text.contains('\0')))
        .map(|(_, column)| column)
}

/// The value as its column's kind, which SQLite does not keep apart.
pub(in crate::db) fn owned(value: Value<'_>, kind: Kind) -> Result<Value<'static>, Unreadable> {
    Ok(match (kind, value) {
        (_, Value::Null) => Value::Null,
        (Kind::I64, Value::I64(number)) => Value::I64(number),
        (Kind::Bool, value) => Value::Bool(bool::from_value(value)?),
        (Kind::Text, Value::Text(text)) => Value::Text(Cow::Owned(text.into_owned())),
        (Kind::Bytes, Value::Bytes(bytes)) => Value::Bytes(Cow::Owned(bytes.into_owned())),
        _ => return Err(Unreadable("not of its column's type")),
    })
}

pub(in crate::db) fn ty(kind: Kind) -> Type {
    match kind {
        Kind::I64 => Type::INT8,
        Kind::Bool => Type::BOOL,
        Kind::Text => Type::TEXT,
        Kind::Bytes => Type::BYTEA,
    }
}

fn sqlite_session(tx: &Tx) -> Result<&sqlite::Session, StoreError> {
    match &tx.session {
        Session::Sqlite(session) => Ok(session),
        Session::Postgres(_) => Err(StoreError::internal("not a SQLite session")),
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, TransferError> + Send + 'static,
) -> Result<T, TransferError> {
    spawn_blocking(work).await.unwrap_or_else(|error| Err(StoreError::internal(error.to_string()).into()))
}
