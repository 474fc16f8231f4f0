//! Accounts, transactions and holdings that are written out in a script.

use jiff::ToSpan;
use jiff::civil::Date;
use riverbank_model::feed::{
    AccountFacts, FeedAccount, FeedHolding, FeedNumbers, FeedOwner, FeedTransaction,
};
use riverbank_model::money::{Money, Quantity};
use riverbank_model::transaction::{TransactionStatus, TransactionType};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use toml::Table;

use super::attempts::Attempts;
use crate::connector::Wanted;

/// An account written out, or the changes to a household account of the same id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenAccount {
    /// The bank's id of the account.
    pub id: String,
    /// The attempts of a member in which it is served.
    #[serde(default, skip_serializing_if = "Attempts::is_all")]
    pub attempts: Attempts,
    /// The facts of [`AccountFacts`], by their names there.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub facts: Table,
    /// Its transactions, besides the generated ones of a household account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transaction: Vec<WrittenTransaction>,
    /// Its positions, likewise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holding: Vec<WrittenHolding>,
    /// Its owners: the fields of [`FeedOwner`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owner: Vec<Table>,
    /// Its numbers: the fields of [`FeedNumbers`]. An empty table is an account of which the bank tells none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<Table>,
}

/// A transaction written out. It is dated either `on` a day or some `days_ago`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of `FeedTransaction`")]
pub struct WrittenTransaction {
    /// The attempts of a member in which it is served: how a pending transaction becomes a posted one.
    #[serde(default, skip_serializing_if = "Attempts::is_all")]
    pub attempts: Attempts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_ago: Option<u16>,
    pub amount: Money,
    #[serde(rename = "type")]
    pub transaction_type: TransactionType,
    #[serde(default = "posted")]
    pub status: TransactionStatus,
    pub description: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merchant_category_code: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_international: Option<bool>,
}

fn posted() -> TransactionStatus {
    TransactionStatus::Posted
}

/// A position written out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of `FeedHolding`")]
pub struct WrittenHolding {
    pub id: String,
    pub description: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cusip: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shares: Option<Quantity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Quantity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub market_value: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_basis: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
}

impl WrittenAccount {
    /// What is wrong with it.
    pub(super) fn check(&self) -> Result<(), String> {
        facts_over(&self.facts, &AccountFacts::default())?;
        self.owners()?;
        self.numbers()?;
        self.transaction.iter().try_for_each(WrittenTransaction::check)
    }

    /// Puts what is written into an account that is being served, its transactions of all days.
    pub(super) fn add_to(
        &self,
        account: &mut FeedAccount,
        attempt: i64,
        today: Date,
        wanted: Wanted,
    ) -> Result<(), String> {
        account.facts = facts_over(&self.facts, &account.facts)?;
        let told = self.transaction.iter().filter(|transaction| transaction.attempts.contains(attempt));
        account.transactions.extend(told.map(|transaction| transaction.served(today)));
        if wanted.holdings {
            account.holdings.extend(self.holding.iter().map(WrittenHolding::served));
        }
        if wanted.owners {
            account.owners = self.owners()?;
        }
        if wanted.numbers {
            account.numbers = self.numbers()?;
        }
        Ok(())
    }

    fn owners(&self) -> Result<Vec<FeedOwner>, String> {
        self.owner.iter().map(owner).collect()
    }

    fn numbers(&self) -> Result<Vec<FeedNumbers>, String> {
        self.numbers.iter().map(|written| known(written, written.clone(), "`numbers`")).collect()
    }
}

/// An owner as written.
pub(super) fn owner(written: &Table) -> Result<FeedOwner, String> {
    known(written, written.clone(), "`owner`")
}

/// The base with the written facts in their place.
pub(super) fn facts_over(written: &Table, base: &AccountFacts) -> Result<AccountFacts, String> {
    if written.is_empty() {
        return Ok(base.clone());
    }
    let mut merged = Table::try_from(base).map_err(|error| format!("has unwritable facts: {error}"))?;
    merged.extend(written.clone());
    known(written, merged, "`facts`")
}

/// What a table tells, all of whose written keys must be known; `what` names it.
fn known<T: Serialize + DeserializeOwned>(written: &Table, whole: Table, what: &str) -> Result<T, String> {
    let read: T =
        whole.try_into().map_err(|error| format!("has flawed {what}: {}", error.to_string().trim()))?;
    let known = Table::try_from(&read).map_err(|error| format!("has unwritable {what}: {error}"))?;
    match written.keys().find(|key| !known.contains_key(*key)) {
        Some(key) => Err(format!("has the unknown key `{key}` in {what}")),
        None => Ok(read),
    }
}

impl WrittenTransaction {
    /// What is wrong with it.
    pub(super) fn check(&self) -> Result<(), String> {
        let flaw = match (self.on, self.days_ago) {
            (Some(_), Some(_)) => "has both `on` and `days_ago`",
            (None, None) => "needs `on` or `days_ago`",
            _ if self.amount < Money::ZERO => "has a negative `amount`; the `type` gives the direction",
            _ => return Ok(()),
        };
        Err(format!("has the transaction \"{}\", which {flaw}", self.description))
    }

    /// As it is told, where `days_ago` counts back from `day`.
    pub(super) fn served(&self, day: Date) -> FeedTransaction {
        let ago = i32::from(self.days_ago.unwrap_or(0));
        let day = self.on.unwrap_or_else(|| day.saturating_sub(ago.days()));
        FeedTransaction {
            id: self.id.clone(),
            amount: self.amount,
            transaction_type: self.transaction_type,
            status: self.status,
            description: self.description.clone(),
            memo: self.memo.clone(),
            posted_at: None,
            posted_on: (self.status == TransactionStatus::Posted).then_some(day),
            transacted_at: None,
            transacted_on: Some(day),
            currency_code: self.currency_code.clone(),
            check_number: self.check_number.clone(),
            kind: self.kind.clone(),
            merchant_category_code: self.merchant_category_code,
            is_international: self.is_international,
        }
    }
}

impl WrittenHolding {
    fn served(&self) -> FeedHolding {
        FeedHolding {
            id: self.id.clone(),
            description: self.description.clone(),
            symbol: self.symbol.clone(),
            cusip: self.cusip.clone(),
            shares: self.shares,
            price: self.price,
            market_value: self.market_value,
            cost_basis: self.cost_basis,
            currency_code: self.currency_code.clone(),
            priced_at: None,
        }
    }
}
