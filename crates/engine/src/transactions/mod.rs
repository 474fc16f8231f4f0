//! Transactions: what happened in accounts.

pub(crate) mod flags;
mod list;
mod read;
mod view;

pub use list::{Category, ListTransactions, ListTransactionsError, Period, TransactionList};
pub use view::TransactionView;
