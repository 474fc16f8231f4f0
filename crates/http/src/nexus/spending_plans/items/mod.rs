//! `/spending_plans/{spending_plan_guid}/iterations/current/iteration_items`.

pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod read;
mod request;
pub(super) mod update;
