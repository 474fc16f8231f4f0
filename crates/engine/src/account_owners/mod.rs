//! The owners of accounts, as the last identification of their member found them.

mod fixed;
mod list;

use riverbank_model::feed::FeedOwner;
use riverbank_store::account_owners::AccountOwner;

/// An owner with what answers show of them.
#[derive(Clone, Debug)]
pub struct AccountOwnerView {
    /// The row.
    pub row: AccountOwner,
    /// What the institution told; the first and the last name only where names are split.
    pub told: FeedOwner,
}

impl AccountOwnerView {
    fn of(row: AccountOwner, told: FeedOwner, splits_names: bool) -> Self {
        let (first_name, last_name) = if splits_names { told.split_name() } else { (None, None) };
        let [first_name, last_name] = [first_name, last_name].map(|name| name.map(str::to_owned));
        Self { row, told: FeedOwner { first_name, last_name, ..told } }
    }
}
