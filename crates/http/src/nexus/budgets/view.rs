//! A budget as answers show it.

use riverbank_engine::budgets;
use riverbank_model::guid::{BudgetGuid, CategoryGuid, UserGuid};
use riverbank_model::money::{Money, Rate};
use serde::Serialize;
use utoipa::ToSchema;

use crate::nexus::object::object;
use crate::values::Moment;

object! {
    /// A monthly limit for what is spent under a category, and what is spent of it in this calendar month (UTC).
    pub(in crate::nexus) Budget(budgets::BudgetView) as "BudgetResponse";
    |view| {
        plain amount: Money = view.budget.amount;
        plain category_guid: &CategoryGuid = &view.budget.category_guid;
        plain created_at: Moment = Moment(view.budget.created_at);
        plain guid: &BudgetGuid = &view.budget.guid;
        plain is_exceeded: bool = view.is_exceeded();
        plain is_off_track: bool = view.is_off_track();
        plain metadata: Option<&str> = view.budget.metadata.as_deref();
        plain name: Option<&str> = view.name.as_deref();
        plain off_track_percentage: Option<Rate> = None::<Rate>;
        plain parent_guid: Option<&BudgetGuid> = view.budget.parent_guid.as_ref();
        plain percent_spent: Option<Rate> = Some(view.percent_spent());
        plain projected_spending: Money = view.projected_spending;
        plain revision: i64 = view.budget.revision;
        plain transaction_total: Money = view.transaction_total;
        plain updated_at: Moment = Moment(view.budget.updated_at);
        plain user_guid: &UserGuid = &view.budget.user_guid;
    }
}

/// A budget with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BudgetResponseBody)]
pub(super) struct BudgetBody {
    budget: Budget,
}

/// Budgets with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BudgetsResponseBody)]
pub(super) struct BudgetsBody {
    budgets: Vec<Budget>,
}

impl From<budgets::BudgetView> for BudgetBody {
    fn from(view: budgets::BudgetView) -> Self {
        Self { budget: Budget(view) }
    }
}

impl From<Vec<budgets::BudgetView>> for BudgetsBody {
    fn from(views: Vec<budgets::BudgetView>) -> Self {
        Self { budgets: views.into_iter().map(Budget).collect() }
    }
}
