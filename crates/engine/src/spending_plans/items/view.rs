//! What is planned of the month that it is, with what came of it.

use riverbank_model::guid::{SpendingPlanGuid, SpendingPlanItemGuid, TransactionGuid};
use riverbank_model::money::Money;
use riverbank_store::page::Page;
use riverbank_store::spending_plans::{self, Iteration, IterationItem};
use riverbank_store::{StoreError, Tx, categories, scheduled_payments};

use crate::spending_plans::iterations::current_of;
use crate::spending_plans::share::{Known, Share};
use crate::{Caller, Engine, Fault};

/// An item with what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemView {
    /// The item.
    pub item: IterationItem,
    /// What its transactions add up to.
    pub actual_amount: Money,
    /// Its transactions, oldest first.
    pub transaction_guids: Vec<TransactionGuid>,
}

/// The items of a month with what came of them, in the order in which they were planned.
pub(super) async fn views(tx: &Tx, month: &Iteration) -> Result<Vec<ItemView>, StoreError> {
    let items = spending_plans::items(tx, month).await?;
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let own = categories::of_user(tx, &month.user_guid).await?;
    let (payments, _) = scheduled_payments::list(tx, &month.user_guid, Page::ALL).await?;
    let shares = Known::of(own, payments).shares(&items, &spending_plans::spent(tx, month).await?);
    let view = |(item, share): (IterationItem, Share)| ItemView {
        item,
        actual_amount: share.actual_amount,
        transaction_guids: share.transaction_guids,
    };
    Ok(items.into_iter().zip(shares).map(view).collect())
}

impl Engine {
    /// What is planned of the month that it is; none when there is no such plan.
    pub async fn list_iteration_items(
        &self,
        caller: &Caller,
        plan: &SpendingPlanGuid,
    ) -> Result<Option<Vec<ItemView>>, Fault> {
        let reader = self.store().read().await?;
        match current_of(&reader, caller, plan).await? {
            Some(current) => Ok(Some(views(&reader, &current).await?)),
            None => Ok(None),
        }
    }

    /// An item of the month that it is.
    pub async fn read_iteration_item(
        &self,
        caller: &Caller,
        plan: &SpendingPlanGuid,
        guid: &SpendingPlanItemGuid,
    ) -> Result<Option<ItemView>, Fault> {
        let items = self.list_iteration_items(caller, plan).await?.unwrap_or_default();
        Ok(items.into_iter().find(|view| view.item.guid == *guid))
    }
}
