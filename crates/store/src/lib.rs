//! The one place with SQL: the database layer, the schema, the queries, and the vault for secrets.
//!
//! A query module holds the statements of one table and the functions that run them; it takes a [`db::Tx`] and knows
//! no rule of the domain.

pub mod db;
mod migrations;

pub use db::{DatabaseUrl, OpenOptions, Reader, Store, StoreError, Tx};

/// The statements of every module: what a test prepares on both engines. A module that is not listed here has an
/// unused constant.
pub(crate) static CATALOGUE: &[&[&db::StatementText]] = &[db::STATEMENTS];
