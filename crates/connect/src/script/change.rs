//! What changes at a bank from a day on.

use jiff::ToSpan;
use jiff::civil::Date;
use riverbank_model::feed::{AccountFacts, FeedAccount, FeedTransaction};
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};
use serde::{Deserialize, Serialize};
use toml::Table;

use super::written::{WrittenTransaction, facts_over};

/// What is different at an account from a day on. The day is either a date, or so many days after the one on which the
/// member was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Days after the member was made; 0 is that day itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<u16>,
    /// The date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// The bank's id of the account. One that the file does not have besides is opened.
    pub account: String,
    /// The account is no longer served.
    #[serde(default, skip_serializing_if = "is_false")]
    pub gone: bool,
    /// All its transactions have new ids.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reissue: bool,
    /// Transactions that are no longer told, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<String>,
    /// The facts of [`AccountFacts`] that are different, by their names there.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub facts: Table,
    /// Transactions that are told differently.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alter: Vec<Alteration>,
    /// New transactions; `days_ago` counts back from the day of the change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<WrittenTransaction>,
}

/// What is told differently of a transaction. One that becomes POSTED is posted on the day of the change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of `FeedTransaction`")]
pub struct Alteration {
    /// The id that it has before.
    pub id: String,
    /// The id that it has from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub transaction_type: Option<TransactionType>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<TransactionStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// When and for whom changes are looked at.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    /// The day on which the member was made.
    pub(super) since: Date,
    /// The day of the visit.
    pub(super) today: Date,
    /// The attempt.
    pub(super) attempt: i64,
}

impl Change {
    /// The day from which it holds, for a member that was made on `since`.
    fn holds_from(&self, since: Date) -> Date {
        let after = i32::from(self.day.unwrap_or(0));
        self.on.unwrap_or_else(|| since.saturating_add(after.days()))
    }

    /// What is wrong with it.
    pub(super) fn check(&self) -> Result<(), String> {
        let does_something = self.gone
            || self.reissue
            || !(self.remove.is_empty()
                && self.facts.is_empty()
                && self.alter.is_empty()
                && self.add.is_empty());
        match (self.day, self.on) {
            (Some(_), Some(_)) => return Err("has both `day` and `on`".to_owned()),
            (None, None) => return Err("needs `day` or `on`".to_owned()),
            _ if !does_something => return Err("changes nothing".to_owned()),
            _ => {}
        }
        facts_over(&self.facts, &AccountFacts::default())?;
        if let Some(altered) =
            self.alter.iter().find(|altered| altered.amount.is_some_and(|to| to < Money::ZERO))
        {
            return Err(format!(
                "has a negative `amount` for `{}`; the `type` gives the direction",
                altered.id
            ));
        }
        self.add.iter().try_for_each(WrittenTransaction::check)
    }

    /// The ids of transactions that it speaks of as known.
    pub(super) fn known_ids(&self) -> impl Iterator<Item = &str> {
        self.remove.iter().chain(self.alter.iter().map(|altered| &altered.id)).map(String::as_str)
    }

    /// The ids of transactions that it gives.
    pub(super) fn given_ids(&self) -> impl Iterator<Item = &str> {
        let added = self.add.iter().filter_map(|added| added.id.as_deref());
        added.chain(self.alter.iter().filter_map(|altered| altered.new_id.as_deref()))
    }

    /// Does it to an account; `number` tells it from the other changes of the file.
    fn apply(
        &self,
        account: &mut FeedAccount,
        number: usize,
        day: Date,
        moment: Moment,
    ) -> Result<(), String> {
        account.facts = facts_over(&self.facts, &account.facts)?;
        let rows = &mut account.transactions;
        rows.retain(|row| !row.id.as_ref().is_some_and(|id| self.remove.contains(id)));
        for altered in &self.alter {
            let named = rows.iter_mut().rev().find(|row| row.id.as_ref() == Some(&altered.id));
            if let Some(row) = named {
                altered.apply(row, day);
            }
        }
        let added = self.add.iter().filter(|added| added.attempts.contains(moment.attempt));
        rows.extend(added.map(|added| added.served(day)));
        if self.reissue {
            for id in rows.iter_mut().filter_map(|row| row.id.as_mut()) {
                *id = format!("{id}-{number}");
            }
        }
        Ok(())
    }
}

impl Alteration {
    fn apply(&self, row: &mut FeedTransaction, day: Date) {
        if let Some(status) = self.status.filter(|status| *status != row.status) {
            row.status = status;
            row.posted_at = None;
            row.posted_on = (status == TransactionStatus::Posted).then_some(day);
        }
        if let Some(id) = &self.new_id {
            row.id = Some(id.clone());
        }
        row.amount = self.amount.unwrap_or(row.amount);
        row.transaction_type = self.transaction_type.unwrap_or(row.transaction_type);
        if let Some(description) = &self.description {
            row.description.clone_from(description);
        }
        if let Some(memo) = &self.memo {
            row.memo = Some(memo.clone());
        }
    }
}

/// Does to the accounts what has changed by now, in the order of the days, on one day in the order of the file.
/// `opens` tells whether an account of this id is opened by a change. A change of an account that is not served, and
/// that none opens, does nothing.
pub(super) fn apply_all<'c>(
    changes: impl Iterator<Item = &'c Change>,
    accounts: &mut Vec<FeedAccount>,
    moment: Moment,
    opens: impl Fn(&str) -> bool,
) -> Result<(), String> {
    let mut due: Vec<_> = changes
        .zip(1..)
        .map(|(change, number)| (change.holds_from(moment.since), number, change))
        .filter(|(day, ..)| *day <= moment.today)
        .collect();
    due.sort_by_key(|(day, number, _)| (*day, *number));
    for (day, number, change) in due {
        let place = accounts.iter().position(|account| account.id == change.account);
        if change.gone {
            place.map(|place| accounts.remove(place));
            continue;
        }
        let place = match place {
            Some(place) => place,
            None if opens(&change.account) => {
                accounts.push(FeedAccount::new(change.account.clone(), AccountFacts::default()));
                accounts.len() - 1
            }
            None => continue,
        };
        change.apply(&mut accounts[place], number, day, moment)?;
    }
    Ok(())
}
