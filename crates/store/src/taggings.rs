//! Which transactions bear which tags.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use riverbank_model::guid::{MemberGuid, TagGuid, TaggingGuid, TransactionGuid, UserGuid};

use crate::db::{Each, StoreError, ToRow, Tx, params, row, statements};
use crate::page::Page;

row! {
    /// A tagging as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Tagging {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: TaggingGuid,
        /// The how-manieth child of its user it is.
        pub number: i64,
        /// The tag.
        pub tag_guid: TagGuid,
        /// The transaction that bears it.
        pub transaction_guid: TransactionGuid,
        /// Grows by one with every change.
        pub revision: i64,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

row! {
    /// A tagging in a list.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ListedTagging {
        /// Its id.
        pub guid: TaggingGuid,
        /// The tag.
        pub tag_guid: TagGuid,
        /// The transaction that bears it.
        pub transaction_guid: TransactionGuid,
        /// The member of that transaction.
        pub member_guid: MemberGuid = "(select t.member_guid from transactions t
            where t.user_guid = taggings.user_guid and t.guid = taggings.transaction_guid)",
    }
}

statements! {
    LIST: ListedTagging = "select {columns} from taggings where user_guid = $1 and exists (select 1 from transactions t
        where t.user_guid = taggings.user_guid and t.guid = taggings.transaction_guid and t.deleted_at is null)
        order by number limit $2 offset $3";
    COUNT: (i64,) = "select count(*) from taggings where user_guid = $1 and exists (select 1 from transactions t
        where t.user_guid = taggings.user_guid and t.guid = taggings.transaction_guid and t.deleted_at is null)";
    OF_TAG: Tagging = "select {columns} from taggings where user_guid = $1 and tag_guid = $2 order by number";
    LOCK: Tagging = {
        sqlite: "select {columns} from taggings where user_guid = $1 and guid = $2",
        postgres: "select {columns} from taggings where user_guid = $1 and guid = $2 for update",
    };
    UPSERT for Tagging = "insert into taggings ({columns}) values ({values})
        on conflict (user_guid, guid) do update set tag_guid = excluded.tag_guid, revision = excluded.revision,
        updated_at = excluded.updated_at";
    DELETE = "delete from taggings where user_guid = $1 and guid = $2";
    OF_TRANSACTIONS: Tagging = "select {columns} from taggings
        where user_guid = $1 and transaction_guid in {each $2} order by number";
    PUT_ON = "update taggings set transaction_guid = $1, revision = revision + 1, updated_at = $2
        where user_guid = $3 and guid = $4";
}

/// A page of the taggings of a user's live transactions in the order in which they were made, and how many there are in
/// all.
pub async fn list(tx: &Tx, user: &UserGuid, page: Page) -> Result<(Vec<ListedTagging>, i64), StoreError> {
    let taggings = tx.query(&LIST, params![user, page.limit, page.offset]).await?;
    let total = page.total(taggings.len(), async || Ok(tx.query_one(&COUNT, params![user]).await?.0));
    Ok((taggings, total.await?))
}

/// The taggings with a tag, in the order in which they were made.
pub async fn of_tag(tx: &Tx, user: &UserGuid, tag: &TagGuid) -> Result<Vec<Tagging>, StoreError> {
    tx.query(&OF_TAG, params![user, tag]).await
}

/// A tagging of a user that nobody else may change before this unit of work ends.
pub async fn lock(tx: &Tx, user: &UserGuid, guid: &TaggingGuid) -> Result<Option<Tagging>, StoreError> {
    tx.query_opt(&LOCK, params![user, guid]).await
}

/// Writes a tagging over the one with the same id. The unique index `taggings_by_transaction` refuses a tag that the
/// transaction bears already.
pub async fn store(tx: &Tx, tagging: &Tagging) -> Result<(), StoreError> {
    tx.execute(&UPSERT, &tagging.values()).await.map(drop)
}

/// Removes a tagging.
pub async fn delete(tx: &Tx, tagging: &Tagging) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![tagging.user_guid, tagging.guid]).await.map(drop)
}

/// Puts the tags of the first of each two transactions on the second, where that one does not bear them already.
pub async fn follow(
    tx: &Tx,
    user: &UserGuid,
    replaced: &[(TransactionGuid, TransactionGuid)],
    at: Timestamp,
) -> Result<(), StoreError> {
    let to: HashMap<&TransactionGuid, &TransactionGuid> =
        replaced.iter().map(|(from, to)| (from, to)).collect();
    let all: Vec<TransactionGuid> =
        replaced.iter().flat_map(|(from, to)| [from.clone(), to.clone()]).collect();
    let (moving, borne): (Vec<Tagging>, Vec<Tagging>) = tx
        .query(&OF_TRANSACTIONS, params![user, Each::of(&all)])
        .await?
        .into_iter()
        .partition(|tagging: &Tagging| to.contains_key(&tagging.transaction_guid));
    let borne: HashSet<_> = borne.iter().map(|one| (&one.transaction_guid, &one.tag_guid)).collect();
    for tagging in &moving {
        let Some(&transaction) = to.get(&tagging.transaction_guid) else { continue };
        if borne.contains(&(transaction, &tagging.tag_guid)) {
            delete(tx, tagging).await?;
        } else {
            tx.execute(&PUT_ON, params![transaction, at, user, tagging.guid]).await?;
        }
    }
    Ok(())
}
