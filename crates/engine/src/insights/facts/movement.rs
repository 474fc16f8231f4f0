//! What has moved.

use jiff::civil::Date;
use riverbank_enrich::{Category as DefaultCategory, Flags};
use riverbank_model::guid::{AccountGuid, CategoryGuid, MerchantGuid, TransactionGuid};
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};
use riverbank_store::categories::Category;
use riverbank_store::movements;

use crate::transactions::flags_of;

/// A transaction, as far as templates look at it.
#[derive(Clone, Debug)]
pub(in crate::insights) struct Movement {
    pub(in crate::insights) guid: TransactionGuid,
    pub(in crate::insights) account: AccountGuid,
    /// Never negative.
    pub(in crate::insights) amount: Money,
    /// Whether it came in.
    pub(in crate::insights) is_credit: bool,
    /// Whether it is booked.
    pub(in crate::insights) is_posted: bool,
    pub(in crate::insights) date: Date,
    /// What is shown.
    pub(in crate::insights) description: String,
    /// The raw text.
    pub(in crate::insights) feed_description: String,
    /// The category in force.
    pub(in crate::insights) category: CategoryGuid,
    /// The category at the top of its branch; none of a category that is gone.
    pub(in crate::insights) top: Option<DefaultCategory>,
    pub(in crate::insights) flags: Flags,
    pub(in crate::insights) merchant: Option<MerchantGuid>,
    /// Whether it is known to be of a series.
    pub(in crate::insights) is_recurring: bool,
    pub(in crate::insights) check_number: Option<String>,
}

impl Movement {
    pub(super) fn of(row: movements::Movement, own: &[Category]) -> Self {
        let category = DefaultCategory::from_guid(&row.category_guid).or_else(|| {
            let own = own.iter().find(|own| own.guid == row.category_guid);
            own.and_then(|own| DefaultCategory::from_guid(&own.parent_guid))
        });
        Self {
            guid: row.guid,
            account: row.account_guid,
            amount: row.amount,
            is_credit: row.transaction_type == TransactionType::Credit,
            is_posted: row.status == TransactionStatus::Posted,
            date: row.date,
            description: row.description,
            feed_description: row.feed_description,
            category: row.category_guid,
            top: category.map(DefaultCategory::top_level),
            flags: flags_of(row.flags, None),
            merchant: row.merchant_guid,
            is_recurring: row.is_recurring == Some(true),
            check_number: row.check_number,
        }
    }

    /// What it adds to its account, or to what is owed there takes away.
    pub(in crate::insights) fn came_in(&self) -> Money {
        if self.is_credit { self.amount } else { -self.amount }
    }

    /// Whether it went to, or came from, the same as another: the merchant, or else what the text says.
    pub(in crate::insights) fn is_with_the_same(&self, other: &Self) -> bool {
        match (&self.merchant, &other.merchant) {
            (Some(one), Some(two)) => one == two,
            (None, None) => self.description.eq_ignore_ascii_case(&other.description),
            _ => false,
        }
    }
}
