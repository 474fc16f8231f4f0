//! What a connector brings back: accounts, transactions and holdings as the institution tells them.
//!
//! Everything is exact and as told; cleansing, matching and what users write are other floors' work.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::account::{AccountSubtype, AccountType};
use crate::money::{Money, Quantity, Rate};
use crate::transaction::{TransactionStatus, TransactionType};

/// The answer of one fetch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// The accounts of the login, in the institution's order.
    pub accounts: Vec<FeedAccount>,
}

/// One account with what belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
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
