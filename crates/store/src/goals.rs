//! The goals of users.

use jiff::Timestamp;
use riverbank_model::goal::{GoalMetaType, GoalTrackType, GoalType};
use riverbank_model::guid::{AccountGuid, GoalGuid, UserGuid};
use riverbank_model::money::Money;

use crate::db::{StoreError, Tx, params, row, statements};
use crate::users;

row! {
    /// A goal as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Goal {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: GoalGuid,
        /// The account whose balance tells how far it has come; it may be gone.
        pub account_guid: AccountGuid,
        /// What is to be saved or paid off, never negative.
        pub amount: Money,
        /// Whether it is saved or paid off.
        pub goal_type: GoalType,
        /// What it is for.
        pub meta_type: GoalMetaType,
        /// Its track as sent; none where that follows from the other two.
        pub track_type: Option<GoalTrackType>,
        /// The name to show.
        pub name: String,
        /// Free text of the partner.
        pub metadata: Option<String>,
        /// The how-manieth of its user's goals it is, from 1; the first comes first.
        pub position: i64,
        /// Whether what was saved is spent.
        pub has_been_spent: bool,
        /// When it was reached, by the word of the partner or of an account; none until then.
        pub completed_at: Option<Timestamp>,
        /// Grows by one with every change.
        pub revision: i64,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

statements! {
    OF_USER: Goal = "select {columns} from goals where user_guid = $1 order by position";
    // An import completes goals without holding their user. Whoever locks several does so in the order of their ids.
    LOCK_OF_USER: Goal = {
        sqlite: "select {columns} from goals where user_guid = $1 order by guid",
        postgres: "select {columns} from goals where user_guid = $1 order by guid for update",
    };
    LOCK_ON_ACCOUNT: Goal = {
        sqlite: "select {columns} from goals where user_guid = $1 and account_guid = $2 order by guid",
        postgres: "select {columns} from goals where user_guid = $1 and account_guid = $2 order by guid for update",
    };
    UPSERT for Goal = "insert into goals ({columns}) {rows} on conflict (user_guid, guid) do update set
        account_guid = excluded.account_guid, amount = excluded.amount, goal_type = excluded.goal_type,
        meta_type = excluded.meta_type, track_type = excluded.track_type, name = excluded.name,
        metadata = excluded.metadata, position = excluded.position, has_been_spent = excluded.has_been_spent,
        completed_at = excluded.completed_at, revision = excluded.revision, updated_at = excluded.updated_at";
    DELETE = "delete from goals where user_guid = $1 and guid = $2";
}

/// The goals of a user, by position.
pub async fn of_user(tx: &Tx, user: &UserGuid) -> Result<Vec<Goal>, StoreError> {
    tx.query(&OF_USER, params![user]).await
}

/// The goals of a user, by position, which nobody else may change or add to before this unit of work ends; none when there
/// is no such user. Taken before any member of the user is.
pub async fn lock_of_user(tx: &Tx, user: &UserGuid) -> Result<Option<Vec<Goal>>, StoreError> {
    // The positions of all depend on one another.
    if !users::hold(tx, user).await? {
        return Ok(None);
    }
    let mut held: Vec<Goal> = tx.query(&LOCK_OF_USER, params![user]).await?;
    held.sort_by_key(|goal| goal.position);
    Ok(Some(held))
}

/// The goals of a user on an account, which nobody else may change before this unit of work ends. Their positions are not
/// the caller's to change.
pub async fn lock_on_account(
    tx: &Tx,
    user: &UserGuid,
    account: &AccountGuid,
) -> Result<Vec<Goal>, StoreError> {
    tx.query(&LOCK_ON_ACCOUNT, params![user, account]).await
}

/// Writes goals over those with the same ids.
pub async fn store(tx: &Tx, goals: &[Goal]) -> Result<(), StoreError> {
    tx.execute_rows(&UPSERT, goals).await.map(drop)
}

/// Removes a goal.
pub async fn delete(tx: &Tx, goal: &Goal) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![goal.user_guid, goal.guid]).await.map(drop)
}
