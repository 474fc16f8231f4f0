//! The one place with SQL: the database layer, the schema, the queries, and the vault for secrets.
//!
//! A query module holds the statements of one table and the functions that run them; it takes a [`db::Tx`] and knows
//! no rule of the domain.

pub mod account_merges;
pub mod account_numbers;
pub mod account_owners;
pub mod accounts;
pub mod ach;
pub mod alert_settings;
pub mod api_tokens;
pub mod audit;
pub mod bank_consents;
pub mod budgets;
pub mod categories;
pub mod challenges;
pub mod client_features;
pub mod client_origins;
pub mod clients;
mod codes;
pub mod db;
pub mod deletions;
pub mod deliverables;
pub mod due;
pub mod faults;
pub mod goals;
mod health;
pub mod holdings;
pub mod insight_looks;
pub mod insights;
pub mod institutions;
pub mod jobs;
pub mod lately;
pub mod machine_time;
pub mod member_credentials;
pub mod member_history;
pub mod member_requests;
pub mod members;
pub mod merchants;
pub mod micro_deposits;
mod migrations;
pub mod monthly_cash_flow_profiles;
pub mod movements;
pub mod notifications;
pub mod oauth_states;
pub mod operators;
pub mod page;
pub mod page_addresses;
pub mod page_clients;
pub mod page_sessions;
pub mod raw_answers;
pub mod refreshes;
pub mod retention;
pub mod returning_consents;
pub mod sandbox;
pub mod scheduled_payments;
pub mod sessions;
pub mod settings;
pub mod snapshots;
pub mod spending_plans;
pub mod state;
pub mod taggings;
pub mod tags;
pub mod time_zones;
pub mod transaction_rules;
pub mod transaction_totals;
pub mod transactions;
pub mod users;
pub mod vault;
pub mod webhook_attempts;
pub mod webhook_endpoints;
pub mod webhook_messages;
pub mod whereabouts;

pub use db::{DatabaseUrl, OpenOptions, Reader, Store, StoreError, Tx};
pub use vault::{Keyring, KeyringError, KeyringSource, Place, Sealed, SnapshotKeys, Vault, VaultError};

/// The statements of every module: what a test prepares on both engines. A module that is not listed here has an
/// unused constant.
pub(crate) static CATALOGUE: &[&[&db::StatementText]] = &[
    api_tokens::STATEMENTS,
    account_merges::STATEMENTS,
    account_numbers::STATEMENTS,
    account_owners::STATEMENTS,
    accounts::STATEMENTS,
    ach::STATEMENTS,
    alert_settings::STATEMENTS,
    audit::STATEMENTS,
    bank_consents::STATEMENTS,
    budgets::STATEMENTS,
    categories::STATEMENTS,
    challenges::STATEMENTS,
    client_features::STATEMENTS,
    client_origins::STATEMENTS,
    clients::STATEMENTS,
    db::MIGRATE_STATEMENTS,
    db::TRANSFER_STATEMENTS,
    deletions::STATEMENTS,
    deliverables::STATEMENTS,
    due::STATEMENTS,
    faults::STATEMENTS,
    health::STATEMENTS,
    goals::STATEMENTS,
    holdings::STATEMENTS,
    insight_looks::STATEMENTS,
    insights::STATEMENTS,
    institutions::STATEMENTS,
    jobs::STATEMENTS,
    jobs::log::STATEMENTS,
    jobs::queue::STATEMENTS,
    jobs::steps::STATEMENTS,
    lately::STATEMENTS,
    machine_time::STATEMENTS,
    member_credentials::STATEMENTS,
    member_history::STATEMENTS,
    member_requests::STATEMENTS,
    members::STATEMENTS,
    merchants::STATEMENTS,
    micro_deposits::STATEMENTS,
    monthly_cash_flow_profiles::STATEMENTS,
    movements::STATEMENTS,
    notifications::STATEMENTS,
    oauth_states::STATEMENTS,
    operators::STATEMENTS,
    page_addresses::STATEMENTS,
    page_clients::STATEMENTS,
    page_sessions::STATEMENTS,
    sandbox::STATEMENTS,
    taggings::STATEMENTS,
    tags::STATEMENTS,
    time_zones::STATEMENTS,
    transaction_rules::STATEMENTS,
    transaction_totals::STATEMENTS,
    transactions::STATEMENTS,
    raw_answers::STATEMENTS,
    refreshes::STATEMENTS,
    retention::STATEMENTS,
    returning_consents::STATEMENTS,
    scheduled_payments::STATEMENTS,
    sessions::STATEMENTS,
    settings::STATEMENTS,
    snapshots::STATEMENTS,
    spending_plans::STATEMENTS,
    state::STATEMENTS,
    users::STATEMENTS,
    vault::STATEMENTS,
    webhook_attempts::STATEMENTS,
    webhook_endpoints::STATEMENTS,
    webhook_messages::STATEMENTS,
    webhook_messages::queue::STATEMENTS,
    whereabouts::STATEMENTS,
];
