//! What templates look at: a user's money as it stands at one moment.

mod load;
mod month;
mod movement;
#[cfg(test)]
mod testing;

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;
use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::account::{AccountSubtype, AccountType};
use riverbank_model::feed::AccountFacts;
use riverbank_model::guid::{AccountGuid, CategoryGuid, MerchantGuid};
use riverbank_model::money::Money;
use riverbank_store::categories::Category;
use riverbank_store::scheduled_payments::ScheduledPayment;

use super::wording;
use crate::budgets::BudgetView;

pub(super) use month::Month;
pub(super) use movement::Movement;
#[cfg(test)]
pub(super) use testing::money;

/// How far back movements are looked at: four months before what is news.
pub(super) const REACH_BACK_DAYS: i64 = 140;
/// What stands in the accounts of a user for longer than this is no news.
const NEWS_DAYS: i64 = 14;

/// The money of a user at one moment.
#[derive(Debug)]
pub(super) struct Facts {
    /// The day that it is where the user is.
    pub(super) today: Date,
    /// The accounts that are not hidden, in the order in which they were made.
    pub(super) accounts: Vec<Account>,
    /// What has moved in them in the last [`REACH_BACK_DAYS`], and is known to come, newest first.
    pub(super) movements: Vec<Movement>,
    /// This month and the three before it, backwards; none but in the morning.
    pub(super) months: Vec<Month>,
    /// The budgets, with what is spent of them this month.
    pub(super) budgets: Vec<BudgetView>,
    /// The payments that are expected and have not been made.
    pub(super) scheduled_payments: Vec<ScheduledPayment>,
    /// The categories that the user has made.
    own_categories: Vec<Category>,
    /// The names of the merchants of the movements and of scheduled payments.
    merchants: BTreeMap<MerchantGuid, String>,
}

/// An account, and what is in force of it.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) guid: AccountGuid,
    pub(super) facts: AccountFacts,
}

impl Facts {
    /// What was booked in the last [`NEWS_DAYS`], newest first: what may be told as having happened.
    pub(super) fn news(&self) -> impl Iterator<Item = &Movement> {
        let from = self.days_ago(NEWS_DAYS);
        self.movements.iter().filter(move |one| one.is_posted && one.date >= from && one.date <= self.today)
    }

    /// The day that was so many days ago.
    pub(super) fn days_ago(&self, days: i64) -> Date {
        self.today.saturating_sub(Span::new().days(days))
    }

    /// The day that is so many days ahead.
    pub(super) fn days_ahead(&self, days: i64) -> Date {
        self.today.saturating_add(Span::new().days(days))
    }

    /// The first day of the month that was so many months ago.
    pub(super) fn month_before(&self, months: i64) -> Date {
        self.today.first_of_month().saturating_sub(Span::new().months(months))
    }

    /// The account with this id.
    pub(super) fn account(&self, guid: &AccountGuid) -> Option<&Account> {
        self.accounts.iter().find(|account| account.guid == *guid)
    }

    /// The budgets that limit what is spent, which one of income does not, with the names of their categories.
    pub(super) fn limits(&self) -> impl Iterator<Item = (&BudgetView, &str)> {
        let spent =
            self.budgets.iter().filter(|view| view.budget.category_guid != DefaultCategory::Income.guid());
        spent.filter_map(|view| Some((view, self.category_name(&view.budget.category_guid)?)))
    }

    /// The name of a category.
    pub(super) fn category_name(&self, guid: &CategoryGuid) -> Option<&str> {
        let own = self.own_categories.iter().find(|own| own.guid == *guid).map(|own| &*own.name);
        own.or_else(|| DefaultCategory::from_guid(guid).map(DefaultCategory::name))
    }

    /// Whom a movement went to or came from: the merchant, or what its text says.
    pub(super) fn counterparty<'a>(&'a self, movement: &'a Movement) -> &'a str {
        let merchant = movement.merchant.as_ref().and_then(|guid| self.merchant_name(guid));
        merchant.unwrap_or(&movement.description)
    }

    /// The name of a merchant that is known here.
    pub(super) fn merchant_name(&self, guid: &MerchantGuid) -> Option<&str> {
        self.merchants.get(guid).map(String::as_str)
    }

    /// The amount of a movement, in the currency of its account.
    pub(super) fn amount(&self, movement: &Movement) -> String {
        self.worded(movement.amount, &movement.account)
    }

    /// An amount in the currency of an account.
    pub(super) fn worded(&self, amount: Money, account: &AccountGuid) -> String {
        wording::amount(amount, self.account(account).and_then(Account::currency))
    }
}

impl Account {
    /// What its user calls it.
    pub(super) fn name(&self) -> &str {
        self.facts.nickname.as_deref().unwrap_or(&self.facts.name)
    }

    /// Its currency, if that is told.
    pub(super) fn currency(&self) -> Option<&str> {
        self.facts.currency_code.as_deref()
    }

    /// Whether it is one of these kinds, and open.
    pub(super) fn is_open(&self, kinds: &[AccountType]) -> bool {
        self.facts.is_closed != Some(true) && kinds.contains(&self.facts.account_type)
    }

    /// Whether it saves for an education under section 529: by its kind or its name, which may not say that it is prepaid
    /// (Nexus reference, insights).
    pub(super) fn is_529(&self) -> bool {
        let name = self.name().to_uppercase();
        let words = || name.split(char::is_whitespace);
        let is_numbered = |word: &str| {
            let number = word.strip_prefix("529-");
            number.is_some_and(|rest| rest.len() == 1 && rest.chars().all(|c| c.is_ascii_digit()))
        };
        let is_called_so = (name.contains("PLAN") && name.contains("529"))
            || name.contains(" 529 ")
            || name.contains("(529)")
            || words().any(is_numbered);
        (self.facts.account_subtype == Some(AccountSubtype::Plan529) || is_called_so)
            && !name.contains("PREPAID")
    }

    /// What can be spent from it, as far as that is told.
    pub(super) fn spendable(&self) -> Option<Money> {
        self.facts.available_balance.or(self.facts.balance)
    }
}
