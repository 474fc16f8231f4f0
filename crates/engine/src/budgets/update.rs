//! Changing a budget: `PUT /budgets/{budget_guid}`.

use riverbank_model::guid::BudgetGuid;
use riverbank_model::money::Money;
use riverbank_model::webhook::Action;
use riverbank_store::budgets::{self, Budget};

use super::{BudgetView, Spending, below};
use crate::audit::record;
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// The changes to a budget; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateBudget {
    /// The monthly limit.
    pub amount: Option<Money>,
    /// Free text of the partner.
    pub metadata: Option<String>,
    /// No webhook for this change.
    pub skip_webhook: bool,
}

/// Why a budget is not changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateBudgetError {
    /// There is none, or it is another user's.
    #[error("no such budget")]
    NoSuchBudget,
    /// Below nothing.
    #[error("amount must not be negative.")]
    NegativeAmount,
    /// All below one would come to more than it.
    #[error("Sub-budgets exceed the parent budget.")]
    ExceedsParent,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateBudgetError);

impl Engine {
    /// Changes a budget of the caller.
    pub async fn update_budget(
        &self,
        caller: &Caller,
        guid: &BudgetGuid,
        request: UpdateBudget,
    ) -> Result<BudgetView, UpdateBudgetError> {
        if request.amount.is_some_and(|amount| amount < Money::ZERO) {
            return Err(UpdateBudgetError::NegativeAmount);
        }
        let user = caller.user.clone();
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let held = budgets::lock_of_user(tx, &caller.user).await?.unwrap_or_default();
            let before = held.iter().find(|budget| budget.guid == guid);
            let before = before.ok_or(UpdateBudgetError::NoSuchBudget)?;
            let mut budget = before.clone();
            budget.amount = request.amount.unwrap_or(budget.amount);
            budget.metadata = request.metadata.or(budget.metadata);
            if !fits(&budget, &held) {
                return Err(UpdateBudgetError::ExceedsParent);
            }
            let now = engine.now();
            let spending = Spending::read(tx, &caller.user, now).await?;
            if budget == *before {
                return Ok(spending.view(budget));
            }
            budget.revision += 1;
            budget.updated_at = now;
            budgets::store(tx, &budget).await?;
            record(tx, &caller, "budgets.update", &budget.guid, request.skip_webhook, now).await?;
            let view = spending.view(budget);
            if !request.skip_webhook {
                engine.tell_of_budgets(tx, &caller, &[(view.clone(), Action::Updated)]).await?;
            }
            Ok(view)
        });
        let written = writing.await;
        if written.is_ok() {
            self.look_again(&user).await;
        }
        written
    }
}

/// Whether those below a budget come to no more than it, and it with its siblings to no more than their parent.
fn fits(budget: &Budget, budgets: &[Budget]) -> bool {
    let parent = budgets.iter().find(|one| Some(&one.guid) == budget.parent_guid.as_ref());
    below(budgets, budget, None) <= budget.amount
        && parent.is_none_or(|parent| below(budgets, parent, Some(budget)) + budget.amount <= parent.amount)
}
