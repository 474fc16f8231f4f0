//! How many transactions a list has in all, without counting them anew for each of its pages.

use riverbank_model::guid::{AccountGuid, CategoryGuid, MemberGuid, TransactionRuleGuid, UserGuid};
use riverbank_store::db::Each;
use riverbank_store::transactions::{self, TransactionFilter, Window};
use riverbank_store::{StoreError, Tx};

use crate::kept::Kept;

/// What a list is narrowed to; together with the user it says what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Selection {
    pub user: UserGuid,
    pub window: Window,
    pub accounts: Option<Vec<AccountGuid>>,
    pub members: Option<Vec<MemberGuid>>,
    pub categories: Option<Vec<CategoryGuid>>,
    pub rule: Option<TransactionRuleGuid>,
}

impl Selection {
    /// Its conditions. One id where one is enough, since it can be looked up in the order of the list; else several.
    pub(super) fn filter(&self) -> TransactionFilter<'_> {
        let (account, accounts) = narrowest(self.accounts.as_deref());
        let (category, categories) = narrowest(self.categories.as_deref());
        let members = self.members.as_deref().map(Each::of);
        TransactionFilter { account, accounts, members, category, categories, rule: self.rule.as_ref() }
    }
}

fn narrowest<G: AsRef<str>>(guids: Option<&[G]>) -> (Option<&G>, Option<Each<'_, G>>) {
    match guids {
        Some([one]) => (Some(one), None),
        several => (None, several.map(Each::of)),
    }
}

/// The totals of long lists.
#[derive(Debug, Default)]
pub(crate) struct Totals(Kept<Selection, i64>);

/// Fewer rows than this are counted in less time than a page is read.
const WORTH_KEEPING: i64 = 1_000;
/// A list that is narrowed to more ids than this is not kept, so that nobody fills the memory with ids.
const IDS_AT_MOST: usize = 100;

impl Totals {
    /// How many transactions the list has.
    pub(super) async fn of(&self, tx: &Tx, selection: &Selection) -> Result<i64, StoreError> {
        // The revision first: what is changed in between raises it, and the total is counted anew by the next one.
        let revision = transactions::revision(tx, &selection.user).await?;
        if let Some(total) = self.0.find(selection, revision) {
            return Ok(total);
        }
        let total = transactions::count(tx, &selection.user, selection.window, &selection.filter()).await?;
        if total >= WORTH_KEEPING && selection.accounts.as_ref().is_none_or(|ids| ids.len() <= IDS_AT_MOST) {
            self.0.keep(selection.clone(), revision, total);
        }
        Ok(total)
    }

    /// Lists whose totals are kept.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
