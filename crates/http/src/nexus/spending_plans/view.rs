//! A spending plan and its parts as answers show them.

use riverbank_engine::spending_plans;
use riverbank_model::guid::{
    AccountGuid, CategoryGuid, ClientGuid, ScheduledPaymentGuid, SpendingPlanAccountGuid, SpendingPlanGuid,
    SpendingPlanItemGuid, SpendingPlanIterationGuid, TransactionGuid, UserGuid,
};
use riverbank_model::money::Money;
use riverbank_model::spending_plan::ItemType;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Pagination;
use crate::nexus::object::{Number, object};
use crate::query::Paging;
use crate::values::{Day, Moment};

object! {
    /// What a user means to spend and to earn, month by month.
    pub(in crate::nexus) SpendingPlan(spending_plans::SpendingPlan) as "SpendingPlanResponse";
    |plan| {
        plain created_at: Option<Moment> = Some(Moment(plan.created_at));
        plain current_iteration_number: Option<i64> = Some(plan.current_iteration_number);
        plain guid: Option<&SpendingPlanGuid> = Some(&plan.guid);
        plain updated_at: Option<Moment> = Some(Moment(plan.updated_at));
        plain user_guid: Option<&UserGuid> = Some(&plan.user_guid);
    }
}

object! {
    /// An account that feeds a spending plan.
    pub(in crate::nexus) PlanAccount((spending_plans::SpendingPlanAccount, ClientGuid)) as "SpendingPlanAccountResponse";
    |view| {
        plain account_guid: &AccountGuid = &view.0.account_guid;
        plain client_guid: Option<&ClientGuid> = Some(&view.1);
        plain created_at: Moment = Moment(view.0.created_at);
        plain guid: &SpendingPlanAccountGuid = &view.0.guid;
        plain spending_plan_guid: &SpendingPlanGuid = &view.0.spending_plan_guid;
        plain updated_at: Moment = Moment(view.0.updated_at);
        plain user_guid: &UserGuid = &view.0.user_guid;
    }
}

object! {
    /// A calendar month of a spending plan.
    pub(in crate::nexus) Iteration(spending_plans::Iteration) as "SpendingPlanIterationResponse";
    |iteration| {
        plain created_at: Moment = Moment(iteration.created_at);
        plain end_on: Day = Day(iteration.end_on);
        plain guid: &SpendingPlanIterationGuid = &iteration.guid;
        plain iteration_number: i64 = iteration.iteration_number;
        plain spending_plan_guid: &SpendingPlanGuid = &iteration.spending_plan_guid;
        plain start_on: Day = Day(iteration.start_on);
        plain updated_at: Moment = Moment(iteration.updated_at);
        plain user_guid: &UserGuid = &iteration.user_guid;
    }
}

object! {
    /// What is planned of the month that it is, and what came of it.
    pub(in crate::nexus) IterationItem(spending_plans::ItemView) as "SpendingPlanIterationItemResponse";
    |view| {
        plain actual_amount: Option<Money> = Some(view.actual_amount);
        plain category_guid: Option<&CategoryGuid> = view.item.category_guid.as_ref();
        plain created_at: Option<Moment> = Some(Moment(view.item.created_at));
        plain guid: Option<&SpendingPlanItemGuid> = Some(&view.item.guid);
        plain item_type: Option<Number<ItemType>> = view.item.item_type.map(Number);
        plain planned_amount: Option<Money> = Some(view.item.planned_amount);
        plain scheduled_payment_guid: Option<&ScheduledPaymentGuid> = view.item.scheduled_payment_guid.as_ref();
        plain spending_plan_iteration_guid: Option<&SpendingPlanIterationGuid> = Some(&view.item.spending_plan_iteration_guid);
        plain top_level_category_guid: Option<&CategoryGuid> = view.item.top_level_category_guid.as_ref();
        plain transaction_guids: Option<Vec<TransactionGuid>> = Some(view.transaction_guids.clone());
        plain updated_at: Option<Moment> = Some(Moment(view.item.updated_at));
        plain user_guid: Option<&UserGuid> = Some(&view.item.user_guid);
    }
}

/// A plan with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SpendingPlanResponseBody)]
pub(super) struct SpendingPlanBody {
    pub(super) spending_plan: SpendingPlan,
}

/// Plans with their root, and which page of them it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SpendingPlansResponseBody)]
pub(super) struct SpendingPlansBody {
    pub(super) spending_plans: Vec<SpendingPlan>,
    pub(super) pagination: Pagination,
}

/// An account of a plan with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SpendingPlanAccountResponseBody)]
pub(super) struct PlanAccountBody {
    pub(super) spending_plan_account: PlanAccount,
}

/// The accounts of a plan with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SpendingPlanAccountsResponseBody)]
pub(super) struct PlanAccountsBody {
    pub(super) spending_plan_accounts: Vec<PlanAccount>,
}

/// A month with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SpendingPlanIterationResponseBody)]
pub(super) struct IterationBody {
    pub(super) iteration: Iteration,
}

/// Months with their root, and which page of them it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SpendingPlanIterationsResponseBody)]
pub(super) struct IterationsBody {
    pub(super) iterations: Vec<Iteration>,
    pub(super) pagination: Pagination,
}

/// An item with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SpendingPlanIterationItemResponseBody)]
pub(super) struct IterationItemBody {
    pub(super) iteration_item: IterationItem,
}

impl From<spending_plans::ItemView> for IterationItemBody {
    fn from(view: spending_plans::ItemView) -> Self {
        Self { iteration_item: IterationItem(view) }
    }
}

/// Items with their root, and which page of them it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SpendingPlanIterationItemsResponseBody)]
pub(super) struct IterationItemsBody {
    pub(super) iteration_items: Vec<IterationItem>,
    pub(super) pagination: Pagination,
}

/// The page of a list that was read whole.
pub(super) fn page_of<T>(all: impl ExactSizeIterator<Item = T>, paging: Paging) -> (Vec<T>, Pagination) {
    let pagination = Pagination::of(paging, u64::try_from(all.len()).unwrap_or(u64::MAX));
    let offset = usize::try_from(paging.offset()).unwrap_or(usize::MAX);
    let per_page = usize::try_from(paging.per_page).unwrap_or(usize::MAX);
    (all.skip(offset).take(per_page).collect(), pagination)
}
