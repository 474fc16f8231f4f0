//! The payments that users expect: those that a client made, and those that were predicted.

use jiff::Timestamp;
use jiff::civil::Date;
use riverbank_model::guid::{MerchantGuid, ScheduledPaymentGuid, UserGuid};
use riverbank_model::money::Money;
use riverbank_model::recurrence::{Recurrence, RecurrenceType};
use riverbank_model::transaction::TransactionType;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};
use crate::page::Page;

row! {
    /// A scheduled payment as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ScheduledPayment {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: ScheduledPaymentGuid,
        /// Never negative.
        pub amount: Money,
        /// What it is for.
        pub description: String,
        /// The day on which it is expected.
        pub occurs_on: Date,
        /// The direction.
        pub transaction_type: TransactionType,
        /// Whether it has been made; never of one that comes again.
        pub is_completed: bool,
        /// Whether it comes again, as told; none when nothing was.
        pub is_recurring: Option<bool>,
        /// Who is paid or pays; of a merchant there is one that is not completed.
        pub merchant_guid: Option<MerchantGuid>,
        /// How often it comes, if it comes again.
        pub recurrence_type: Option<RecurrenceType>,
        /// On which day of the week or the month it comes, if it comes again.
        pub recurrence_day: Option<i64>,
        /// Whether it follows from the transactions, and no client has made or changed it.
        pub is_predicted: bool,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

impl ScheduledPayment {
    /// How often and on which day it comes; none of one that comes once.
    pub fn recurrence(&self) -> Option<Recurrence> {
        Recurrence::new(self.recurrence_type?, self.recurrence_day?)
    }

    /// Whether it and another cannot both be there: of a merchant there is one that is not completed.
    pub fn rivals(&self, other: &Self) -> bool {
        let is_open = !self.is_completed && !other.is_completed;
        is_open
            && self.merchant_guid.is_some()
            && self.merchant_guid == other.merchant_guid
            && self.guid != other.guid
    }

    /// Has it come so, or once.
    pub fn recur(&mut self, recurrence: Option<Recurrence>) {
        self.recurrence_type = recurrence.map(Recurrence::recurrence_type);
        self.recurrence_day = recurrence.map(|recurrence| recurrence.day().into());
    }
}

statements! {
    LIST: ScheduledPayment = "select {columns} from scheduled_payments where user_guid = $1
        order by created_at, guid limit $2 offset $3";
    COUNT: (i64,) = "select count(*) from scheduled_payments where user_guid = $1";
    OPEN: ScheduledPayment = "select {columns} from scheduled_payments
        where user_guid = $1 and not is_completed order by created_at, guid";
    FIND: ScheduledPayment = "select {columns} from scheduled_payments where user_guid = $1 and guid = $2";
    UPSERT for ScheduledPayment = "insert into scheduled_payments ({columns}) values ({values})
        on conflict (user_guid, guid) do update set amount = excluded.amount, description = excluded.description,
        occurs_on = excluded.occurs_on, transaction_type = excluded.transaction_type,
        is_completed = excluded.is_completed, is_recurring = excluded.is_recurring,
        merchant_guid = excluded.merchant_guid, recurrence_type = excluded.recurrence_type,
        recurrence_day = excluded.recurrence_day, is_predicted = excluded.is_predicted,
        updated_at = excluded.updated_at";
    DELETE = "delete from scheduled_payments where user_guid = $1 and guid = $2";
    DISMISS = "insert into dismissed_predictions (user_guid, merchant_guid) values ($1, $2)
        on conflict (user_guid, merchant_guid) do nothing";
    DISMISSED: (MerchantGuid,) = "select merchant_guid from dismissed_predictions where user_guid = $1";
    RECALL = "delete from dismissed_predictions where user_guid = $1 and merchant_guid = $2";
}

/// A page of a user's scheduled payments in the order in which they were made, and how many there are in all.
pub async fn list(tx: &Tx, user: &UserGuid, page: Page) -> Result<(Vec<ScheduledPayment>, i64), StoreError> {
    let rows = tx.query(&LIST, params![user, page.limit, page.offset]).await?;
    let total = page.total(rows.len(), async || Ok(tx.query_one(&COUNT, params![user]).await?.0));
    Ok((rows, total.await?))
}

/// A user's scheduled payments that are not completed, in the order in which they were made.
pub async fn open(tx: &Tx, user: &UserGuid) -> Result<Vec<ScheduledPayment>, StoreError> {
    tx.query(&OPEN, params![user]).await
}

/// A scheduled payment of a user.
pub async fn find(
    tx: &Tx,
    user: &UserGuid,
    guid: &ScheduledPaymentGuid,
) -> Result<Option<ScheduledPayment>, StoreError> {
    tx.query_opt(&FIND, params![user, guid]).await
}

/// Writes a scheduled payment over the one with the same id. Whoever does holds its user.
pub async fn store(tx: &Tx, payment: &ScheduledPayment) -> Result<(), StoreError> {
    tx.execute(&UPSERT, &payment.values()).await.map(drop)
}

/// Removes a scheduled payment.
pub async fn delete(tx: &Tx, payment: &ScheduledPayment) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![payment.user_guid, payment.guid]).await.map(drop)
}

/// Notes that a user wants no payment of a merchant to be predicted.
pub async fn dismiss(tx: &Tx, user: &UserGuid, merchant: &MerchantGuid) -> Result<(), StoreError> {
    tx.execute(&DISMISS, params![user, merchant]).await.map(drop)
}

/// The merchants of which a user wants no payment to be predicted.
pub async fn dismissed(tx: &Tx, user: &UserGuid) -> Result<Vec<MerchantGuid>, StoreError> {
    let found = tx.query(&DISMISSED, params![user]).await?;
    Ok(found.into_iter().map(|(merchant,)| merchant).collect())
}

/// Has payments of a merchant be predicted again.
pub async fn recall(tx: &Tx, user: &UserGuid, merchant: &MerchantGuid) -> Result<(), StoreError> {
    tx.execute(&RECALL, params![user, merchant]).await.map(drop)
}
