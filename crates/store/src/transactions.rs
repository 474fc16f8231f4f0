//! Transactions of accounts.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use riverbank_model::guid::{
    AccountGuid, CategoryGuid, MemberGuid, MerchantGuid, MerchantLocationGuid, TransactionGuid,
    TransactionRuleGuid, UserGuid,
};
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};

use crate::db::{Each, Statement, StoreError, ToValue, Tx, Value, params, row, statements};
use crate::page::Page;

row! {
    /// A transaction as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Transaction {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: TransactionGuid,
        /// The account that it stands in.
        pub account_guid: AccountGuid,
        /// The member of that account.
        pub member_guid: MemberGuid,
        /// The institution's own id.
        pub feed_id: Option<String>,
        /// Never negative.
        pub amount: Money,
        /// The direction.
        pub transaction_type: TransactionType,
        /// Whether it is final.
        pub status: TransactionStatus,
        /// The day that lists sort and filter by.
        pub date: Date,
        /// What is shown: the cleansed text.
        pub description: String,
        /// The category in force.
        pub category_guid: CategoryGuid,
        /// What is so, as bits: bill pay, fee, income and the like.
        pub flags: i64,
        /// ISO 18245.
        pub merchant_category_code: Option<i64>,
        /// The raw text.
        pub feed_description: String,
        /// Further raw text.
        pub feed_memo: Option<String>,
        /// The feed's own kind.
        pub feed_kind: Option<String>,
        /// As written on the check.
        pub check_number: Option<String>,
        /// ISO 4217.
        pub currency_code: Option<String>,
        /// Made abroad.
        pub is_international: Option<bool>,
        /// When it was booked.
        pub posted_at: Option<Timestamp>,
        /// The day it was booked.
        pub posted_on: Option<Date>,
        /// When the end user made it.
        pub transacted_at: Option<Timestamp>,
        /// The day the end user made it.
        pub transacted_on: Option<Date>,
        /// The merchant of the catalogue that its text names.
        pub merchant_guid: Option<MerchantGuid>,
        /// The place of the merchant that its text names.
        pub merchant_location_guid: Option<MerchantLocationGuid>,
        /// Whether it is of a series that comes again and again; none as long as no series was found.
        pub is_recurring: Option<bool>,
        /// By what it was last found to be what its feed tells, or to be new; none of what no feed tells.
        pub matched_by: Option<String>,
        /// The rule that made the description.
        pub described_by: String,
        /// The rule that chose the category.
        pub categorized_by: String,
        /// What the user wrote, as bits.
        pub given: i64,
        /// What the user has noted, as bits: seen, flagged and the like.
        pub marks: i64,
        /// The user's own text, in the place of the feed's.
        pub memo: Option<String>,
        /// Free text of the partner.
        pub metadata: Option<String>,
        /// Left out by the user.
        pub is_hidden: bool,
        /// Whether its children stand in its place.
        pub has_been_split: bool,
        /// The transaction of which it is a part.
        pub parent_guid: Option<TransactionGuid>,
        /// The rule that chose the category.
        pub transaction_rule_guid: Option<TransactionRuleGuid>,
        /// The account that was merged into this one and held the same transaction, or brought this one along.
        pub merged_from: Option<AccountGuid>,
        /// Grows by one with every change.
        pub revision: i64,
        /// When it was first brought in.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
        /// When it was deleted.
        pub deleted_at: Option<Timestamp>,
    }
}

statements! {
    FIND: Transaction = "select {columns} from transactions
        where user_guid = $1 and guid = $2 and deleted_at is null";
    SINCE: Transaction = "select {columns} from transactions
        where user_guid = $1 and account_guid = $2 and date >= $3 and deleted_at is null order by date, guid";
    OF_MEMBER: Transaction = "select {columns} from transactions where user_guid = $1 and deleted_at is null
        and account_guid in (select guid from accounts where user_guid = $2 and member_guid = $3)
        order by date, guid";
    BY_DATE: Transaction filtered by TransactionFilter<'a> {
        /// Those of this account.
        account: &'a AccountGuid = "and account_guid = ?",
        /// Those of these accounts.
        accounts: Each<'a, AccountGuid> = "and account_guid in {each ?}",
        /// Those of these members.
        members: Each<'a, MemberGuid> = "and member_guid in {each ?}",
        /// Those of this category.
        category: &'a CategoryGuid = "and category_guid = ?",
        /// Those of these categories.
        categories: Each<'a, CategoryGuid> = "and category_guid in {each ?}",
        /// Those whose category this rule chose.
        rule: &'a TransactionRuleGuid = "and transaction_rule_guid = ?",
    } = "select {columns} from transactions
        where user_guid = ? and date >= ? and date <= ? and deleted_at is null {filters}
        order by date desc, guid limit ? offset ?";
    COUNT_BY_DATE: (i64,) filtered by TransactionFilter = "select count(*) from transactions
        where user_guid = ? and date >= ? and date <= ? and deleted_at is null {filters}";
    // A sum is no column of an index, so that rows are found by their time and not by their day.
    BY_CREATION: Transaction filtered by TransactionFilter = "select {columns} from transactions
        where user_guid = ? and created_at >= ? and created_at < ? and deleted_at is null {filters}
        order by date + 0 desc, guid limit ? offset ?";
    COUNT_BY_CREATION: (i64,) filtered by TransactionFilter = "select count(*) from transactions
        where user_guid = ? and created_at >= ? and created_at < ? and deleted_at is null {filters}";
    BY_UPDATE: Transaction filtered by TransactionFilter = "select {columns} from transactions
        where user_guid = ? and updated_at >= ? and updated_at < ? and deleted_at is null {filters}
        order by date + 0 desc, guid limit ? offset ?";
    COUNT_BY_UPDATE: (i64,) filtered by TransactionFilter = "select count(*) from transactions
        where user_guid = ? and updated_at >= ? and updated_at < ? and deleted_at is null {filters}";
    UPSERT for Transaction = "insert into transactions ({columns}) {rows}
        on conflict (user_guid, guid) do update set feed_id = excluded.feed_id, amount = excluded.amount,
        transaction_type = excluded.transaction_type, status = excluded.status, date = excluded.date,
        description = excluded.description, category_guid = excluded.category_guid, flags = excluded.flags,
        merchant_category_code = excluded.merchant_category_code,
        feed_description = excluded.feed_description, feed_memo = excluded.feed_memo,
        feed_kind = excluded.feed_kind, check_number = excluded.check_number,
        currency_code = excluded.currency_code, is_international = excluded.is_international,
        posted_at = excluded.posted_at, posted_on = excluded.posted_on,
        transacted_at = excluded.transacted_at, transacted_on = excluded.transacted_on,
        merchant_guid = excluded.merchant_guid, merchant_location_guid = excluded.merchant_location_guid,
        is_recurring = excluded.is_recurring, matched_by = excluded.matched_by,
        described_by = excluded.described_by, categorized_by = excluded.categorized_by,
        given = excluded.given, marks = excluded.marks, memo = excluded.memo, metadata = excluded.metadata,
        is_hidden = excluded.is_hidden, has_been_split = excluded.has_been_split,
        transaction_rule_guid = excluded.transaction_rule_guid, merged_from = excluded.merged_from,
        revision = excluded.revision, updated_at = excluded.updated_at, deleted_at = excluded.deleted_at";
    // SQLite writes every index anew that has a column which is set, be its value the same.
    UPSERT_MEANING for Transaction = "insert into transactions ({columns}) {rows}
        on conflict (user_guid, guid) do update set description = excluded.description,
        category_guid = excluded.category_guid, flags = excluded.flags, described_by = excluded.described_by,
        categorized_by = excluded.categorized_by, transaction_rule_guid = excluded.transaction_rule_guid,
        revision = excluded.revision, updated_at = excluded.updated_at";
    SOME: Transaction = "select {columns} from transactions
        where user_guid = $1 and guid in {each $2} and deleted_at is null order by guid";
    // Whoever asks by an id alone knows no user.
    HIDE_SOME: Transaction = "update transactions set deleted_at = $1 where user_guid = $2 and guid in (
            select guid from transactions where user_guid = $2 and deleted_at is null
                and account_guid in (select guid from accounts where user_guid = $2 and member_guid = $3)
            order by account_guid, date desc, guid limit $4)
        returning {columns}";
    AFTER: Transaction = "select {columns} from transactions
        where user_guid = $1 and guid > $2 and deleted_at is null order by guid limit $3";
    CHILDREN: Transaction = "select {columns} from transactions
        where user_guid = $1 and parent_guid in {each $2} and parent_guid is not null and deleted_at is null
        order by created_at + 0, guid";
    OF_ACCOUNT: Transaction = "select {columns} from transactions
        where user_guid = $1 and account_guid = $2 and deleted_at is null order by date desc, guid";
    HIDE_OF_ACCOUNT = "update transactions set deleted_at = $1
        where user_guid = $2 and account_guid = $3 and deleted_at is null";
    OF_CATEGORY: Transaction = "select {columns} from transactions
        where user_guid = $1 and category_guid = $2 and deleted_at is null order by date desc, guid";
    MOVE_CATEGORY = "update transactions set category_guid = $1, revision = revision + 1, updated_at = $2
        where user_guid = $3 and category_guid = $4 and deleted_at is null";
    DELETE_OF_USER = "delete from transactions where user_guid = $1";
    REVISION: (i64,) = "select revision from transaction_revisions where user_guid = $1";
    // Those of an epoch begin above all of the epochs before it: two to the power of 32.
    RAISE_REVISION = "insert into transaction_revisions (user_guid, revision, changed_at)
        select cast($1 as text), number * 4294967296 + 1, cast($2 as bigint) from epoch
        where exists (select 1 from users where guid = $1)
        on conflict (user_guid) do update set revision = transaction_revisions.revision + 1,
        changed_at = case when transaction_revisions.revision = transaction_revisions.looked_at_revision
            then excluded.changed_at else transaction_revisions.changed_at end";
    DELETE_REVISION = "delete from transaction_revisions where user_guid = $1";
}

/// Which time of a transaction a window is about, and the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Window {
    /// The days of the transactions, both included.
    Dates(Date, Date),
    /// When they were first brought in: from the first moment on, before the second.
    Created(Timestamp, Timestamp),
    /// When they were last changed: from the first moment on, before the second.
    Updated(Timestamp, Timestamp),
}

/// A live transaction of a user.
pub async fn find(
    tx: &Tx,
    user: &UserGuid,
    guid: &TransactionGuid,
) -> Result<Option<Transaction>, StoreError> {
    tx.query_opt(&FIND, params![user, guid]).await
}

/// Those of some transactions that are there.
pub async fn some(
    tx: &Tx,
    user: &UserGuid,
    guids: &[TransactionGuid],
) -> Result<Vec<Transaction>, StoreError> {
    if guids.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(&SOME, params![user, Each::of(guids)]).await
}

/// The live transactions of a member, oldest first.
pub async fn of_member(
    tx: &Tx,
    user: &UserGuid,
    member: &MemberGuid,
) -> Result<Vec<Transaction>, StoreError> {
    tx.query(&OF_MEMBER, params![user, user, member]).await
}

/// The live transactions of an account from a day on, oldest first.
pub async fn since(
    tx: &Tx,
    user: &UserGuid,
    account: &AccountGuid,
    from: Date,
) -> Result<Vec<Transaction>, StoreError> {
    tx.query(&SINCE, params![user, account, from]).await
}

/// A page of a user's live transactions in a window, newest first.
pub async fn page(
    tx: &Tx,
    user: &UserGuid,
    window: Window,
    filter: &TransactionFilter<'_>,
    page: Page,
) -> Result<Vec<Transaction>, StoreError> {
    let rows = match window {
        Window::Dates(..) => &BY_DATE,
        Window::Created(..) => &BY_CREATION,
        Window::Updated(..) => &BY_UPDATE,
    };
    let [from, to] = window.bounds();
    tx.list(rows, params![user, from, to], filter, params![page.limit, page.offset]).await
}

/// How many live transactions a user has in a window. Reads all of their keys.
pub async fn count(
    tx: &Tx,
    user: &UserGuid,
    window: Window,
    filter: &TransactionFilter<'_>,
) -> Result<i64, StoreError> {
    let count = match window {
        Window::Dates(..) => &COUNT_BY_DATE,
        Window::Created(..) => &COUNT_BY_CREATION,
        Window::Updated(..) => &COUNT_BY_UPDATE,
    };
    let [from, to] = window.bounds();
    let counted = tx.list(count, params![user, from, to], filter, params![]).await?;
    Ok(counted.first().map_or(0, |(total,)| *total))
}

/// How often the live transactions of a user have changed, or what they are seen with. What was counted of them after this was read holds for as
/// long as it stays the same.
pub async fn revision(tx: &Tx, user: &UserGuid) -> Result<i64, StoreError> {
    let found = tx.query_opt(&REVISION, params![user]).await?;
    Ok(found.map_or(0, |(revision,)| revision))
}

/// Writes transactions over those with the same ids; what they belong to and when they were made stays.
pub async fn store(tx: &Tx, transactions: &[Transaction]) -> Result<(), StoreError> {
    write(tx, &UPSERT, transactions).await
}

/// Writes of transactions that are there how they are described and categorised, by what, and that they have changed: in half
/// the time of [`store`] where they lie far apart.
pub async fn store_meaning(tx: &Tx, transactions: &[Transaction]) -> Result<(), StoreError> {
    write(tx, &UPSERT_MEANING, transactions).await
}

/// Counts a change of what a user's transactions are seen with: of an account, a budget or a scheduled payment. Nothing of a
/// user who has gone.
pub async fn raise_revision(tx: &Tx, user: &UserGuid, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&RAISE_REVISION, params![user, at]).await.map(drop)
}

async fn write(tx: &Tx, upsert: &Statement, transactions: &[Transaction]) -> Result<(), StoreError> {
    tx.execute_rows(upsert, transactions).await?;
    let mut users: BTreeMap<&UserGuid, Timestamp> = BTreeMap::new();
    for Transaction { user_guid, updated_at, .. } in transactions {
        let latest = users.entry(user_guid).or_insert(*updated_at);
        *latest = (*latest).max(*updated_at);
    }
    for (user, at) in users {
        raise_revision(tx, user, at).await?;
    }
    Ok(())
}

/// Live transactions of a user whose ids come after `through`, in their order, `limit` at most.
pub async fn after(
    tx: &Tx,
    user: &UserGuid,
    through: &str,
    limit: usize,
) -> Result<Vec<Transaction>, StoreError> {
    tx.query(&AFTER, params![user, through, i64::try_from(limit).unwrap_or(i64::MAX)]).await
}

/// The live children of split transactions, in the order in which they were made.
pub async fn children(
    tx: &Tx,
    user: &UserGuid,
    parents: &[TransactionGuid],
) -> Result<Vec<Transaction>, StoreError> {
    tx.query(&CHILDREN, params![user, Each::of(parents)]).await
}

/// The live transactions of an account, newest first.
pub async fn of_account(
    tx: &Tx,
    user: &UserGuid,
    account: &AccountGuid,
) -> Result<Vec<Transaction>, StoreError> {
    tx.query(&OF_ACCOUNT, params![user, account]).await
}

/// Hides the transactions of an account.
pub async fn hide_of_account(
    tx: &Tx,
    user: &UserGuid,
    account: &AccountGuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(&HIDE_OF_ACCOUNT, params![at, user, account]).await?;
    raise_revision(tx, user, at).await
}

/// The live transactions of a category alone, newest first.
pub async fn of_category(
    tx: &Tx,
    user: &UserGuid,
    category: &CategoryGuid,
) -> Result<Vec<Transaction>, StoreError> {
    tx.query(&OF_CATEGORY, params![user, category]).await
}

/// Puts the live transactions of one category of a user under another.
pub async fn move_category(
    tx: &Tx,
    user: &UserGuid,
    from: &CategoryGuid,
    to: &CategoryGuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(&MOVE_CATEGORY, params![to, at, user, from]).await?;
    raise_revision(tx, user, at).await
}

/// Hides transactions of a member, `limit` at most, and gives them as they are then.
pub async fn hide_some(
    tx: &Tx,
    user: &UserGuid,
    member: &MemberGuid,
    at: Timestamp,
    limit: i64,
) -> Result<Vec<Transaction>, StoreError> {
    let hidden = tx.query(&HIDE_SOME, params![at, user, member, limit]).await?;
    if !hidden.is_empty() {
        raise_revision(tx, user, at).await?;
    }
    Ok(hidden)
}

/// Removes the transactions of a user that goes.
pub(crate) async fn delete_of_user(tx: &Tx, user: &UserGuid) -> Result<(), StoreError> {
    tx.execute(&DELETE_OF_USER, params![user]).await?;
    tx.execute(&DELETE_REVISION, params![user]).await.map(drop)
}

impl Window {
    fn bounds(&self) -> [Value<'_>; 2] {
        match self {
            Self::Dates(from, to) => [from.to_value(), to.to_value()],
            Self::Created(from, to) | Self::Updated(from, to) => [from.to_value(), to.to_value()],
        }
    }
}
