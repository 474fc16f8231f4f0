//! One account: how a file names it, and what it tells of it.

use riverbank_model::account::AccountType;
use riverbank_model::feed::{AccountFacts, FeedAccount};
use riverbank_model::routing::is_routing_number;
use serde::{Deserialize, Serialize};

use super::reading::Reading;
use super::tables::{self, AccountKindRow};
use crate::ofx::document::Node;

/// The message set that an account belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AccountKind {
    /// `BANKACCTFROM`.
    Bank,
    /// `CCACCTFROM`.
    CreditCard,
    /// `INVACCTFROM`.
    Investment,
}

/// What names an account in requests and answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AccountKey {
    /// The message set.
    pub kind: AccountKind,
    /// `BANKID` or `BROKERID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// `BRANCHID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// `ACCTID`.
    pub number: String,
    /// `ACCTTYPE` in capitals; bank accounts only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_type: Option<String>,
}

impl AccountKey {
    /// The key in an aggregate of that kind, such as `BANKACCTFROM`. None without an `ACCTID`.
    pub(super) fn read(kind: AccountKind, from: Node<'_>) -> Option<Self> {
        let institution = match kind {
            AccountKind::Bank => from.value("BANKID"),
            AccountKind::CreditCard => None,
            AccountKind::Investment => from.value("BROKERID"),
        };
        Some(Self {
            kind,
            institution,
            branch: from.value("BRANCHID").filter(|_| kind == AccountKind::Bank),
            number: from.value("ACCTID")?,
            account_type: from
                .value("ACCTTYPE")
                .filter(|_| kind == AccountKind::Bank)
                .map(|name| name.to_ascii_uppercase()),
        })
    }

    /// The key of a statement; one without an `ACCTID` is kept, under no number.
    pub(super) fn of_statement(reading: &mut Reading, kind: AccountKind, from: Node<'_>) -> Self {
        Self::read(kind, from).unwrap_or_else(|| {
            reading.remark(from, "a statement without ACCTID");
            Self { kind, institution: None, branch: None, number: String::new(), account_type: None }
        })
    }

    /// The id of the account in the feed: unique within the login, and the same in every answer.
    pub fn feed_id(&self) -> String {
        let prefix = match self.kind {
            AccountKind::Bank => "bank",
            AccountKind::CreditCard => "card",
            AccountKind::Investment => "investment",
        };
        let parts = [self.institution.as_deref(), Some(self.number.as_str()), self.account_type.as_deref()];
        let mut id = prefix.to_owned();
        for part in parts.into_iter().flatten() {
            id.push(':');
            id.push_str(&part.replace('%', "%25").replace(':', "%3A"));
        }
        // What follows from a part that is missing in front must not look like that part.
        if self.kind == AccountKind::Bank && self.institution.is_none() {
            id.insert(prefix.len(), ':');
        }
        id
    }

    /// Whether both name the same account; a part that one of them lacks does not count.
    pub fn names_same_as(&self, other: &Self) -> bool {
        let agree = |left: &Option<String>, right: &Option<String>| {
            left.is_none() || right.is_none() || left == right
        };
        self.kind == other.kind
            && self.number == other.number
            && agree(&self.institution, &other.institution)
            && agree(&self.account_type, &other.account_type)
    }

    pub(super) fn row(&self) -> &'static AccountKindRow {
        match self.kind {
            AccountKind::Bank => self
                .account_type
                .as_deref()
                .and_then(tables::bank_account_type)
                .unwrap_or(&tables::UNKNOWN_BANK_ACCOUNT),
            AccountKind::CreditCard => &tables::CREDIT_CARD,
            AccountKind::Investment => &tables::INVESTMENT,
        }
    }

    /// `BANKID` where it is a routing number.
    fn routing_number(&self) -> Option<&str> {
        self.institution.as_deref().filter(|id| self.kind == AccountKind::Bank && is_routing_number(id))
    }
}

/// An account of a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OfxAccount {
    /// How the institution names it.
    pub key: AccountKey,
    /// Whether statements of it can be asked for; `None` where the file does not say.
    pub can_download: Option<bool>,
    /// What the file tells of it.
    #[serde(flatten)]
    pub account: FeedAccount,
}

impl OfxAccount {
    /// An account of which only the key is known.
    pub(super) fn new(reading: &mut Reading, from: Node<'_>, key: AccountKey) -> Self {
        let row = key.row();
        if row.account_type == AccountType::Any
            && let Some(name) = &key.account_type
        {
            reading.remark(from, format!("ACCTTYPE {name:?} is not known"));
        }
        let mut facts = AccountFacts::new(row.account_type, String::new());
        facts.account_subtype = row.subtype;
        facts.account_number = Some(key.number.clone());
        facts.routing_number = key.routing_number().map(str::to_owned);
        Self { can_download: None, account: FeedAccount::new(key.feed_id(), facts), key }
    }

    /// Whether what is owed is told as a negative balance.
    pub(super) fn is_debt(&self) -> bool {
        matches!(self.account.facts.account_type, AccountType::CreditCard | AccountType::LineOfCredit)
    }

    /// Adds what another part of the file tells of the same account.
    pub(super) fn absorb(&mut self, other: Self) {
        let facts = other.account.facts;
        let own = &mut self.account.facts;
        if own.name.is_empty() {
            own.name = facts.name;
        }
        if own.account_type == AccountType::Any {
            own.account_type = facts.account_type;
        }
        own.account_subtype = own.account_subtype.or(facts.account_subtype);
        own.routing_number = own.routing_number.take().or(facts.routing_number);
        own.currency_code = facts.currency_code.or(own.currency_code.take());
        own.balance = facts.balance.or(own.balance);
        own.available_balance = facts.available_balance.or(own.available_balance);
        own.available_credit = facts.available_credit.or(own.available_credit);
        own.cash_balance = facts.cash_balance.or(own.cash_balance);
        own.holdings_value = facts.holdings_value.or(own.holdings_value);
        own.total_account_value = facts.total_account_value.or(own.total_account_value);
        self.can_download = self.can_download.or(other.can_download);
        self.account.transactions.extend(other.account.transactions);
        self.account.transactions_from =
            match (self.account.transactions_from, other.account.transactions_from) {
                (Some(left), Some(right)) => Some(left.min(right)),
                (left, right) => left.or(right),
            };
        if !other.account.holdings.is_empty() {
            self.account.holdings = other.account.holdings;
        }
        for owner in other.account.owners {
            if !self.account.owners.contains(&owner) {
                self.account.owners.push(owner);
            }
        }
    }
}
