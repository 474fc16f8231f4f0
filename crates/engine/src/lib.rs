//! What happens: users, sessions, members and their aggregation. Speaks no HTTP and contains no SQL.

mod audit;
mod fault;

pub mod account_numbers;
pub mod account_owners;
pub mod accounts;
pub mod aggregation;
pub mod api_tokens;
pub mod banks;
pub mod budgets;
mod calendar;
pub mod categories;
mod category_sums;
pub mod clients;
pub mod clock;
pub mod control;
pub mod deliverables;
mod engine;
pub mod export;
pub mod fixed;
pub mod goals;
pub mod held_members;
pub mod holdings;
pub mod insights;
pub mod institutions;
pub mod jobs;
mod kept;
mod loaded;
pub mod members;
pub mod merchants;
pub mod micro_deposits;
pub mod monthly_cash_flow_profile;
pub mod notifications;
pub mod oauth;
pub mod pages;
pub mod provenance;
pub mod raw_answers;
mod schedule;
pub mod scheduled_payments;
mod sealing;
pub mod sessions;
pub mod spending_plans;
pub mod taggings;
pub mod tags;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod tokens;
pub mod transaction_rules;
pub mod transactions;
pub mod users;
pub mod webhooks;

pub use engine::{Caller, Engine, Mode, Parts, Settings};
pub use fault::Fault;
pub use loaded::Loaded;
pub use riverbank_store::page::Page;
