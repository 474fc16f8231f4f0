//! The budgets of users.

use jiff::Timestamp;
use riverbank_model::guid::{BudgetGuid, CategoryGuid, UserGuid};
use riverbank_model::money::Money;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};
use crate::users;

row! {
    /// A budget as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Budget {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: BudgetGuid,
        /// The how-manieth child of its user it is.
        pub number: i64,
        /// The category that it limits.
        pub category_guid: CategoryGuid,
        /// The budget of the category above; none at the top.
        pub parent_guid: Option<BudgetGuid>,
        /// The monthly limit, never negative.
        pub amount: Money,
        /// Free text of the partner.
        pub metadata: Option<String>,
        /// Grows by one with every change.
        pub revision: i64,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

statements! {
    OF_USER: Budget = "select {columns} from budgets where user_guid = $1 order by number";
    FIND: Budget = "select {columns} from budgets where user_guid = $1 and guid = $2";
    UPSERT for Budget = "insert into budgets ({columns}) values ({values})
        on conflict (user_guid, guid) do update set amount = excluded.amount, metadata = excluded.metadata,
        revision = excluded.revision, updated_at = excluded.updated_at";
    DELETE = "delete from budgets where user_guid = $1 and guid = $2";
}

/// The budgets of a user, in the order in which they were made.
pub async fn of_user(tx: &Tx, user: &UserGuid) -> Result<Vec<Budget>, StoreError> {
    tx.query(&OF_USER, params![user]).await
}

/// The budgets of a user, which nobody else may change or add to before this unit of work ends; none when there is no such
/// user. Taken before any member of the user is.
pub async fn lock_of_user(tx: &Tx, user: &UserGuid) -> Result<Option<Vec<Budget>>, StoreError> {
    // The amounts of several depend on one another.
    if !users::hold(tx, user).await? {
        return Ok(None);
    }
    of_user(tx, user).await.map(Some)
}

/// A budget of a user.
pub async fn find(tx: &Tx, user: &UserGuid, guid: &BudgetGuid) -> Result<Option<Budget>, StoreError> {
    tx.query_opt(&FIND, params![user, guid]).await
}

/// Writes a budget over the one with the same id; what it is for stays.
pub async fn store(tx: &Tx, budget: &Budget) -> Result<(), StoreError> {
    tx.execute(&UPSERT, &budget.values()).await.map(drop)
}

/// Removes a budget, and those below it.
pub async fn delete(tx: &Tx, budget: &Budget) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![budget.user_guid, budget.guid]).await.map(drop)
}
