//! What transactions add up to, and what of them recurrence is found by.

use jiff::civil::Date;
use riverbank_model::guid::{AccountGuid, CategoryGuid, MerchantGuid, TransactionGuid, UserGuid};
use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionType;

use crate::db::{Each, StoreError, Tx, params, row, statements};

row! {
    /// What recurrence is found by.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Payment {
        /// Its id.
        pub guid: TransactionGuid,
        /// Its day.
        pub date: Date,
        /// Never negative.
        pub amount: Money,
        /// The direction.
        pub transaction_type: TransactionType,
        /// What is shown.
        pub description: String,
        /// Whether it is known to be of a series.
        pub is_recurring: Option<bool>,
    }
}

row! {
    /// A posted payment of a merchant.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MerchantPayment {
        /// The merchant.
        pub merchant_guid: MerchantGuid,
        /// The account that it stands in.
        pub account_guid: AccountGuid,
        /// Its day.
        pub date: Date,
        /// Never negative.
        pub amount: Money,
        /// The direction.
        pub transaction_type: TransactionType,
        /// What is shown.
        pub description: String,
    }
}

statements! {
    PAYMENTS: Payment = "select {columns} from transactions where user_guid = $1 and account_guid = $2 and date >= $3 and date < $4
        and deleted_at is null and parent_guid is null";
    RECURRING: MerchantPayment = "select {columns} from transactions
        where user_guid = $1 and date >= $2 and is_recurring and deleted_at is null
        and merchant_guid is not null and status = 1 and not is_hidden and parent_guid is null
        and account_guid not in (select guid from accounts where user_guid = $1 and is_hidden)";
    PAID_TO: MerchantPayment = "select {columns} from transactions
        where user_guid = $1 and date >= $2 and deleted_at is null
        and merchant_guid in {each $3} and status = 1 and not is_hidden and parent_guid is null
        and account_guid not in (select guid from accounts where user_guid = $1 and is_hidden)";
    // Whole units and parts of a unit apart, since SQLite gives up at a sum that does not fit an integer. A joined text is no
    // column of an index, so that rows are found by their day and not by their category.
    CATEGORY_TOTALS: (CategoryGuid, i64, i64) filtered by TotalsFilter<'a> {
        /// Those of this account.
        account: &'a AccountGuid = "and account_guid = ?",
        /// Those of these accounts.
        accounts: Each<'a, AccountGuid> = "and account_guid in {each ?}",
    } = "select category_guid || '',
        cast(sum(case transaction_type when 1 then amount / 10000 else -(amount / 10000) end) as bigint),
        cast(sum(case transaction_type when 1 then amount % 10000 else -(amount % 10000) end) as bigint)
        from transactions where user_guid = ? and date >= ? and date <= ? and deleted_at is null {filters}
        and not is_hidden and not has_been_split
        and account_guid not in (select guid from accounts where user_guid = ? and is_hidden)
        group by category_guid || '' order by 1";
    DAILY_TOTALS: (Date, i64, i64) = "select date,
        cast(sum(case transaction_type when 1 then amount / 10000 else -(amount / 10000) end) as bigint),
        cast(sum(case transaction_type when 1 then amount % 10000 else -(amount % 10000) end) as bigint)
        from transactions where user_guid = $1 and account_guid = $2 and date >= $3 and deleted_at is null
        and status = 1 and not has_been_split group by date order by date";
}

/// The transactions of an account from one day to before another, parts of others left out: what recurrence is
/// looked for in.
pub async fn payments(
    tx: &Tx,
    user: &UserGuid,
    account: &AccountGuid,
    (from, before): (Date, Date),
) -> Result<Vec<Payment>, StoreError> {
    tx.query(&PAYMENTS, params![user, account, from, before]).await
}

/// The posted payments of merchants from a day on that are known to come again and again, without what is hidden.
pub async fn recurring(tx: &Tx, user: &UserGuid, from: Date) -> Result<Vec<MerchantPayment>, StoreError> {
    tx.query(&RECURRING, params![user, from]).await
}

/// The posted payments of some merchants from a day on, without what is hidden.
pub async fn paid_to(
    tx: &Tx,
    user: &UserGuid,
    from: Date,
    merchants: &[MerchantGuid],
) -> Result<Vec<MerchantPayment>, StoreError> {
    if merchants.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(&PAID_TO, params![user, from, Each::of(merchants)]).await
}

/// What came in less what went out between two days, both included, for each category of the transactions that count: the
/// live ones that are neither hidden nor split, of accounts that are not hidden.
pub async fn category_totals(
    tx: &Tx,
    user: &UserGuid,
    (from, to): (Date, Date),
    filter: &TotalsFilter<'_>,
) -> Result<Vec<(CategoryGuid, Money)>, StoreError> {
    let found = tx.list(&CATEGORY_TOTALS, params![user, from, to], filter, params![user]).await?;
    Ok(found.into_iter().map(|(category, whole, parts)| (category, joined(whole, parts))).collect())
}

/// What came in less what went out on each day from `from` on, by the posted transactions of an account, oldest first.
pub async fn daily_totals(
    tx: &Tx,
    user: &UserGuid,
    account: &AccountGuid,
    from: Date,
) -> Result<Vec<(Date, Money)>, StoreError> {
    let found = tx.query(&DAILY_TOTALS, params![user, account, from]).await?;
    Ok(found.into_iter().map(|(day, whole, parts)| (day, joined(whole, parts))).collect())
}

/// A sum of whole units and parts of them; the largest there is where it does not fit.
fn joined(whole: i64, parts: i64) -> Money {
    let units = i128::from(whole) * 10_i128.pow(Money::SCALE) + i128::from(parts);
    let most = if units < 0 { i64::MIN } else { i64::MAX };
    Money::from_units(i64::try_from(units).unwrap_or(most))
}
