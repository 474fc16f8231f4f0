//! Transactions: what happened in accounts.

mod categorize;
mod create;
mod delete;
mod explain;
mod fixed;
pub(crate) mod flags;
pub(crate) mod given;
mod list;
mod lock;
mod read;
mod split;
mod spoken;
mod telling;
mod totals;
mod unsplit;
mod update;
mod view;

pub use categorize::Words;
pub use create::{CreateTransaction, CreateTransactionError};
pub use delete::DeleteTransactionError;
pub use explain::explain;
pub(crate) use flags::from_bits as flags_of;
pub use list::{Category, ListTransactions, ListTransactionsError, Period, TransactionList};
pub use split::{Part, Split, SplitError};
#[cfg(test)]
pub(crate) use spoken::row_saying;
pub(crate) use spoken::spoken;
pub(crate) use totals::Totals;
pub use unsplit::UnsplitError;
pub(crate) use unsplit::gone;
pub use update::{UpdateTransaction, UpdateTransactionError};
pub use view::TransactionView;
