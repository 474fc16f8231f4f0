//! The numbers of accounts, as the last verification of a member found them, sealed.

use jiff::Timestamp;
use riverbank_model::guid::{AccountGuid, AccountNumberGuid, MemberGuid, UserGuid};

use crate::accounts::Account;
use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// One row of its table.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AccountNumber {
        /// Whose the account is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: AccountNumberGuid,
        /// The member that brought it in.
        pub member_guid: MemberGuid,
        /// The account.
        pub account_guid: AccountGuid,
        /// The how-manieth of its account it is.
        pub position: i64,
        /// What the institution told: a `riverbank_model::feed::FeedNumbers` in JSON, sealed.
        pub told: Vec<u8>,
        /// When it was first found.
        pub created_at: Timestamp,
    }
}

statements! {
    INSERT for AccountNumber = "insert into account_numbers ({columns}) values ({values})";
    FORGET_OF_ACCOUNT = "delete from account_numbers where user_guid = $1 and account_guid = $2";
    HAND_OVER = "update account_numbers set account_guid = $1, member_guid = $2
        where user_guid = $3 and account_guid = $4
        and not exists (select 1 from account_numbers own where own.user_guid = $3 and own.account_guid = $1)";
    FORGET = "delete from account_numbers where user_guid = $1 and member_guid = $2";
    OF_MEMBER: AccountNumber = "select {columns n} from account_numbers n
        join accounts a on a.user_guid = n.user_guid and a.guid = n.account_guid
        where n.user_guid = $1 and n.member_guid = $2 and a.deleted_at is null
        order by a.number, a.guid, n.position";
    OF_ACCOUNT: AccountNumber = "select {columns} from account_numbers
        where user_guid = $1 and account_guid = $2 order by position";
}

/// Puts what was found of a member in the place of what was found before.
pub async fn replace(
    tx: &Tx,
    user: &UserGuid,
    member: &MemberGuid,
    rows: &[AccountNumber],
) -> Result<(), StoreError> {
    forget(tx, user, member).await?;
    tx.execute_many(&INSERT, rows.iter().map(ToRow::values)).await.map(drop)
}

/// Forgets the numbers of an account.
pub async fn forget_of_account(tx: &Tx, user: &UserGuid, account: &AccountGuid) -> Result<(), StoreError> {
    tx.execute(&FORGET_OF_ACCOUNT, params![user, account]).await.map(drop)
}

/// The numbers of one account become those of another if that has none, and are forgotten otherwise.
pub async fn hand_over(tx: &Tx, from: &Account, to: &Account) -> Result<(), StoreError> {
    tx.execute(&HAND_OVER, params![to.guid, to.member_guid, from.user_guid, from.guid]).await?;
    forget_of_account(tx, &from.user_guid, &from.guid).await
}

/// Forgets what was found of a member.
pub async fn forget(tx: &Tx, user: &UserGuid, member: &MemberGuid) -> Result<(), StoreError> {
    tx.execute(&FORGET, params![user, member]).await.map(drop)
}

/// Those of a member's live accounts, in the order of the accounts.
pub async fn of_member(
    tx: &Tx,
    user: &UserGuid,
    member: &MemberGuid,
) -> Result<Vec<AccountNumber>, StoreError> {
    tx.query(&OF_MEMBER, params![user, member]).await
}

/// Those of an account that is there.
pub async fn of_account(
    tx: &Tx,
    user: &UserGuid,
    account: &AccountGuid,
) -> Result<Vec<AccountNumber>, StoreError> {
    tx.query(&OF_ACCOUNT, params![user, account]).await
}
