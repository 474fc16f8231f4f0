//! What an insight is about: `GET /insights/{insight_guid}/accounts` and its like. What has gone since is left out.

use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::{
    AccountGuid, CategoryGuid, Guid, InsightGuid, MerchantGuid, ScheduledPaymentGuid, TransactionGuid,
};
use riverbank_model::insight::LinkKind;
use riverbank_store::page::Page;
use riverbank_store::{accounts, categories, scheduled_payments, transactions};

use crate::accounts::{AccountList, Origins};
use crate::categories::{CategoryView, OwnCategories};
use crate::scheduled_payments::ScheduledPaymentList;
use crate::transactions::{TransactionList, TransactionView};
use crate::{Caller, Engine, Fault};

impl Engine {
    /// The ids of what an insight of the caller is about of one kind, in their order; none when there is no such insight.
    async fn linked<G: Guid>(
        &self,
        caller: &Caller,
        guid: &InsightGuid,
        kind: LinkKind,
    ) -> Result<Option<Vec<G>>, Fault> {
        let view = self.read_insight(caller, guid).await?;
        Ok(view.map(|view| view.guids(kind)))
    }

    /// The accounts that an insight of the caller is about; none when there is no such insight.
    pub async fn list_insight_accounts(
        &self,
        caller: &Caller,
        guid: &InsightGuid,
        page: Page,
    ) -> Result<Option<AccountList>, Fault> {
        let linked = self.linked::<AccountGuid>(caller, guid, LinkKind::Account).await?;
        let Some(linked) = linked else { return Ok(None) };
        let reader = self.store().read().await?;
        let mut found = accounts::some(&reader, &caller.user, &linked).await?;
        found.sort_by_key(|row| linked.iter().position(|guid| *guid == row.guid));
        let (found, total) = cut(found, page);
        let origins = Origins::read(&reader, &caller.user).await?;
        drop(reader);
        Ok(Some(AccountList { accounts: self.account_views(found, &origins).await?, total }))
    }

    /// The categories that an insight of the caller is about, and how many there are in all; none when there is no such
    /// insight.
    pub async fn list_insight_categories(
        &self,
        caller: &Caller,
        guid: &InsightGuid,
        page: Page,
    ) -> Result<Option<(Vec<CategoryView>, i64)>, Fault> {
        let linked = self.linked::<CategoryGuid>(caller, guid, LinkKind::Category).await?;
        let Some(linked) = linked else { return Ok(None) };
        let reader = self.store().read().await?;
        let mut found = Vec::new();
        for category in &linked {
            let default = DefaultCategory::from_guid(category).map(CategoryView::from);
            let own = match default {
                Some(_) => None,
                None => categories::find(&reader, &caller.user, category).await?,
            };
            found.extend(default.or_else(|| own.map(CategoryView::from)));
        }
        Ok(Some(cut(found, page)))
    }

    /// The merchants that an insight of the caller is about, and how many there are in all; none when there is no such
    /// insight.
    pub async fn list_insight_merchants(
        &self,
        caller: &Caller,
        guid: &InsightGuid,
        page: Page,
    ) -> Result<Option<(Vec<MerchantGuid>, i64)>, Fault> {
        let linked = self.linked::<MerchantGuid>(caller, guid, LinkKind::Merchant).await?;
        let Some(mut linked) = linked else { return Ok(None) };
        let catalogue = self.catalogue().await?;
        linked.retain(|merchant| catalogue.merchants().merchant(merchant).is_some());
        Ok(Some(cut(linked, page)))
    }

    /// The scheduled payments that an insight of the caller is about; none when there is no such insight.
    pub async fn list_insight_scheduled_payments(
        &self,
        caller: &Caller,
        guid: &InsightGuid,
        page: Page,
    ) -> Result<Option<ScheduledPaymentList>, Fault> {
        let linked = self.linked::<ScheduledPaymentGuid>(caller, guid, LinkKind::ScheduledPayment).await?;
        let Some(linked) = linked else { return Ok(None) };
        let reader = self.store().read().await?;
        let mut found = Vec::new();
        for payment in &linked {
            found.extend(scheduled_payments::find(&reader, &caller.user, payment).await?);
        }
        let (payments, total) = cut(found, page);
        Ok(Some(ScheduledPaymentList { payments, total }))
    }

    /// The transactions that an insight of the caller is about; none when there is no such insight.
    pub async fn list_insight_transactions(
        &self,
        caller: &Caller,
        guid: &InsightGuid,
        page: Page,
    ) -> Result<Option<TransactionList>, Fault> {
        let linked = self.linked::<TransactionGuid>(caller, guid, LinkKind::Transaction).await?;
        let Some(linked) = linked else { return Ok(None) };
        let reader = self.store().read().await?;
        let mut found = transactions::some(&reader, &caller.user, &linked).await?;
        found.sort_by_key(|row| linked.iter().position(|guid| *guid == row.guid));
        let (found, total) = cut(found, page);
        let origins = Origins::read(&reader, &caller.user).await?;
        let own = OwnCategories::behind(&reader, &caller.user, &found).await?;
        let transactions = found.into_iter().map(|row| TransactionView::of(row, &origins, &own)).collect();
        Ok(Some(TransactionList { transactions, total }))
    }
}

/// A page of what there is, and how much that is in all.
fn cut<T>(all: Vec<T>, page: Page) -> (Vec<T>, i64) {
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let [offset, limit] = [page.offset, page.limit].map(|number| usize::try_from(number).unwrap_or_default());
    (all.into_iter().skip(offset).take(limit).collect(), total)
}
