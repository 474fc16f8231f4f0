//! The bare limit of a whole connection: its rows, inserted by one writer in one durable transaction.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::rows::{Rows, scattered, writer};
use crate::Outcome;
use crate::world::Owner;

/// The accounts and transactions of a connection, as our server wrote them.
pub struct Bulk {
    connection: Connection,
    accounts: Rows,
    transactions: Rows,
    copies: u64,
}

impl Bulk {
    /// Those of a member that the database holds.
    pub fn like(path: &Path, member: &str) -> Outcome<Self> {
        let connection = writer(path)?;
        let rows = |table| Rows::read(&connection, table, &format!("member_guid = '{member}'"));
        let (accounts, transactions) = (rows("accounts")?, rows("transactions")?);
        Ok(Self { accounts, transactions, copies: 0, connection })
    }

    /// How many accounts and transactions that is.
    pub fn size(&self) -> (usize, usize) {
        (self.accounts.values.len(), self.transactions.values.len())
    }

    /// Makes them another connection's of the same member, with ids of their own.
    pub fn renew(&mut self) {
        self.copies += 1;
        let copy = self.copies;
        let id = |prefix: &'static str| {
            move |number: usize| Value::Text(scattered(prefix, copy << 16 | number as u64))
        };
        self.accounts.set("guid", id("ACT"));
        self.accounts.set("feed_id", id("feed"));
        self.transactions.set("guid", id("TRN"));
    }

    /// Makes them another member's, of a user who has none of these ids.
    pub fn give_to(&mut self, owner: &Owner) {
        for rows in [&mut self.accounts, &mut self.transactions] {
            rows.set("user_guid", |_| Value::Text(owner.user.clone()));
            rows.set("member_guid", |_| Value::Text(owner.member.clone()));
        }
    }

    /// Inserts them.
    pub fn insert(&self) -> Outcome {
        self.connection.execute_batch("begin immediate")?;
        self.accounts.write(&self.connection)?;
        self.transactions.write(&self.connection)?;
        Ok(self.connection.execute_batch("commit")?)
    }
}
