//! What an item may say of itself.

use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::{CategoryGuid, ScheduledPaymentGuid};
use riverbank_model::money::Money;
use riverbank_model::spending_plan::ItemType;
use riverbank_store::spending_plans::IterationItem;
use riverbank_store::{Tx, scheduled_payments};

use crate::categories::top_of;
use crate::fault::faults;
use crate::{Caller, Fault};

/// What is written of an item; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct ItemChanges {
    /// What is planned, not negative.
    pub planned_amount: Money,
    /// What it is.
    pub item_type: Option<ItemType>,
    /// The category, as sent.
    pub category_guid: Option<String>,
    /// The category above, as sent; found when absent.
    pub top_level_category_guid: Option<String>,
    /// The payment, as sent.
    pub scheduled_payment_guid: Option<String>,
}

/// Why there can be no such item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidItem {
    /// Below nothing.
    #[error("planned_amount must not be negative.")]
    NegativeAmount,
    /// Its category is none.
    #[error("category_guid is not the guid of a category.")]
    NoSuchCategory,
    /// Its category at the top is none, or not that above its category.
    #[error("top_level_category_guid is not the guid of the category at the top.")]
    NotTheTop,
    /// Its payment is none.
    #[error("scheduled_payment_guid is not the guid of a scheduled payment.")]
    NoSuchPayment,
}

/// Why an item is not written.
#[derive(Debug, thiserror::Error)]
pub enum ItemError {
    /// There is no such plan, or no such item in its month.
    #[error("no such item")]
    NotFound,
    /// There can be no such item.
    #[error(transparent)]
    Invalid(#[from] InvalidItem),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(ItemError);

impl ItemChanges {
    /// Writes what was told over an item.
    pub(super) async fn write(
        self,
        tx: &Tx,
        caller: &Caller,
        item: &mut IterationItem,
    ) -> Result<(), ItemError> {
        if self.planned_amount < Money::ZERO {
            return Err(InvalidItem::NegativeAmount.into());
        }
        item.planned_amount = self.planned_amount;
        item.item_type = self.item_type.or(item.item_type);
        if let Some(told) = self.category_guid {
            let category = told.parse::<CategoryGuid>().map_err(|_| InvalidItem::NoSuchCategory)?;
            let top = top_of(tx, &caller.user, &category).await?.ok_or(InvalidItem::NoSuchCategory)?;
            item.category_guid = Some(category);
            item.top_level_category_guid = Some(top.guid());
            if self.top_level_category_guid.is_some_and(|told| told != top.guid().as_str()) {
                return Err(InvalidItem::NotTheTop.into());
            }
        } else if let Some(told) = self.top_level_category_guid {
            let top = told.parse().ok().filter(is_at_the_top).ok_or(InvalidItem::NotTheTop)?;
            if item.top_level_category_guid.as_ref() != Some(&top) {
                item.category_guid = None;
            }
            item.top_level_category_guid = Some(top);
        }
        if let Some(told) = self.scheduled_payment_guid {
            let guid = told.parse::<ScheduledPaymentGuid>().map_err(|_| InvalidItem::NoSuchPayment)?;
            let known = scheduled_payments::find(tx, &caller.user, &guid).await?;
            known.ok_or(InvalidItem::NoSuchPayment)?;
            item.scheduled_payment_guid = Some(guid);
        }
        Ok(())
    }
}

fn is_at_the_top(category: &CategoryGuid) -> bool {
    DefaultCategory::from_guid(category).is_some_and(|default| default.parent().is_none())
}
