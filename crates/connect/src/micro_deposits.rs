//! Who sends micro deposits.

use std::error::Error;

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_model::Secrets;
use riverbank_model::guid::{MicroDepositGuid, UserGuid};
use riverbank_model::money::Money;

/// Sends two small deposits to an account and tells what becomes of them.
///
/// Nothing is kept between calls: an order is known again by its id, so that a call whose answer was lost may be made once
/// more.
#[async_trait]
pub trait MicroDepositProvider: Send + Sync {
    /// Whether deposits can be sent to the institution with this routing number.
    fn reaches(&self, routing_number: &str) -> bool;

    /// The name of that institution, where it is known.
    fn institution_name(&self, routing_number: &str) -> Option<String>;

    /// The amounts of a new verification.
    fn amounts(&self, secrets: &dyn Secrets) -> [Money; 2];

    /// Orders the deposits.
    async fn order(&self, deposit: &Deposit<'_>, now: Timestamp) -> Result<Step, NotMade>;

    /// Looks whether they have arrived, or have come back since.
    async fn follow(&self, deposit: &Deposit<'_>, now: Timestamp) -> Result<Step, NotMade>;

    /// When it next does what it does for all orders at once; never, where it does nothing of the kind.
    fn next_round(&self, _after: Timestamp) -> Option<Timestamp> {
        None
    }

    /// Does what is due for all orders at once; how much that was.
    async fn round(&self, _now: Timestamp) -> Result<usize, Setback> {
        Ok(0)
    }
}

/// What is to be sent, and where.
#[derive(Clone, Copy, Debug)]
pub struct Deposit<'a> {
    /// The user whose account it is.
    pub owner: &'a UserGuid,
    /// Tells this order from every other of the user.
    pub id: &'a MicroDepositGuid,
    /// The name of the account's holder.
    pub holder: &'a str,
    /// The number of the account.
    pub account_number: &'a str,
    /// The bank that has it.
    pub routing_number: &'a str,
    /// Savings, and not checking.
    pub is_savings: bool,
    /// What is sent.
    pub amounts: [Money; 2],
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing yet: make the same call again then.
    NotYet(Timestamp),
    /// It is done; there may be more to learn then.
    Done(Timestamp),
}

/// What keeps a provider from its work for now: the same call may be made once more.
pub type Setback = Box<dyn Error + Send + Sync>;

/// A call that did not lead on.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// The deposits cannot be made.
    #[error(transparent)]
    Returned(#[from] Returned),
    /// Not the deposits' doing.
    #[error("the provider of micro deposits is not at work")]
    Setback(#[source] Setback),
}

/// The deposits cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct Returned {
    /// The order itself was refused; else the deposits came back.
    pub is_refused: bool,
    /// The reason as ACH codes it, such as `R03`.
    pub code: String,
    /// The reason in words.
    pub message: String,
}
