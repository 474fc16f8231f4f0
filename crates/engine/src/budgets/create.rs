//! Making a budget: `POST /budgets`.

use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::{BudgetGuid, CategoryGuid};
use riverbank_model::money::Money;
use riverbank_model::webhook::Action;
use riverbank_store::Tx;
use riverbank_store::budgets::{self, Budget};

use super::{BudgetView, Spending, below};
use crate::audit::record;
use crate::categories::top_of;
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// What a budget is made of.
#[derive(Clone, Debug, Default)]
pub struct CreateBudget {
    /// The category that it limits, as sent.
    pub category_guid: String,
    /// The budget of the category above, as sent; it is found without being named.
    pub parent_guid: Option<String>,
    /// The monthly limit.
    pub amount: Money,
    /// Free text of the partner.
    pub metadata: Option<String>,
    /// No webhook for this creation.
    pub skip_webhook: bool,
}

/// Why a budget cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateBudgetError {
    /// Below nothing.
    #[error("amount must not be negative.")]
    NegativeAmount,
    /// Its category is none.
    #[error("category_guid is not the guid of a category.")]
    NoSuchCategory,
    /// A category at the top stands below none.
    #[error("parent_guid must be left out for a category at the top.")]
    ParentOfTheTop,
    /// There is one already.
    #[error("The category already has a budget.")]
    CategoryTaken,
    /// The category above has none, or another one.
    #[error("A budget below the top needs the budget of the category above as its parent.")]
    NoParent,
    /// All below one would come to more than it.
    #[error("Sub-budgets exceed the parent budget.")]
    ExceedsParent,
    /// The user has gone in the meantime.
    #[error("The user does not exist.")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateBudgetError);

impl Engine {
    /// Makes a budget of the caller.
    pub async fn create_budget(
        &self,
        caller: &Caller,
        request: CreateBudget,
    ) -> Result<BudgetView, CreateBudgetError> {
        if request.amount < Money::ZERO {
            return Err(CreateBudgetError::NegativeAmount);
        }
        let user = caller.user.clone();
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let held = budgets::lock_of_user(tx, &caller.user).await?.ok_or(CreateBudgetError::NoUser)?;
            let (category_guid, parent_guid) = place(tx, &caller, &request, &held).await?;
            let made = engine.new_budget(tx, &caller, category_guid, request.amount).await?;
            let made = made.ok_or(CreateBudgetError::NoUser)?;
            let budget = Budget { parent_guid, metadata: request.metadata, ..made };
            budgets::store(tx, &budget).await?;
            let (skipped, now) = (request.skip_webhook, budget.created_at);
            record(tx, &caller, "budgets.create", &budget.guid, skipped, now).await?;
            let view = Spending::read(tx, &caller.user, now).await?.view(budget);
            if !skipped {
                engine.tell_of_budgets(tx, &caller, &[(view.clone(), Action::Created)]).await?;
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

/// The category of a new budget, and the budget above it; an error where it cannot stand there.
async fn place(
    tx: &Tx,
    caller: &Caller,
    request: &CreateBudget,
    budgets: &[Budget],
) -> Result<(CategoryGuid, Option<BudgetGuid>), CreateBudgetError> {
    let category = request.category_guid.parse::<CategoryGuid>().ok();
    let category = category.ok_or(CreateBudgetError::NoSuchCategory)?;
    let top = top_of(tx, &caller.user, &category).await?.ok_or(CreateBudgetError::NoSuchCategory)?;
    let of = |category: &CategoryGuid| budgets.iter().find(|budget| budget.category_guid == *category);
    let is_at_the_top = DefaultCategory::from_guid(&category) == Some(top);
    if is_at_the_top && request.parent_guid.is_some() {
        return Err(CreateBudgetError::ParentOfTheTop);
    }
    if of(&category).is_some() {
        return Err(CreateBudgetError::CategoryTaken);
    }
    if is_at_the_top {
        return Ok((category, None));
    }
    let parent = of(&top.guid()).ok_or(CreateBudgetError::NoParent)?;
    if request.parent_guid.as_deref().is_some_and(|named| named != parent.guid.as_str()) {
        return Err(CreateBudgetError::NoParent);
    }
    if below(budgets, parent, None) + request.amount > parent.amount {
        return Err(CreateBudgetError::ExceedsParent);
    }
    Ok((category, Some(parent.guid.clone())))
}
