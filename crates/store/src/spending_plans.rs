//! The spending plans of users: their accounts, their months and what is planned of each.

use jiff::Timestamp;
use jiff::civil::Date;
use riverbank_model::guid::{
    AccountGuid, CategoryGuid, MerchantGuid, ScheduledPaymentGuid, SpendingPlanAccountGuid, SpendingPlanGuid,
    SpendingPlanItemGuid, SpendingPlanIterationGuid, TransactionGuid, UserGuid,
};
use riverbank_model::money::Money;
use riverbank_model::spending_plan::ItemType;
use riverbank_model::transaction::TransactionType;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};
use crate::page::Page;

row! {
    /// A plan as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SpendingPlan {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: SpendingPlanGuid,
        /// The number of the month that it is in, from 1.
        pub current_iteration_number: i64,
        /// When the next month of its user begins.
        pub next_turn_at: Timestamp,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

row! {
    /// An account that feeds a plan.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SpendingPlanAccount {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: SpendingPlanAccountGuid,
        /// The plan.
        pub spending_plan_guid: SpendingPlanGuid,
        /// The account.
        pub account_guid: AccountGuid,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

row! {
    /// A month of a plan.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Iteration {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: SpendingPlanIterationGuid,
        /// The plan.
        pub spending_plan_guid: SpendingPlanGuid,
        /// Counts up by one each month, from 1.
        pub iteration_number: i64,
        /// The first day of the month.
        pub start_on: Date,
        /// The last day of the month.
        pub end_on: Date,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

row! {
    /// What is planned of a month.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct IterationItem {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: SpendingPlanItemGuid,
        /// The how-manieth child of its user it is, or the item of the month before that it follows.
        pub number: i64,
        /// The month.
        pub spending_plan_iteration_guid: SpendingPlanIterationGuid,
        /// What it is; none when nothing was told.
        pub item_type: Option<ItemType>,
        /// Never negative.
        pub planned_amount: Money,
        /// The category that it is for.
        pub category_guid: Option<CategoryGuid>,
        /// The category above, or itself.
        pub top_level_category_guid: Option<CategoryGuid>,
        /// The payment that it is for.
        pub scheduled_payment_guid: Option<ScheduledPaymentGuid>,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

row! {
    /// A transaction of a plan's accounts.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Spent {
        /// Its id.
        pub guid: TransactionGuid,
        /// Never negative.
        pub amount: Money,
        /// The direction.
        pub transaction_type: TransactionType,
        /// The category in force.
        pub category_guid: CategoryGuid,
        /// The merchant that its text names.
        pub merchant_guid: Option<MerchantGuid>,
        /// What is so, as bits.
        pub flags: i64,
    }
}

row! {
    /// Which plan.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PlanKey {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: SpendingPlanGuid,
    }
}

statements! {
    OF_USER: SpendingPlan = "select {columns} from spending_plans where user_guid = $1";
    KEEP_OF_USER: SpendingPlan = {
        sqlite: "select {columns} from spending_plans where user_guid = $1",
        postgres: "select {columns} from spending_plans where user_guid = $1 for key share",
    };
    UPSERT_PLAN for SpendingPlan = "insert into spending_plans ({columns}) values ({values})
        on conflict (user_guid, guid) do update set
        current_iteration_number = excluded.current_iteration_number, next_turn_at = excluded.next_turn_at,
        updated_at = excluded.updated_at";
    DELETE_PLAN = "delete from spending_plans where user_guid = $1 and guid = $2";
    NEXT_TURN: (Option<Timestamp>,) = "select min(next_turn_at) from spending_plans where next_turn_at > $1";
    DUE: PlanKey = "select {columns} from spending_plans where next_turn_at <= $1 order by next_turn_at, guid limit 50";
    INSERT_ACCOUNT for SpendingPlanAccount = "insert into spending_plan_accounts ({columns}) values ({values})
        on conflict (user_guid, spending_plan_guid, account_guid) do nothing";
    ACCOUNTS: SpendingPlanAccount = "select {columns} from spending_plan_accounts
        where user_guid = $1 and spending_plan_guid = $2
        and account_guid in (select guid from accounts where user_guid = $1 and deleted_at is null)
        order by created_at, guid";
    DELETE_ACCOUNT = "delete from spending_plan_accounts where user_guid = $1 and guid = $2";
    INSERT_ITERATION for Iteration = "insert into spending_plan_iterations ({columns}) values ({values})";
    ITERATIONS: Iteration = "select {columns} from spending_plan_iterations
        where user_guid = $1 and spending_plan_guid = $2 order by iteration_number limit $3 offset $4";
    ITERATION: Iteration = "select {columns} from spending_plan_iterations
        where user_guid = $1 and spending_plan_guid = $2 and iteration_number = $3";
    ITEMS: IterationItem = "select {columns} from spending_plan_items
        where user_guid = $1 and spending_plan_iteration_guid = $2 order by number";
    UPSERT_ITEM for IterationItem = "insert into spending_plan_items ({columns}) {rows}
        on conflict (user_guid, guid) do update set item_type = excluded.item_type,
        planned_amount = excluded.planned_amount, category_guid = excluded.category_guid,
        top_level_category_guid = excluded.top_level_category_guid,
        scheduled_payment_guid = excluded.scheduled_payment_guid, updated_at = excluded.updated_at";
    DELETE_ITEM = "delete from spending_plan_items where user_guid = $1 and guid = $2";
    // A joined text is no column of an index, so that rows are found by their day, in their order, and not by account.
    SPENT: Spent = "select {columns} from transactions
        where user_guid = $1 and date >= $2 and date <= $3 and deleted_at is null
        and not is_hidden and not has_been_split
        and account_guid || '' in (select account_guid from spending_plan_accounts
            where user_guid = $1 and spending_plan_guid = $4)
        and account_guid not in (select guid from accounts where user_guid = $1 and is_hidden)
        order by date, guid";
}

/// The plan of a user.
pub async fn of_user(tx: &Tx, user: &UserGuid) -> Result<Option<SpendingPlan>, StoreError> {
    tx.query_opt(&OF_USER, params![user]).await
}

/// The plan of a user, which nobody deletes before this unit of work ends.
pub async fn keep_of_user(tx: &Tx, user: &UserGuid) -> Result<Option<SpendingPlan>, StoreError> {
    tx.query_opt(&KEEP_OF_USER, params![user]).await
}

/// Writes a plan over the one with the same id. Whoever does holds its user.
pub async fn store(tx: &Tx, plan: &SpendingPlan) -> Result<(), StoreError> {
    tx.execute(&UPSERT_PLAN, &plan.values()).await.map(drop)
}

/// Removes a plan with its accounts, its months and their items.
pub async fn delete(tx: &Tx, plan: &SpendingPlan) -> Result<(), StoreError> {
    tx.execute(&DELETE_PLAN, params![plan.user_guid, plan.guid]).await.map(drop)
}

/// The first moment after `after` at which a month of a plan ends, whosever it is.
pub async fn next_turn(tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    Ok(tx.query_one(&NEXT_TURN, params![after]).await?.0)
}

/// Plans whose month has ended, whosever they are: 50 at most, the first to end first.
pub async fn due(tx: &Tx, now: Timestamp) -> Result<Vec<PlanKey>, StoreError> {
    tx.query(&DUE, params![now]).await
}

/// Has an account feed a plan; one that does stays as it is.
pub async fn add_account(tx: &Tx, account: &SpendingPlanAccount) -> Result<(), StoreError> {
    tx.execute(&INSERT_ACCOUNT, &account.values()).await.map(drop)
}

/// The live accounts of a plan, in the order in which they came to it.
pub async fn accounts(tx: &Tx, plan: &SpendingPlan) -> Result<Vec<SpendingPlanAccount>, StoreError> {
    tx.query(&ACCOUNTS, params![plan.user_guid, plan.guid]).await
}

/// Takes an account out of its plan.
pub async fn remove_account(tx: &Tx, account: &SpendingPlanAccount) -> Result<(), StoreError> {
    tx.execute(&DELETE_ACCOUNT, params![account.user_guid, account.guid]).await.map(drop)
}

/// Writes a new month.
pub async fn insert_iteration(tx: &Tx, iteration: &Iteration) -> Result<(), StoreError> {
    tx.execute(&INSERT_ITERATION, &iteration.values()).await.map(drop)
}

/// A page of the months of a plan, the first first. They are numbered from 1 without a gap, so that the plan tells how many.
pub async fn iterations(tx: &Tx, plan: &SpendingPlan, page: Page) -> Result<Vec<Iteration>, StoreError> {
    tx.query(&ITERATIONS, params![plan.user_guid, plan.guid, page.limit, page.offset]).await
}

/// A month of a plan by its number.
pub async fn iteration(tx: &Tx, plan: &SpendingPlan, number: i64) -> Result<Option<Iteration>, StoreError> {
    tx.query_opt(&ITERATION, params![plan.user_guid, plan.guid, number]).await
}

/// What is planned of a month, in the order in which it was.
pub async fn items(tx: &Tx, iteration: &Iteration) -> Result<Vec<IterationItem>, StoreError> {
    tx.query(&ITEMS, params![iteration.user_guid, iteration.guid]).await
}

/// Writes items over those with the same ids.
pub async fn store_items(tx: &Tx, items: &[IterationItem]) -> Result<(), StoreError> {
    tx.execute_rows(&UPSERT_ITEM, items).await.map(drop)
}

/// Removes an item.
pub async fn delete_item(tx: &Tx, item: &IterationItem) -> Result<(), StoreError> {
    tx.execute(&DELETE_ITEM, params![item.user_guid, item.guid]).await.map(drop)
}

/// The transactions of a month in the accounts of its plan, oldest first: the live ones, pending ones too, that are neither
/// hidden nor split, of accounts that are not hidden.
pub async fn spent(tx: &Tx, iteration: &Iteration) -> Result<Vec<Spent>, StoreError> {
    let of = iteration;
    tx.query(&SPENT, params![of.user_guid, of.start_on, of.end_on, of.spending_plan_guid]).await
}
