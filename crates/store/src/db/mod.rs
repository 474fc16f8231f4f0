//! A thin layer over two drivers, so that a query is written once, as SQL, and runs on SQLite and on PostgreSQL.
//!
//! - [`Store`] is the database: [`Store::write`] runs a unit of work, [`Store::read`] gives a connection to read from.
//! - [`Tx`] is what a query function takes, in both.
//! - The macro `statements!` declares the statements of a module, `row!` the structs that they read and write.
//!
//! No query is built at run time, apart from the declared filters of a list, and from those that move whole tables
//! ([`transfer()`]).

mod alone;
mod catalogue;
#[cfg(test)]
pub(crate) mod conformance;
mod content;
#[cfg(test)]
mod depth;
mod error;
mod list;
mod migrate;
mod outage;
#[cfg(test)]
mod plans;
mod postgres;
mod row;
mod sqlite;
mod statement;
mod store;
mod transfer;
mod tx;
mod unit;
mod url;
mod value;
mod wakeups;

pub use alone::AloneError;
pub use catalogue::Misfit;
pub(crate) use content::{AnyRow, Reading};
pub use error::StoreError;
pub use list::{Filter, List};
pub(crate) use migrate::STATEMENTS as MIGRATE_STATEMENTS;
pub use migrate::{MigrateError, Migration};
pub(crate) use row::row;
pub use row::{Column, FromRow, Row, ToRow};
pub use sqlite::{Backup, BackupError, StagingError, backup};
pub(crate) use statement::statements;
pub use statement::{Engine, Statement, StatementText};
pub use store::{OpenError, OpenOptions, Reader, Store};
pub(crate) use transfer::STATEMENTS as TRANSFER_STATEMENTS;
pub(crate) use transfer::table::{Column as TableColumn, Table};
pub use transfer::{Moved, TransferError, transfer};
pub use tx::Tx;
pub use url::{DatabaseUrl, InvalidUrl};
pub(crate) use value::params;
pub use value::{Each, FromValue, Kind, ToValue, Unreadable, Value};
pub use wakeups::Wakeups;

/// Why a unit of work that ends well is rolled back all the same, on both engines.
const UNHEEDED: &str = "a statement failed, and its unit of work went on";
