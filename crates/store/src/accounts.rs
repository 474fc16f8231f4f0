//! Accounts of members.

use jiff::Timestamp;
use riverbank_model::account::AccountType;
use riverbank_model::guid::{AccountGuid, InstitutionGuid, MemberGuid, UserGuid};
use riverbank_model::use_case::UseCases;

use crate::db::{Each, StoreError, ToRow, Tx, params, row, statements};
use crate::page::Page;
use crate::transactions;

row! {
    /// An account as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Account {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: AccountGuid,
        /// The member that brought it in.
        pub member_guid: MemberGuid,
        /// The how-manieth child of its member it is.
        pub number: i64,
        /// The institution's own id.
        pub feed_id: String,
        /// Its kind.
        pub account_type: AccountType,
        /// A `riverbank_model::feed::AccountFacts` in JSON.
        pub feed: String,
        /// What its user has written: a `riverbank_model::given::GivenFacts` in JSON.
        pub given: String,
        /// Free text of the partner.
        pub metadata: Option<String>,
        /// Left out by the user.
        pub is_hidden: bool,
        /// Nothing of it is brought in any more.
        pub is_blocked: bool,
        /// Grows by one with every change.
        pub revision: i64,
        /// Children ever made.
        pub children_made: i64,
        /// When it was first brought in.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
        /// When it was deleted.
        pub deleted_at: Option<Timestamp>,
    }
}

row! {
    /// What shows of a member in its accounts and transactions.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Origin {
        /// The member.
        pub guid: MemberGuid,
        /// Where it leads to.
        pub institution_guid: InstitutionGuid,
        /// What it is for.
        pub use_cases: UseCases,
        /// False for held members.
        pub is_managed_by_user: bool,
        /// Whether it holds what its user makes by hand.
        pub is_manual: bool = "(connection_status is null)",
    }
}

statements! {
    ORIGINS: Origin = "select {columns} from members where user_guid = $1 and deleted_at is null order by guid";
    FIND: Account = "select {columns} from accounts where user_guid = $1 and guid = $2 and deleted_at is null";
    SOME: Account = "select {columns} from accounts
        where user_guid = $1 and guid in {each $2} and deleted_at is null";
    FIND_FED: Account = "select {columns} from accounts
        where user_guid = $1 and member_guid = $2 and feed_id = $3";
    OF_MEMBER: Account = "select {columns} from accounts
        where user_guid = $1 and member_guid = $2 and deleted_at is null order by number";
    BLOCKED: (i64,) = "select count(*) from accounts where user_guid = $1 and member_guid = $2 and is_blocked";
    LIST: Account filtered by AccountFilter<'a> {
        /// Those of these members.
        members: Each<'a, MemberGuid> = "and member_guid in {each ?}",
    } = "select {columns} from accounts where user_guid = ? and deleted_at is null {filters}
        order by created_at, number, guid limit ? offset ?";
    COUNT: (i64,) filtered by AccountFilter = "select count(*) from accounts
        where user_guid = ? and deleted_at is null {filters}";
    UPSERT for Account = "insert into accounts ({columns}) values ({values})
        on conflict (user_guid, guid) do update set account_type = excluded.account_type, feed = excluded.feed,
        given = excluded.given, metadata = excluded.metadata, is_hidden = excluded.is_hidden,
        is_blocked = excluded.is_blocked, revision = excluded.revision,
        children_made = excluded.children_made, updated_at = excluded.updated_at,
        deleted_at = excluded.deleted_at";
}

/// What shows of a user's live members in what they brought in, ordered by their ids.
pub async fn origins(tx: &Tx, user: &UserGuid) -> Result<Vec<Origin>, StoreError> {
    tx.query(&ORIGINS, params![user]).await
}

/// A live account of a user.
pub async fn find(tx: &Tx, user: &UserGuid, guid: &AccountGuid) -> Result<Option<Account>, StoreError> {
    tx.query_opt(&FIND, params![user, guid]).await
}

/// Those of some accounts of a user that are live, in no order.
pub async fn some(tx: &Tx, user: &UserGuid, guids: &[AccountGuid]) -> Result<Vec<Account>, StoreError> {
    tx.query(&SOME, params![user, Each::of(guids)]).await
}

/// The account that an institution knows by this id, deleted or not.
pub async fn find_fed(
    tx: &Tx,
    user: &UserGuid,
    member: &MemberGuid,
    feed_id: &str,
) -> Result<Option<Account>, StoreError> {
    tx.query_opt(&FIND_FED, params![user, member, feed_id]).await
}

/// The live accounts of a member, in the order in which they were made.
pub async fn of_member(tx: &Tx, user: &UserGuid, member: &MemberGuid) -> Result<Vec<Account>, StoreError> {
    tx.query(&OF_MEMBER, params![user, member]).await
}

/// Whether an account of a member is blocked, deleted or not.
pub async fn has_blocked(tx: &Tx, user: &UserGuid, member: &MemberGuid) -> Result<bool, StoreError> {
    tx.query_one(&BLOCKED, params![user, member]).await.map(|(count,)| count > 0)
}

/// A page of a user's live accounts in the order in which they were made, and how many there are in all.
pub async fn list(
    tx: &Tx,
    user: &UserGuid,
    filter: AccountFilter<'_>,
    page: Page,
) -> Result<(Vec<Account>, i64), StoreError> {
    let accounts = tx.list(&LIST, params![user], &filter, params![page.limit, page.offset]).await?;
    let total = page.total(accounts.len(), async || {
        let counted = tx.list(&COUNT, params![user], &filter, params![]).await?;
        Ok(counted.first().map_or(0, |(total,)| *total))
    });
    Ok((accounts, total.await?))
}

/// Writes an account over the one with the same id. What the institution calls it stays.
pub async fn store(tx: &Tx, account: &Account) -> Result<(), StoreError> {
    tx.execute(&UPSERT, &account.values()).await?;
    transactions::raise_revision(tx, &account.user_guid, account.updated_at).await
}
