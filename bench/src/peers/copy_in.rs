//! The bare limit of a connection on PostgreSQL: its rows by `COPY ... FROM STDIN`, in one durable transaction.

use std::fmt::Write as _;
use std::pin::pin;

use bytes::Bytes;
use futures_util::{SinkExt, TryStreamExt};
use tokio_postgres::Client;

use super::pgbench::{columns, connect};
use crate::Outcome;
use crate::world::Owner;

/// The columns that say whose a row is.
const OWNER: [&str; 2] = ["user_guid", "member_guid"];

/// The accounts and transactions of a connection, as our server wrote them.
pub struct CopyIn {
    client: Client,
    tables: Vec<Table>,
}

/// Rows of one table.
struct Table {
    /// The statement that they follow.
    copy: String,
    /// What follows the columns of [`OWNER`], in the text format of COPY, a row on each line.
    lines: String,
    /// All columns.
    rows: Bytes,
}

impl CopyIn {
    /// Those of a member that the database holds.
    pub async fn like(url: &str, member: &str) -> Outcome<Self> {
        let client = connect(url).await?;
        let mut tables = Vec::new();
        for table in ["accounts", "transactions"] {
            let mut rest = columns(&client, table).await?;
            rest.retain(|column| !OWNER.contains(&column.as_str()));
            let rest = rest.join(", ");
            let select =
                format!("copy (select {rest} from {table} where member_guid = '{member}') to stdout");
            let mut lines = String::new();
            let mut stream = pin!(client.copy_out(&select).await?);
            while let Some(part) = stream.try_next().await? {
                lines += std::str::from_utf8(&part)?;
            }
            let copy = format!("copy {table} ({}, {rest}) from stdin", OWNER.join(", "));
            tables.push(Table { copy, lines, rows: Bytes::new() });
        }
        Ok(Self { client, tables })
    }

    /// Makes them another member's, of a user who has none of these ids.
    pub fn give_to(&mut self, owner: &Owner) -> Outcome {
        for table in &mut self.tables {
            let mut rows = String::new();
            for line in table.lines.lines() {
                writeln!(rows, "{}\t{}\t{line}", owner.user, owner.member)?;
            }
            table.rows = rows.into();
        }
        Ok(())
    }

    /// Inserts them.
    pub async fn insert(&self) -> Outcome {
        self.client.batch_execute("begin").await?;
        for table in &self.tables {
            let mut sink = pin!(self.client.copy_in(&table.copy).await?);
            sink.send(table.rows.clone()).await?;
            sink.finish().await?;
        }
        Ok(self.client.batch_execute("commit").await?)
    }
}
