//! The Nexus face: what a partner's backend does in the name of one user.

mod account_numbers;
mod account_owners;
mod accounts;
mod beats;
mod budgets;
mod categories;
mod credential;
mod deliverables;
mod export;
mod fixed;
mod goals;
mod holdings;
mod insights;
mod institutions;
mod jobs;
pub(crate) mod members;
mod merchants;
mod micro_deposits;
mod monthly_cash_flow_profile;
mod notifications;
mod object;
mod scheduled_payments;
mod sessions;
mod spending_plans;
mod taggings;
mod tags;
mod transaction_rules;
mod transactions;
mod user;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

pub use export::LedgerDocument;
pub use fixed::test_endpoints;

/// The routes of the Nexus face.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .merge(sessions::routes())
        .merge(user::routes())
        .merge(institutions::routes())
        .merge(members::routes())
        .merge(micro_deposits::routes())
        .merge(jobs::routes())
        .merge(accounts::routes())
        .merge(account_owners::routes())
        .merge(account_numbers::routes())
        .merge(transactions::routes())
        .merge(categories::routes())
        .merge(budgets::routes())
        .merge(monthly_cash_flow_profile::routes())
        .merge(goals::routes())
        .merge(scheduled_payments::routes())
        .merge(spending_plans::routes())
        .merge(beats::routes())
        .merge(insights::routes())
        .merge(notifications::routes())
        .merge(deliverables::routes())
        .merge(holdings::routes())
        .merge(transaction_rules::routes())
        .merge(tags::routes())
        .merge(taggings::routes())
        .merge(merchants::routes())
}
