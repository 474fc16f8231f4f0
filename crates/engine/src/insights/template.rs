//! What a template is, and what it finds.

use jiff::civil::Date;
use riverbank_model::guid::{AccountGuid, CategoryGuid, MerchantGuid, ScheduledPaymentGuid, TransactionGuid};
use riverbank_store::insights::Insight;
use sha2::{Digest as _, Sha256};

use super::Facts;

/// Bytes of a digest: as many as base64 shows in 24 letters (Nexus reference, beats).
const DIGEST: usize = 16;

/// A kind of insight.
#[derive(Debug)]
pub(super) struct Template {
    /// As answers have it. It stands in the rows of users, and so never changes.
    pub(super) name: &'static str,
    /// When it looks.
    pub(super) looks: Looks,
    /// For how long what it found is relevant, as long as nobody has seen it.
    pub(super) relevance: Relevance,
    /// Its place among the templates about deposits, if it is one.
    pub(super) deposit: Option<Deposit>,
    /// What there is to tell. The same facts give the same.
    pub(super) find: fn(&Facts) -> Vec<Found>,
}

/// When a template looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// After every change, and each morning.
    AtChanges,
    /// Each morning only.
    InTheMorning,
}

/// For how long an insight is relevant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relevance {
    /// It tells what has happened, which stays so.
    Lasting,
    /// It tells how things stand: when it is found no longer, it is moot.
    WhileFound,
}

/// The templates about deposits by their rank: of all that fit a transaction, only the first tells of it (Nexus reference,
/// insights).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deposit {
    Tax,
    Government,
    Plan529,
    Hsa,
    Payroll,
    Check,
    Large,
    Savings,
}

/// Something that a template has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// What makes it the same fact when it is found again. No fact is found for longer than insights are kept.
    pub(super) key: String,
    /// Its heading.
    pub(super) title: String,
    /// What it tells.
    pub(super) description: String,
    /// What its button says.
    pub(super) call_to_action: &'static str,
    /// The account that it is about in the first place; one of `accounts` without being named there.
    pub(super) account: Option<AccountGuid>,
    /// The transaction that it is about in the first place; one of `transactions` without being named there.
    pub(super) transaction: Option<TransactionGuid>,
    /// What it is about.
    pub(super) accounts: Vec<AccountGuid>,
    /// What it is about.
    pub(super) categories: Vec<CategoryGuid>,
    /// What it is about.
    pub(super) merchants: Vec<MerchantGuid>,
    /// What it is about.
    pub(super) scheduled_payments: Vec<ScheduledPaymentGuid>,
    /// What it is about.
    pub(super) transactions: Vec<TransactionGuid>,
    /// The last day on which it is relevant, if it has one.
    pub(super) relevant_through: Option<Date>,
}

impl Template {
    /// Whether it looks now.
    pub(super) fn looks(&self, is_morning: bool) -> bool {
        is_morning || self.looks == Looks::AtChanges
    }

    /// The digest of something that it has found. All that deposits are told by share theirs, so that one has but one.
    pub(super) fn digest(&self, found: &Found) -> Vec<u8> {
        let (name, key) = match &found.transaction {
            Some(transaction) if self.deposit.is_some() => ("Deposit", transaction.as_str()),
            _ => (self.name, &*found.key),
        };
        let mut hash = Sha256::new();
        for part in [name, key] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize()[..DIGEST].to_vec()
    }

    /// Whether an insight that it has made tells what holds no longer, after a look that found these digests.
    pub(super) fn is_moot(&self, insight: &Insight, found: &[Vec<u8>]) -> bool {
        self.relevance == Relevance::WhileFound && !found.contains(&insight.digest)
    }
}
