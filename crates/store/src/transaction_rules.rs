//! The rules of users for transactions.

use jiff::Timestamp;
use riverbank_model::guid::{CategoryGuid, TransactionRuleGuid, UserGuid};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};
use crate::page::Page;

row! {
    /// A rule as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct TransactionRule {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: TransactionRuleGuid,
        /// The how-manieth child of its user it is: of rules that fit, the largest counts.
        pub number: i64,
        /// The description of the transactions that it is for.
        pub match_description: String,
        /// The description that it gives them.
        pub description: Option<String>,
        /// The category that it puts them under.
        pub category_guid: CategoryGuid,
        /// While it is being applied to what is there: the last transaction that was looked at, empty at the beginning.
        pub applied_through: Option<String>,
        /// Transactions that were looked at.
        pub examined: i64,
        /// Those of them that were changed.
        pub changed: i64,
        /// Grows by one with every change.
        pub revision: i64,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

row! {
    /// Which rule.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RuleKey {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: TransactionRuleGuid,
    }
}

statements! {
    OF_USER: TransactionRule = "select {columns} from transaction_rules where user_guid = $1 order by number desc";
    LIST: TransactionRule = "select {columns} from transaction_rules where user_guid = $1
        order by number limit $2 offset $3";
    COUNT: (i64,) = "select count(*) from transaction_rules where user_guid = $1";
    FIND: TransactionRule = "select {columns} from transaction_rules where user_guid = $1 and guid = $2";
    LOCK: TransactionRule = {
        sqlite: "select {columns} from transaction_rules where user_guid = $1 and guid = $2",
        postgres: "select {columns} from transaction_rules where user_guid = $1 and guid = $2 for update",
    };
    OPEN: RuleKey = "select {columns} from transaction_rules where applied_through is not null
        order by updated_at, guid limit 20";
    UPSERT for TransactionRule = "insert into transaction_rules ({columns}) values ({values})
        on conflict (user_guid, guid) do update set match_description = excluded.match_description,
        description = excluded.description, category_guid = excluded.category_guid,
        applied_through = excluded.applied_through, examined = excluded.examined, changed = excluded.changed,
        revision = excluded.revision, updated_at = excluded.updated_at";
    MOVE_CATEGORY = "update transaction_rules set category_guid = $1, revision = revision + 1, updated_at = $2
        where user_guid = $3 and category_guid = $4";
    DELETE = "delete from transaction_rules where user_guid = $1 and guid = $2";
}

/// The rules of a user, the newest first.
pub async fn of_user(tx: &Tx, user: &UserGuid) -> Result<Vec<TransactionRule>, StoreError> {
    tx.query(&OF_USER, params![user]).await
}

/// A page of the rules of a user in the order in which they were made, and how many there are in all.
pub async fn list(tx: &Tx, user: &UserGuid, page: Page) -> Result<(Vec<TransactionRule>, i64), StoreError> {
    let rules = tx.query(&LIST, params![user, page.limit, page.offset]).await?;
    let total = page.total(rules.len(), async || count(tx, user).await);
    Ok((rules, total.await?))
}

/// How many rules a user has.
pub async fn count(tx: &Tx, user: &UserGuid) -> Result<i64, StoreError> {
    Ok(tx.query_one(&COUNT, params![user]).await?.0)
}

/// A rule of a user.
pub async fn find(
    tx: &Tx,
    user: &UserGuid,
    guid: &TransactionRuleGuid,
) -> Result<Option<TransactionRule>, StoreError> {
    tx.query_opt(&FIND, params![user, guid]).await
}

/// A rule of a user that nobody else may change before this unit of work ends.
pub async fn lock(
    tx: &Tx,
    user: &UserGuid,
    guid: &TransactionRuleGuid,
) -> Result<Option<TransactionRule>, StoreError> {
    tx.query_opt(&LOCK, params![user, guid]).await
}

/// Rules that are being applied to what is there, whosever they are: twenty at most, the oldest first.
pub async fn open(tx: &Tx) -> Result<Vec<RuleKey>, StoreError> {
    tx.query(&OPEN, params![]).await
}

/// Writes a rule over the one with the same id.
pub async fn store(tx: &Tx, rule: &TransactionRule) -> Result<(), StoreError> {
    tx.execute(&UPSERT, &rule.values()).await.map(drop)
}

/// Has the rules for one category of a user be for another.
pub async fn move_category(
    tx: &Tx,
    user: &UserGuid,
    from: &CategoryGuid,
    to: &CategoryGuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(&MOVE_CATEGORY, params![to, at, user, from]).await.map(drop)
}

/// Removes a rule.
pub async fn delete(tx: &Tx, rule: &TransactionRule) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![rule.user_guid, rule.guid]).await.map(drop)
}
