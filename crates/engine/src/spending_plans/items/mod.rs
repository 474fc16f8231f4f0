//! What is planned of the month that it is: `/spending_plans/{spending_plan_guid}/iterations/current/iteration_items`.

mod create;
mod delete;
mod terms;
mod update;
mod view;

pub use terms::{InvalidItem, ItemChanges, ItemError};
pub use view::ItemView;
