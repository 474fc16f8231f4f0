//! What has moved in the accounts of a user of late: what insights are found in.

use jiff::civil::Date;
use riverbank_model::guid::{AccountGuid, CategoryGuid, MerchantGuid, TransactionGuid, UserGuid};
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};

use crate::db::{StoreError, Tx, params, row, statements};

row! {
    /// What insights look at of a transaction.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Movement {
        /// Its id.
        pub guid: TransactionGuid,
        /// The account that it stands in.
        pub account_guid: AccountGuid,
        /// Never negative.
        pub amount: Money,
        /// The direction.
        pub transaction_type: TransactionType,
        /// Whether it is final.
        pub status: TransactionStatus,
        /// Its day.
        pub date: Date,
        /// What is shown.
        pub description: String,
        /// The raw text.
        pub feed_description: String,
        /// The category in force.
        pub category_guid: CategoryGuid,
        /// What is so, as bits: bill pay, fee, income and the like.
        pub flags: i64,
        /// The merchant that its text names.
        pub merchant_guid: Option<MerchantGuid>,
        /// Whether it is of a series that comes again and again.
        pub is_recurring: Option<bool>,
        /// As written on the check.
        pub check_number: Option<String>,
    }
}

statements! {
    SINCE: Movement = "select {columns} from transactions
        where user_guid = $1 and date >= $2 and date <= $3 and deleted_at is null and not is_hidden and not has_been_split
        and account_guid not in (select guid from accounts where user_guid = $1 and is_hidden)
        order by date desc, guid limit $4";
}

/// What has moved between two days, both included, newest first, `limit` at most: live transactions that are neither hidden
/// nor split, of accounts that are not hidden.
pub async fn between(
    tx: &Tx,
    user: &UserGuid,
    (from, to): (Date, Date),
    limit: i64,
) -> Result<Vec<Movement>, StoreError> {
    tx.query(&SINCE, params![user, from, to, limit]).await
}
