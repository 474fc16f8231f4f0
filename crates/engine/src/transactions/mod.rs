//! Transactions: what happened in accounts.

mod fixed;
pub(crate) mod flags;
mod list;
mod read;
mod telling;
mod totals;
mod view;

pub use list::{Category, ListTransactions, ListTransactionsError, Period, TransactionList};
pub(crate) use totals::Totals;
pub use view::TransactionView;
