//! Listing transactions: `GET /transactions` and the lists by account, time and category.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Span, Timestamp};
use riverbank_enrich::category;
use riverbank_model::guid::{AccountGuid, CategoryGuid, TransactionRuleGuid, UserGuid};
use riverbank_model::limits::WINDOW_DAYS;
use riverbank_model::use_case::UseCase;
use riverbank_store::page::Page;
use riverbank_store::transactions::{self, Window};
use riverbank_store::{Tx, accounts, categories};

use super::TransactionView;
use super::totals::Selection;
use crate::accounts::Origins;
use crate::categories::OwnCategories;
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// Which transactions.
#[derive(Clone, Debug)]
pub struct ListTransactions {
    /// Only those of this account, which must exist.
    pub account: Option<AccountGuid>,
    /// Only those of these accounts, whether they exist or not.
    pub accounts: Option<Vec<AccountGuid>>,
    /// Only those of this category, which must exist.
    pub category: Option<Category>,
    /// Only those of members with this use case.
    pub use_case: Option<UseCase>,
    /// Only those whose category this rule chose, as sent, whether it exists or not.
    pub rule: Option<String>,
    /// Only those of this period.
    pub period: Period,
    /// Which part of them.
    pub page: Page,
}

/// A category to list by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Category {
    /// The category alone.
    Alone(CategoryGuid),
    /// The category and those below it.
    Branch(CategoryGuid),
}

/// Days, both included and in UTC. A period that ends before it begins holds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// The days of the transactions themselves; without them, 120 days ago and 5 days ahead.
    Dated(Option<Date>, Option<Date>),
    /// The days on which they were first brought in.
    Created(Date, Date),
    /// The days on which they were last changed.
    Updated(Date, Date),
}

/// A page of transactions.
#[derive(Clone, Debug, Default)]
pub struct TransactionList {
    /// Newest first.
    pub transactions: Vec<TransactionView>,
    /// How many there are in all.
    pub total: i64,
}

/// Why transactions cannot be listed.
#[derive(Debug, thiserror::Error)]
pub enum ListTransactionsError {
    /// No such account of this user; the same for another user's.
    #[error("no such account")]
    NoSuchAccount,
    /// No such category.
    #[error("no such category")]
    NoSuchCategory,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(ListTransactionsError);

impl Engine {
    /// The caller's transactions.
    pub async fn list_transactions(
        &self,
        caller: &Caller,
        request: ListTransactions,
    ) -> Result<TransactionList, ListTransactionsError> {
        let reader = self.store().read().await?;
        if let Some(account) = &request.account
            && accounts::find(&reader, &caller.user, account).await?.is_none()
        {
            return Err(ListTransactionsError::NoSuchAccount);
        }
        let categories = match &request.category {
            Some(category) => Some(category.members(&reader, &caller.user).await?),
            None => None,
        };
        let Some(window) = request.period.window(self.now()) else {
            return Ok(TransactionList::default());
        };
        let rule = request.rule.as_ref().map(|rule| rule.parse::<TransactionRuleGuid>()).transpose();
        let Ok(rule) = rule else { return Ok(TransactionList::default()) };
        let origins = Origins::read(&reader, &caller.user).await?;
        let selection = Selection {
            user: caller.user.clone(),
            window,
            accounts: narrowed(request.account, request.accounts),
            members: origins.narrowed(request.use_case, None, None),
            categories,
            rule,
        };
        let filter = selection.filter();
        let found = transactions::page(&reader, &caller.user, window, &filter, request.page).await?;
        let total =
            request.page.total(found.len(), async || self.totals.of(&reader, &selection).await).await?;
        let own = OwnCategories::behind(&reader, &caller.user, &found).await?;
        drop(reader);
        let transactions =
            found.into_iter().map(|found| TransactionView::of(found, &origins, &own)).collect();
        Ok(TransactionList { transactions, total })
    }
}

/// The accounts of a list that may be narrowed to one, to several, or to both.
fn narrowed(one: Option<AccountGuid>, several: Option<Vec<AccountGuid>>) -> Option<Vec<AccountGuid>> {
    match (one, several) {
        (Some(one), Some(several)) if !several.contains(&one) => Some(Vec::new()),
        (Some(one), _) => Some(vec![one]),
        (None, several) => several,
    }
}

impl Category {
    /// The categories that are meant.
    async fn members(&self, tx: &Tx, user: &UserGuid) -> Result<Vec<CategoryGuid>, ListTransactionsError> {
        let (Self::Alone(guid) | Self::Branch(guid)) = self;
        let Some(named) = category::Category::from_guid(guid) else {
            let own = categories::find(tx, user, guid).await?;
            return Ok(vec![own.ok_or(ListTransactionsError::NoSuchCategory)?.guid]);
        };
        let is_meant = |other: &&category::Category| match self {
            Self::Alone(_) => **other == named,
            Self::Branch(_) => **other == named || other.parent() == Some(named),
        };
        let mut meant: Vec<_> =
            category::Category::ALL.iter().filter(is_meant).map(|one| one.guid()).collect();
        if let Self::Branch(top) = self {
            let own = categories::of_user(tx, user).await?;
            meant.extend(own.into_iter().filter(|own| own.parent_guid == *top).map(|own| own.guid));
        }
        Ok(meant)
    }
}

impl Period {
    /// The window of the database; none when nothing can be in it.
    fn window(self, now: Timestamp) -> Option<Window> {
        match self {
            Self::Dated(from, to) => {
                let today = Offset::UTC.to_datetime(now).date();
                let (back, ahead) = WINDOW_DAYS;
                let from = from.unwrap_or_else(|| today.saturating_sub(Span::new().days(back)));
                let to = to.unwrap_or_else(|| today.saturating_add(Span::new().days(ahead)));
                (from <= to).then_some(Window::Dates(from, to))
            }
            Self::Created(from, to) => moments(from, to).map(|(from, to)| Window::Created(from, to)),
            Self::Updated(from, to) => moments(from, to).map(|(from, to)| Window::Updated(from, to)),
        }
    }
}

/// The first moment of `from`, and the first one after `to`; none when the days end before they begin.
fn moments(from: Date, to: Date) -> Option<(Timestamp, Timestamp)> {
    let start = |day: Date| Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok();
    if from > to {
        return None;
    }
    let end = to.tomorrow().ok().and_then(start);
    Some((start(from).unwrap_or(Timestamp::MIN), end.unwrap_or(Timestamp::MAX)))
}

#[cfg(test)]
mod tests;
