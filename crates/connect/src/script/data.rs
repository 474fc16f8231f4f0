//! What a scripted bank serves: the generated household, and accounts that are written out in the file.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::ToSpan;
use jiff::tz::Offset;
use riverbank_model::ExposeSecret;
use riverbank_model::feed::{AccountFacts, Feed, FeedAccount, FeedNumbers, FeedOwner};
use serde::{Deserialize, Serialize};
use toml::{Spanned, Table};

use super::change::{self, Change, Moment};
use super::household::{Household, Kind, Root, person};
use super::written::{WrittenAccount, owner};
use crate::connector::{Login, Visit, Wanted};

/// The most days of history that a script may serve.
const LONGEST_HISTORY: u16 = 730;

/// The data of a script.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Data {
    /// The accounts of the generated household that are served, in this order.
    pub household: Vec<Kind>,
    /// The fields whose values tell one login from another. The generated data follows from them, so a password
    /// that changes must not be among them.
    pub keyed_by: Vec<String>,
    /// How far back transactions are told.
    pub history_days: u16,
    /// The owners of every account of which no others are written; a person of the household's own when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub owner: Vec<Spanned<Table>>,
    /// Accounts that are written out; one with the name of a household account changes that account.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub account: Vec<Spanned<WrittenAccount>>,
    /// What is different from some day on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub change: Vec<Spanned<Change>>,
}

impl Default for Data {
    fn default() -> Self {
        Self {
            household: Kind::ALL.to_vec(),
            keyed_by: vec!["LOGIN".to_owned()],
            history_days: 90,
            owner: Vec::new(),
            account: Vec::new(),
            change: Vec::new(),
        }
    }
}

impl Data {
    /// What is wrong with the data, and where.
    pub(super) fn check(&self, fields: &BTreeSet<&str>) -> Result<(), (String, Option<Range<usize>>)> {
        if self.history_days > LONGEST_HISTORY {
            return Err((format!("`history_days` is at most {LONGEST_HISTORY}"), None));
        }
        let unknown = self.keyed_by.iter().find(|field| !fields.contains(field.as_str()));
        if let Some(field) = unknown.filter(|_| !self.household.is_empty()) {
            return Err((
                format!("`keyed_by` names the field `{field}`, which is no credential of the bank"),
                None,
            ));
        }
        if self.household.iter().collect::<BTreeSet<_>>().len() < self.household.len() {
            return Err(("`household` names an account twice".to_owned(), None));
        }
        for spanned in &self.owner {
            owner(spanned.as_ref()).map_err(|message| (message, Some(spanned.span())))?;
        }
        let mut seen: Vec<&WrittenAccount> = Vec::new();
        for spanned in &self.account {
            let account = spanned.as_ref();
            let flaw =
                |message: String| (format!("the account `{}` {message}", account.id), Some(spanned.span()));
            account.check().map_err(flaw)?;
            if seen.iter().any(|other| other.id == account.id && other.attempts.overlaps(account.attempts)) {
                return Err(flaw("is written twice for the same attempts".to_owned()));
            }
            seen.push(account);
        }
        for (place, spanned) in self.change.iter().enumerate() {
            let change = spanned.as_ref();
            self.check_change(change, &self.change[..place]).map_err(|message| {
                (format!("the change of the account `{}` {message}", change.account), Some(spanned.span()))
            })?;
        }
        Ok(())
    }

    fn check_change(&self, change: &Change, before: &[Spanned<Change>]) -> Result<(), String> {
        change.check()?;
        if self.is_generated(&change.account) {
            // Nobody knows the ids of generated transactions beforehand.
            return Ok(());
        }
        let of_account = |other: &&Spanned<Change>| other.as_ref().account == change.account;
        let is_opened_here = self.opens(&change.account) && !before.iter().any(|other| of_account(&other));
        if is_opened_here && change.facts.is_empty() {
            return Err("opens it, and needs `facts`".to_owned());
        }
        let others = self.change.iter().filter(of_account).map(Spanned::as_ref);
        if others.clone().any(|other| other.reissue) {
            return Ok(());
        }
        let written = self.account.iter().map(Spanned::as_ref).filter(|account| account.id == change.account);
        let mut ids: BTreeSet<&str> = written
            .flat_map(|account| {
                account.transaction.iter().filter_map(|transaction| transaction.id.as_deref())
            })
            .collect();
        ids.extend(others.flat_map(Change::given_ids));
        match change.known_ids().find(|id| !ids.contains(id)) {
            Some(id) => Err(format!("names the transaction `{id}`, which it does not have")),
            None => Ok(()),
        }
    }

    fn is_generated(&self, account: &str) -> bool {
        self.household.iter().any(|kind| kind.id() == account)
    }

    /// Whether a change is what opens this account.
    fn opens(&self, account: &str) -> bool {
        !self.is_generated(account) && !self.account.iter().any(|written| written.as_ref().id == account)
    }

    /// How many transactions, holdings and changes are written out.
    pub fn written(&self) -> usize {
        let accounts = self.account.iter().map(Spanned::as_ref);
        let changes = self.change.iter().map(Spanned::as_ref);
        accounts.map(|account| account.transaction.len() + account.holding.len()).sum::<usize>()
            + changes.map(|change| 1 + change.add.len() + change.alter.len()).sum::<usize>()
    }

    /// What a visit is served.
    pub(super) fn feed(&self, visit: &Visit<'_>, login: &Login, wanted: Wanted) -> Result<Feed, String> {
        let today = Offset::UTC.to_datetime(visit.now).date();
        let oldest = today.saturating_sub(i32::from(self.history_days).days());
        let from = wanted.transactions_from.map(|from| from.max(oldest));
        let root = self.root(visit, login);
        let mut accounts = match &self.household[..] {
            [] => Vec::new(),
            kinds => {
                let household = Household::new(root, visit.seed, today, from);
                household.accounts(kinds, &visit.bank.name, wanted.holdings)
            }
        };
        for written in &self.account {
            let written = written.as_ref();
            if !written.attempts.contains(visit.attempt) {
                continue;
            }
            let known = accounts.iter().position(|account| account.id == written.id);
            let place = known.unwrap_or_else(|| {
                accounts.push(FeedAccount::new(written.id.clone(), AccountFacts::default()));
                accounts.len() - 1
            });
            written.add_to(&mut accounts[place], visit.attempt, today, wanted)?;
        }
        let since = Offset::UTC.to_datetime(visit.since).date();
        let moment = Moment { since, today, attempt: visit.attempt };
        let changes = self.change.iter().map(Spanned::as_ref);
        change::apply_all(changes, &mut accounts, moment, |account| self.opens(account))?;
        let owners = if wanted.owners { self.owners(root)? } else { Vec::new() };
        for account in &mut accounts {
            if account.owners.is_empty() {
                account.owners.clone_from(&owners);
            }
            if wanted.numbers && account.numbers.is_empty() {
                account.numbers.push(FeedNumbers::of(&account.facts));
            }
            account.transactions_from = from;
            account.transactions.retain(|row| from.is_some() && row.date() >= from);
        }
        Ok(Feed { accounts })
    }

    /// What the generated data of a login follows from.
    fn root(&self, visit: &Visit<'_>, login: &Login) -> Root {
        let mut parts = vec![visit.seed, visit.bank.code.as_str(), visit.user];
        for field in &self.keyed_by {
            parts.push(login.value(field).map_or("", ExposeSecret::expose_secret));
        }
        Root::of(&parts)
    }

    fn owners(&self, root: Root) -> Result<Vec<FeedOwner>, String> {
        if self.owner.is_empty() {
            return Ok(vec![person::of(root)]);
        }
        self.owner.iter().map(|written| owner(written.as_ref())).collect()
    }
}
