//! Listing insights: `GET /insights`, those of an account or a transaction, and `GET /beats`.

use riverbank_model::guid::{AccountGuid, TransactionGuid};
use riverbank_store::insights::{self, Insight};
use riverbank_store::page::Page;
use riverbank_store::{Tx, accounts, transactions, users};

use super::InsightView;
use crate::{Caller, Engine, Fault};

/// A page of insights.
#[derive(Clone, Debug, Default)]
pub struct InsightList {
    /// Newest first.
    pub insights: Vec<InsightView>,
    /// How many there are in all.
    pub total: i64,
}

impl Engine {
    /// The caller's insights, dismissed ones too.
    pub async fn list_insights(&self, caller: &Caller, page: Page) -> Result<InsightList, Fault> {
        let reader = self.store().read().await?;
        let found = insights::list(&reader, &caller.user, page).await?;
        listed(&reader, caller, found).await
    }

    /// The insights about an account of the caller; none when there is no such account.
    pub async fn list_account_insights(
        &self,
        caller: &Caller,
        account: &AccountGuid,
        page: Page,
    ) -> Result<Option<InsightList>, Fault> {
        let reader = self.store().read().await?;
        if accounts::find(&reader, &caller.user, account).await?.is_none() {
            return Ok(None);
        }
        let found = insights::about(&reader, &caller.user, account, page).await?;
        listed(&reader, caller, found).await.map(Some)
    }

    /// The insights about a transaction of the caller; none when there is no such transaction.
    pub async fn list_transaction_insights(
        &self,
        caller: &Caller,
        transaction: &TransactionGuid,
        page: Page,
    ) -> Result<Option<InsightList>, Fault> {
        let reader = self.store().read().await?;
        if transactions::find(&reader, &caller.user, transaction).await?.is_none() {
            return Ok(None);
        }
        let found = insights::about(&reader, &caller.user, transaction, page).await?;
        listed(&reader, caller, found).await.map(Some)
    }
}

async fn listed(tx: &Tx, caller: &Caller, (found, total): (Vec<Insight>, i64)) -> Result<InsightList, Fault> {
    let Some(user) = users::find(tx, &caller.user).await? else { return Ok(InsightList::default()) };
    let guids: Vec<_> = found.iter().map(|insight| insight.guid.clone()).collect();
    let links = insights::links(tx, &caller.user, &guids).await?;
    Ok(InsightList { insights: InsightView::of_all(found, links, &user), total })
}
