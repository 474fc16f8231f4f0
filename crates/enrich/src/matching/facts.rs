//! What of a told transaction is compared.

use std::hash::{Hash, Hasher};

use jiff::Timestamp;
use jiff::civil::Date;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};

use super::likeness::normal;

/// Every fact of a told transaction, its id among them.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a>(pub &'a FeedTransaction);

impl PartialEq for Facts<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// No fact is a float, so a row always equals itself.
impl Eq for Facts<'_> {}

impl Hash for Facts<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let told = self.0;
        (&told.id, told.amount, &told.description, told.posted_on, told.transacted_on).hash(state);
    }
}

/// The facts that make one booking, whatever its id.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Booking {
    date: Date,
    amount: Money,
    transaction_type: TransactionType,
    status: TransactionStatus,
    check_number: Option<String>,
    text: String,
}

/// The booking of a told transaction; `None` when it has no date.
pub(super) fn booking(told: &FeedTransaction) -> Option<Booking> {
    Some(Booking {
        date: told.date()?,
        amount: told.amount,
        transaction_type: told.transaction_type,
        status: told.status,
        check_number: told.check_number.clone(),
        text: normal(&told.description),
    })
}

/// An order of rows in which only rows that say the same are equal.
pub(super) fn order(told: &FeedTransaction) -> impl Ord + use<'_> {
    let times: [Option<Timestamp>; 2] = [told.transacted_at, told.posted_at];
    (
        (told.date(), told.amount, told.transaction_type.id(), told.status.id()),
        (&told.description, &told.id, &told.memo, &told.check_number, &told.kind),
        (told.transacted_on, told.posted_on, times),
        (&told.currency_code, told.merchant_category_code, told.is_international),
    )
}
