//! Scripted banks: institutions whose answers are written in a file, for tests and demonstrations.
//!
//! [`Script`] is the form of the file, [`ScriptConnector`] follows it, and [`SHIPPED`] are the banks that come
//! with the server. Data that the file does not write out is generated: a household whose accounts, balances and
//! transactions follow from seed, bank, user and login alone, so that each day of it is the same on every visit.

mod attempts;
pub mod authorization;
mod change;
mod connector;
mod consent;
mod data;
mod household;
mod micro_deposits;
mod picture;
mod scenario;
#[cfg(test)]
mod tests;
mod written;

pub use attempts::Attempts;
pub use change::{Alteration, Change};
pub use connector::ScriptConnector;
pub use data::Data;
pub use household::Kind;
pub use micro_deposits::ScriptedDeposits;
pub use picture::Colour;
pub use scenario::{Act, Choice, LoginRule, Question, Script, ScriptFlaw};
pub use written::{WrittenAccount, WrittenHolding, WrittenTransaction};

/// The catalogue files of the test banks, each with its name for messages.
pub const SHIPPED: [(&str, &str); 5] = [
    ("mxbank.toml", include_str!("../../banks/mxbank.toml")),
    ("mx_bank_oauth.toml", include_str!("../../banks/mx_bank_oauth.toml")),
    ("mxcu_credential.toml", include_str!("../../banks/mxcu_credential.toml")),
    ("mxcu_oauth.toml", include_str!("../../banks/mxcu_oauth.toml")),
    ("riverbank_test.toml", include_str!("../../banks/riverbank_test.toml")),
];
