//! Accounts: what members brought in.

mod block;
mod create;
mod delete;
mod fixed;
mod list;
mod merge;
mod monthly;
mod origins;
mod read;
mod update;
mod view;

pub use block::BlockAccountError;
pub use create::{CreateAccount, CreateAccountError};
pub use delete::DeleteAccountError;
pub use list::{AccountList, ListAccounts};
pub use merge::MergeAccountsError;
pub use monthly::MonthlyBalance;
pub use update::{AccountChanges, InvalidCurrency, UpdateAccount, UpdateAccountError};
pub use view::AccountView;

pub(crate) use fixed::{CHECKING, FEED_IDS};
pub(crate) use origins::Origins;
pub(crate) use update::{check_currency, lock_account};
pub(crate) use view::{NOTHING_GIVEN, in_force, read_facts, read_given};
