//! Accounts: what members brought in.

mod fixed;
mod list;
mod origins;
mod read;
mod view;

pub use list::{AccountList, ListAccounts};
pub use view::AccountView;

pub(crate) use fixed::CHECKING;
pub(crate) use origins::Origins;
pub(crate) use view::read_facts;
