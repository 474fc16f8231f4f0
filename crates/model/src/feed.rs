//! What a connector brings back: accounts, with their transactions, holdings, owners and numbers, as the institution tells
//! them.
//!
//! Everything is exact and as told; cleansing, matching and what users write are other floors' work.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::account::{AccountSubtype, AccountType};
use crate::money::{Money, Quantity, Rate};
use crate::routing::{canadian_routing_number, is_account_number, is_routing_number};
use crate::transaction::{TransactionStatus, TransactionType};

/// The answer of one fetch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Feed {
    /// The accounts of the login, in the institution's order.
    pub accounts: Vec<FeedAccount>,
}

/// One account with what belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedAccount {
    /// The institution's own id of the account, stable over pulls and unique within the login.
    pub id: String,
    /// The facts of the account.
    pub facts: AccountFacts,
    /// Transactions in any order; ids repeat over pulls.
    pub transactions: Vec<FeedTransaction>,
    /// The first day of which the institution told every transaction; `None` when it told none.
    pub transactions_from: Option<Date>,
    /// Positions of an investment account.
    pub holdings: Vec<FeedHolding>,
    /// Who owns it, where that was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<FeedOwner>,
    /// The numbers by which money is moved to and from it, where they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<FeedNumbers>,
}

impl FeedAccount {
    /// An account of which only these facts are known.
    pub fn new(id: String, facts: AccountFacts) -> Self {
        Self {
            id,
            facts,
            transactions: Vec::new(),
            transactions_from: None,
            holdings: Vec::new(),
            owners: Vec::new(),
            numbers: Vec::new(),
        }
    }
}

/// The facts of an account. Amounts are positive for assets and for what is owed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the account object in the reference")]
pub struct AccountFacts {
    pub account_type: AccountType,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_subtype: Option<AccountSubtype>,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routing_number: Option<String>,
    /// ISO 4217.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub balance: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available_balance: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available_credit: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cash_balance: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cash_surrender_value: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_limit: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub death_benefit: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holdings_value: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_payment: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loan_amount: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_balance: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_payment: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_balance: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payoff_balance: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement_balance: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_account_value: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apr: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apy: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interest_rate: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_payment_is_due: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_closed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_payment_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_due_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matures_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_on: Option<Date>,
}

impl Default for AccountFacts {
    fn default() -> Self {
        Self::new(AccountType::Any, String::new())
    }
}

impl AccountFacts {
    /// An account of which only kind and name are known.
    pub fn new(account_type: AccountType, name: String) -> Self {
        Self {
            account_type,
            name,
            account_subtype: None,
            nickname: None,
            account_number: None,
            routing_number: None,
            currency_code: None,
            balance: None,
            available_balance: None,
            available_credit: None,
            cash_balance: None,
            cash_surrender_value: None,
            credit_limit: None,
            death_benefit: None,
            holdings_value: None,
            last_payment: None,
            loan_amount: None,
            minimum_balance: None,
            minimum_payment: None,
            original_balance: None,
            payoff_balance: None,
            statement_balance: None,
            total_account_value: None,
            apr: None,
            apy: None,
            interest_rate: None,
            day_payment_is_due: None,
            is_closed: None,
            last_payment_at: None,
            payment_due_at: None,
            matures_on: None,
            started_on: None,
        }
    }
}

/// One transaction as the institution tells it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FeedTransaction {
    /// The institution's own id, where it has one. Not always stable: pending becomes posted under a new one.
    pub id: Option<String>,
    /// Never negative.
    pub amount: Money,
    /// The direction.
    pub transaction_type: TransactionType,
    /// Whether it is final.
    pub status: TransactionStatus,
    /// The raw text: payee or description.
    pub description: String,
    /// Further raw text.
    pub memo: Option<String>,
    /// When it was booked.
    pub posted_at: Option<Timestamp>,
    /// The day it was booked, in the institution's own zone.
    pub posted_on: Option<Date>,
    /// When the end user made it.
    pub transacted_at: Option<Timestamp>,
    /// The day the end user made it.
    pub transacted_on: Option<Date>,
    /// ISO 4217; the account's when absent.
    pub currency_code: Option<String>,
    /// As written on the check; kept as text, since leading zeros and letters occur.
    pub check_number: Option<String>,
    /// The feed's own kind, such as OFX's `DIRECTDEP` or `FEE`, in capitals.
    pub kind: Option<String>,
    /// ISO 18245.
    pub merchant_category_code: Option<i64>,
    /// Made abroad.
    pub is_international: Option<bool>,
}

impl FeedTransaction {
    /// The day that lists sort and filter by: when it was made, else when it was booked.
    pub fn date(&self) -> Option<Date> {
        let day = |at: Option<Timestamp>| at.map(|at| jiff::tz::Offset::UTC.to_datetime(at).date());
        self.transacted_on.or(day(self.transacted_at)).or(self.posted_on).or(day(self.posted_at))
    }
}

/// One position as the institution tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedHolding {
    /// The institution's own id of the position or the security.
    pub id: String,
    /// What it is, as the institution writes it.
    pub description: String,
    /// Ticker symbol.
    pub symbol: Option<String>,
    /// CUSIP.
    pub cusip: Option<String>,
    /// Shares or units.
    pub shares: Option<Quantity>,
    /// Price of one.
    pub price: Option<Quantity>,
    /// Value of the position.
    pub market_value: Option<Money>,
    /// What was paid.
    pub cost_basis: Option<Money>,
    /// ISO 4217.
    pub currency_code: Option<String>,
    /// When it was priced.
    pub priced_at: Option<Timestamp>,
}

/// An owner of an account as the institution tells them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the account owner in the reference")]
pub struct FeedOwner {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_name: Option<String>,
    /// May hold a middle name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl FeedOwner {
    /// The first and the last name: as told, else what stands before the last blank of the whole name, and what behind it.
    pub fn split_name(&self) -> (Option<&str>, Option<&str>) {
        if self.first_name.is_some() || self.last_name.is_some() {
            return (self.first_name.as_deref(), self.last_name.as_deref());
        }
        match self.owner_name.as_deref().map(str::trim).and_then(|name| name.rsplit_once(' ')) {
            Some((first, last)) => (Some(first.trim_end()), Some(last)),
            None => (None, self.owner_name.as_deref()),
        }
    }
}

/// The numbers by which money is moved to and from an account, as the institution tells them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the account number in the reference")]
pub struct FeedNumbers {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routing_number: Option<String>,
    /// Canada: three digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub institution_number: Option<String>,
    /// Canada: five digits of the branch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transit_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loan_guarantor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loan_reference_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence_number: Option<String>,
}

impl FeedNumbers {
    /// What the facts of an account tell of them.
    pub fn of(facts: &AccountFacts) -> Self {
        let (account_number, routing_number) = (facts.account_number.clone(), facts.routing_number.clone());
        Self { account_number, routing_number, ..Self::default() }
    }

    /// The account's number and the routing number, if both are known; a Canadian branch tells the second as well.
    pub fn both(&self) -> Option<(&str, Cow<'_, str>)> {
        let routing = match &self.routing_number {
            Some(routing) => Cow::Borrowed(routing.as_str()),
            None => Cow::Owned(self.canadian()?),
        };
        Some((self.account_number.as_deref()?, routing))
    }

    /// Whether they can be the numbers of an account: by their lengths and the check digit, or by the lengths of the
    /// Canadian ones, which the routing number must then agree with.
    pub fn pass_validation(&self) -> bool {
        let Some((account, routing)) = self.both() else { return false };
        let is_canadian = self.institution_number.is_some() || self.transit_number.is_some();
        let is_routing = if is_canadian {
            self.canadian().is_some_and(|canadian| canadian == routing)
        } else {
            is_routing_number(&routing)
        };
        is_account_number(account) && is_routing
    }

    fn canadian(&self) -> Option<String> {
        canadian_routing_number(self.institution_number.as_deref()?, self.transit_number.as_deref()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(account: &str, routing: &str) -> FeedNumbers {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        FeedNumbers { account_number: some(account), routing_number: some(routing), ..FeedNumbers::default() }
    }

    #[test]
    fn numbers_pass_by_their_check_digit_and_lengths() {
        assert!(numbers("4684406678", "316713272").pass_validation());
        for (account, routing) in [
            ("4684406678", "316713273"),
            ("468440667812345678", "316713272"),
            ("", "316713272"),
            ("4684406678", ""),
        ] {
            assert!(!numbers(account, routing).pass_validation(), "{account} {routing}");
        }
    }

    #[test]
    fn a_canadian_branch_stands_for_the_routing_number() {
        let canadian = FeedNumbers {
            institution_number: Some("003".to_owned()),
            transit_number: Some("12345".to_owned()),
            ..numbers("1234567", "")
        };
        assert_eq!(canadian.both().map(|(_, routing)| routing.into_owned()).as_deref(), Some("000312345"));
        assert!(canadian.pass_validation());
        let other_branch = FeedNumbers { routing_number: Some("000312346".to_owned()), ..canadian.clone() };
        assert!(!other_branch.pass_validation());
        let without_branch = FeedNumbers { transit_number: None, ..canadian };
        assert_eq!(without_branch.both(), None);
    }

    #[test]
    fn a_name_is_split_at_its_last_blank_unless_the_institution_tells_its_parts() {
        let owner = |name: &str| FeedOwner { owner_name: Some(name.to_owned()), ..FeedOwner::default() };
        assert_eq!(owner("MX Test").split_name(), (Some("MX"), Some("Test")));
        assert_eq!(owner(" Mary  Ann Smith ").split_name(), (Some("Mary  Ann"), Some("Smith")));
        assert_eq!(owner("Cher").split_name(), (None, Some("Cher")));
        assert_eq!(FeedOwner::default().split_name(), (None, None));
        let told = FeedOwner { first_name: Some("John".to_owned()), ..owner("Smith John") };
        assert_eq!(told.split_name(), (Some("John"), None));
    }
}
