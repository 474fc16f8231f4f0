//! Positions of investment accounts.

use jiff::Timestamp;
use riverbank_model::guid::{AccountGuid, HoldingGuid, MemberGuid, UserGuid};

use crate::accounts::Account;
use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A holding as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Holding {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: HoldingGuid,
        /// The account that it stands in.
        pub account_guid: AccountGuid,
        /// The member of that account.
        pub member_guid: MemberGuid,
        /// The how-manieth child of its account it is.
        pub number: i64,
        /// The institution's own id.
        pub feed_id: String,
        /// A `riverbank_model::feed::FeedHolding` in JSON.
        pub feed: String,
        /// What its user wrote: a `riverbank_model::given::GivenHolding` in JSON.
        pub given: String,
        /// Free text of the partner.
        pub metadata: Option<String>,
        /// When its user last wrote what was paid for it.
        pub cost_basis_updated_at: Option<Timestamp>,
        /// Grows by one with every change.
        pub revision: i64,
        /// When it was first brought in.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

statements! {
    LIST: Holding filtered by HoldingFilter<'a> {
        /// Those of this account.
        account: &'a AccountGuid = "and account_guid = ?",
        /// Those of this member.
        member: &'a MemberGuid = "and member_guid = ?",
    } = "select {columns} from holdings where user_guid = ? {filters} order by created_at, number, guid";
    FIND: Holding = "select {columns} from holdings where user_guid = $1 and guid = $2";
    UPSERT for Holding = "insert into holdings ({columns}) values ({values})
        on conflict (user_guid, guid) do update set feed = excluded.feed, given = excluded.given,
        metadata = excluded.metadata, cost_basis_updated_at = excluded.cost_basis_updated_at,
        revision = excluded.revision, updated_at = excluded.updated_at";
    MOVE_ALL = "update holdings set account_guid = $1, member_guid = $2 where user_guid = $3 and account_guid = $4";
    DELETE = "delete from holdings where user_guid = $1 and guid = $2";
    DELETE_OF_MEMBER = "delete from holdings where user_guid = $1 and member_guid = $2";
}

/// Holdings of a user, in the order in which they were first brought in.
pub async fn list(tx: &Tx, user: &UserGuid, filter: &HoldingFilter<'_>) -> Result<Vec<Holding>, StoreError> {
    tx.list(&LIST, params![user], filter, params![]).await
}

/// A holding of a user.
pub async fn find(tx: &Tx, user: &UserGuid, guid: &HoldingGuid) -> Result<Option<Holding>, StoreError> {
    tx.query_opt(&FIND, params![user, guid]).await
}

/// Writes a holding over the one with the same id; what it belongs to stays.
pub async fn store(tx: &Tx, holding: &Holding) -> Result<(), StoreError> {
    tx.execute(&UPSERT, &holding.values()).await.map(drop)
}

/// Puts the holdings of one account into another.
pub async fn move_all(tx: &Tx, from: &Account, to: &Account) -> Result<(), StoreError> {
    tx.execute(&MOVE_ALL, params![to.guid, to.member_guid, from.user_guid, from.guid]).await.map(drop)
}

/// Removes a holding.
pub async fn delete(tx: &Tx, holding: &Holding) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![holding.user_guid, holding.guid]).await.map(drop)
}

/// Removes the holdings of a member.
pub(crate) async fn delete_of_member(
    tx: &Tx,
    user: &UserGuid,
    member: &MemberGuid,
) -> Result<(), StoreError> {
    tx.execute(&DELETE_OF_MEMBER, params![user, member]).await.map(drop)
}
