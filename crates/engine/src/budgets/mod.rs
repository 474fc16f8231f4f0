//! Budgets: monthly limits of what is spent under a category, and what is left of them.

mod create;
mod delete;
mod generate;
mod list;
mod read;
mod spending;
mod update;
mod view;

use riverbank_model::guid::CategoryGuid;
use riverbank_model::money::Money;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::budgets::Budget;
use riverbank_store::{StoreError, Tx, clients, members};

pub use create::{CreateBudget, CreateBudgetError};
pub use generate::GenerateBudgetsError;
pub use update::{UpdateBudget, UpdateBudgetError};
pub use view::BudgetView;

pub(crate) use spending::Spending;

use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// What the budgets below one come to, one of them left out.
fn below(budgets: &[Budget], parent: &Budget, except: Option<&Budget>) -> Money {
    let is_counted = |one: &&Budget| {
        one.parent_guid.as_ref() == Some(&parent.guid) && except.is_none_or(|except| except.guid != one.guid)
    };
    budgets.iter().filter(is_counted).map(|one| one.amount).sum()
}

impl Engine {
    /// A new budget of a caller for a category at the top, not written yet; none when the user has gone.
    async fn new_budget(
        &self,
        tx: &Tx,
        caller: &Caller,
        category_guid: CategoryGuid,
        amount: Money,
    ) -> Result<Option<Budget>, StoreError> {
        let Some(number) = members::next_number(tx, &caller.user).await? else { return Ok(None) };
        let now = self.now();
        Ok(Some(Budget {
            user_guid: caller.user.clone(),
            guid: self.guid_of(&caller.user, number),
            number,
            category_guid,
            parent_guid: None,
            amount,
            metadata: None,
            revision: 1,
            created_at: now,
            updated_at: now,
        }))
    }

    /// Tells what has happened to budgets of a caller, in this order.
    pub(crate) async fn tell_of_budgets(
        &self,
        tx: &Tx,
        caller: &Caller,
        happened: &[(BudgetView, Action)],
    ) -> Result<(), Fault> {
        let mut news = News::of_caller(self, tx, caller).await?;
        if happened.is_empty() || !news.hears(EventKind::Budget) {
            return Ok(());
        }
        let Some(client) = clients::find(tx, &caller.client).await? else { return Ok(()) };
        for (view, action) in happened {
            news.budget(view, &client.client_id, *action)?;
        }
        news.write().await
    }
}

#[cfg(test)]
mod tests;
