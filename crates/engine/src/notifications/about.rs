//! What a notification is about, as its webhook shows it.

use riverbank_model::guid::{AccountGuid, BudgetGuid, TransactionGuid};
use riverbank_store::{Tx, accounts, budgets, clients, members, transactions};

use super::Notification;
use crate::accounts::AccountView;
use crate::budgets::{BudgetView, Spending};
use crate::categories::OwnCategories;
use crate::transactions::TransactionView;
use crate::{Caller, Engine, Fault};

/// What a notification is about.
#[derive(Clone, Debug)]
pub(crate) enum About {
    /// A budget, with the id of its user's client.
    Budget(Box<BudgetView>, String),
    /// An account, with the partner's own id of its member.
    Account(Box<AccountView>, Option<String>),
    /// A transaction, with the partner's own id of its member.
    Transaction(Box<TransactionView>, Option<String>),
}

impl Engine {
    /// What a notification is about: what set it off, where that is a transaction or a budget, else what it hangs on. None of
    /// what is gone, or of what a partner says.
    pub(super) async fn about(
        &self,
        tx: &Tx,
        caller: &Caller,
        notification: &Notification,
    ) -> Result<Option<About>, Fault> {
        let named = [&notification.deep_link_guid, &notification.entity_guid];
        for guid in named.into_iter().flatten() {
            let found = if let Ok(guid) = guid.parse::<BudgetGuid>() {
                self.about_budget(tx, caller, &guid).await?
            } else if let Ok(guid) = guid.parse::<TransactionGuid>() {
                self.about_transaction(tx, caller, &guid).await?
            } else if let Ok(guid) = guid.parse::<AccountGuid>() {
                self.about_account(tx, caller, &guid).await?
            } else {
                None
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    async fn about_budget(
        &self,
        tx: &Tx,
        caller: &Caller,
        guid: &BudgetGuid,
    ) -> Result<Option<About>, Fault> {
        let budget = budgets::find(tx, &caller.user, guid).await?;
        let client = clients::find(tx, &caller.client).await?;
        let Some((budget, client)) = budget.zip(client) else { return Ok(None) };
        let view = Spending::read(tx, &caller.user, self.now()).await?.view(budget);
        Ok(Some(About::Budget(Box::new(view), client.client_id)))
    }

    async fn about_account(
        &self,
        tx: &Tx,
        caller: &Caller,
        guid: &AccountGuid,
    ) -> Result<Option<About>, Fault> {
        let Some(account) = accounts::find(tx, &caller.user, guid).await? else { return Ok(None) };
        let Some(member) = members::find(tx, &caller.user, &account.member_guid).await? else {
            return Ok(None);
        };
        let view = AccountView::of_member(account, &member, &self.known_catalogue())?;
        Ok(Some(About::Account(Box::new(view), member.partner_id)))
    }

    async fn about_transaction(
        &self,
        tx: &Tx,
        caller: &Caller,
        guid: &TransactionGuid,
    ) -> Result<Option<About>, Fault> {
        let Some(row) = transactions::find(tx, &caller.user, guid).await? else { return Ok(None) };
        let Some(member) = members::find(tx, &caller.user, &row.member_guid).await? else { return Ok(None) };
        let own = OwnCategories::behind(tx, &caller.user, std::slice::from_ref(&row)).await?;
        let view = TransactionView::of_member(row, &member, &own);
        Ok(Some(About::Transaction(Box::new(view), member.partner_id)))
    }
}
