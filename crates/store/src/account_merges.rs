//! Accounts that are merged into others, of which not all has moved yet.

use jiff::Timestamp;
use jiff::civil::Date;
use riverbank_model::guid::{AccountGuid, TransactionGuid, UserGuid};

use crate::accounts::Account;
use crate::db::{Each, StoreError, ToRow, Tx, params, row, statements};
use crate::transactions::Transaction;

row! {
    /// A merge that goes on.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AccountMerge {
        /// Whose the accounts are.
        pub user_guid: UserGuid,
        /// The account that goes.
        pub account_guid: AccountGuid,
        /// The one that its transactions go to.
        pub into_guid: AccountGuid,
        /// The first day of which the account that goes held transactions.
        pub told_from: Date,
        /// The last one.
        pub told_through: Date,
        /// When they were merged.
        pub at: Timestamp,
    }
}

row! {
    /// Which merge.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MergeKey {
        /// Whose the accounts are.
        pub user_guid: UserGuid,
        /// The account that goes.
        pub account_guid: AccountGuid,
    }
}

statements! {
    INSERT for AccountMerge = "insert into account_merges ({columns}) values ({values})";
    ALL: MergeKey = "select {columns} from account_merges order by at, account_guid limit 100";
    FIND: AccountMerge = "select {columns} from account_merges where user_guid = $1 and account_guid = $2";
    REDIRECT = "update account_merges set into_guid = $1 where user_guid = $2 and into_guid = $3";
    DELETE = "delete from account_merges where user_guid = $1 and account_guid = $2";
    DAYS: (Option<Date>, Option<Date>) = "select min(date), max(date) from transactions
        where user_guid = $1 and account_guid = $2 and deleted_at is null";
    LEFT: Transaction = "select {columns} from transactions
        where user_guid = $1 and account_guid = $2 and parent_guid is null and deleted_at is null
        order by date desc, guid limit $3";
    BESIDE: Transaction = "select {columns} from transactions
        where user_guid = $1 and account_guid = $2 and date >= $3 and date <= $4 and parent_guid is null
        and (merged_from is null or merged_from <> $5) and deleted_at is null order by date desc, guid";
    MOVE = "update transactions set account_guid = $1, member_guid = $2
        where user_guid = $3 and guid in {each $4}";
    ADOPT = "update transactions set parent_guid = $1 where user_guid = $2 and parent_guid = $3 and deleted_at is null";
}

/// Notes that there is more to move.
pub async fn insert(tx: &Tx, merge: &AccountMerge) -> Result<(), StoreError> {
    tx.execute(&INSERT, &merge.values()).await.map(drop)
}

/// Those that go on, the oldest first, a hundred at most.
pub async fn all(tx: &Tx) -> Result<Vec<MergeKey>, StoreError> {
    tx.query(&ALL, params![]).await
}

/// That of an account; none when it has ended.
pub async fn find(tx: &Tx, key: &MergeKey) -> Result<Option<AccountMerge>, StoreError> {
    tx.query_opt(&FIND, params![key.user_guid, key.account_guid]).await
}

/// Has what goes on into one account go on into another.
pub async fn redirect(
    tx: &Tx,
    user: &UserGuid,
    from: &AccountGuid,
    to: &AccountGuid,
) -> Result<(), StoreError> {
    tx.execute(&REDIRECT, params![to, user, from]).await.map(drop)
}

/// Everything has moved.
pub async fn end(tx: &Tx, merge: &AccountMerge) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![merge.user_guid, merge.account_guid]).await.map(drop)
}

/// The first and the last day of the live transactions of an account; none when it has no transactions.
pub async fn days(
    tx: &Tx,
    user: &UserGuid,
    account: &AccountGuid,
) -> Result<Option<(Date, Date)>, StoreError> {
    let (first, last) = tx.query_one(&DAYS, params![user, account]).await?;
    Ok(first.zip(last))
}

/// Live transactions that have not moved yet, those that are parts left out, the newest first, `limit` at most.
pub async fn left(tx: &Tx, merge: &AccountMerge, limit: usize) -> Result<Vec<Transaction>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.query(&LEFT, params![merge.user_guid, merge.account_guid, limit]).await
}

/// Live transactions of the other account between two days, both included, that this merge has not touched, those that are
/// parts left out, the newest first.
pub async fn beside(
    tx: &Tx,
    merge: &AccountMerge,
    (from, to): (Date, Date),
) -> Result<Vec<Transaction>, StoreError> {
    let AccountMerge { user_guid, account_guid, into_guid, .. } = merge;
    tx.query(&BESIDE, params![user_guid, into_guid, from, to, account_guid]).await
}

/// Puts transactions into an account. They are to be stored after it in the same unit of work.
pub async fn move_transactions(
    tx: &Tx,
    user: &UserGuid,
    guids: &[TransactionGuid],
    into: &Account,
) -> Result<(), StoreError> {
    tx.execute(&MOVE, params![into.guid, into.member_guid, user, Each::of(guids)]).await.map(drop)
}

/// Has the parts of one transaction be those of another. They are to be stored after it in the same unit of work.
pub async fn adopt(
    tx: &Tx,
    user: &UserGuid,
    from: &TransactionGuid,
    to: &TransactionGuid,
) -> Result<(), StoreError> {
    tx.execute(&ADOPT, params![to, user, from]).await.map(drop)
}
