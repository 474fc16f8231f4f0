//! Bringing a feed into the database: what is new is inserted, what changed is updated, the rest is not touched.

use jiff::Timestamp;
use riverbank_enrich::enrich;
use riverbank_model::feed::{Feed, FeedAccount};
use riverbank_model::guid::{JobGuid, MemberGuid, UserGuid};
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::Tx;
use riverbank_store::accounts::{self, Account};
use riverbank_store::jobs::{self, Job};
use riverbank_store::members::{self, Member};
use riverbank_store::transactions::{self, Transaction};

use super::statement::Statement;
use crate::accounts::read_facts;
use crate::webhooks::News;
use crate::{Engine, Fault};

/// How much an import has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Imported {
    /// Accounts that were not there before.
    pub(crate) accounts_created: usize,
    /// Accounts of which the feed told something else than before.
    pub(crate) accounts_updated: usize,
    /// Transactions that were not there before.
    pub(crate) transactions_created: usize,
    /// Transactions of which the feed told something else than before.
    pub(crate) transactions_updated: usize,
    /// Pending transactions that are gone.
    pub(crate) transactions_deleted: usize,
}

impl Imported {
    fn add(&mut self, other: Self) {
        self.accounts_created += other.accounts_created;
        self.accounts_updated += other.accounts_updated;
        self.transactions_created += other.transactions_created;
        self.transactions_updated += other.transactions_updated;
        self.transactions_deleted += other.transactions_deleted;
    }
}

/// For whom an import runs.
#[derive(Clone)]
struct Purpose {
    user: UserGuid,
    member: MemberGuid,
    job: JobGuid,
    /// How often the job had been taken away when it was taken up.
    interruptions: i64,
    /// The epoch in which that was.
    epoch: i64,
    now: Timestamp,
}

impl Engine {
    /// Writes what a job has fetched for its member, one account at a time, each whole or not at all. An import that
    /// was interrupted can be run again. A member that is gone, or whose live job is another one or in other hands by
    /// now, gets nothing.
    pub(crate) async fn import(&self, member: &Member, job: &Job, feed: Feed) -> Result<Imported, Fault> {
        let purpose = Purpose {
            user: member.user_guid.clone(),
            member: member.guid.clone(),
            job: job.guid.clone(),
            interruptions: job.interruptions,
            epoch: job.epoch,
            now: self.now(),
        };
        let mut imported = Imported::default();
        for mut account in feed.accounts {
            // Outside of the unit of work, which on SQLite holds everyone else's up.
            let kind = account.facts.account_type;
            let statement = Statement::of(&mut account, |told| enrich(told, kind, &[]));
            let (engine, purpose) = (self.clone(), purpose.clone());
            let write = self
                .store()
                .write(async move |tx| engine.write_account(tx, &purpose, &account, &statement).await);
            match write.await? {
                Some(part) => imported.add(part),
                None => break,
            }
        }
        Ok(imported)
    }

    /// None when there is no longer a member to import for.
    async fn write_account(
        &self,
        tx: &Tx,
        purpose: &Purpose,
        told: &FeedAccount,
        statement: &Statement,
    ) -> Result<Option<Imported>, Fault> {
        let Purpose { user, member, now, .. } = purpose;
        let Some(mut member) = members::lock(tx, user, member).await? else {
            return Ok(None);
        };
        if member.live_job_guid.as_ref() != Some(&purpose.job) {
            return Ok(None);
        }
        let job = jobs::find(tx, user, &purpose.job).await?;
        let is_ours = |job: Job| (job.interruptions, job.epoch) == (purpose.interruptions, purpose.epoch);
        if !job.is_some_and(is_ours) {
            return Ok(None);
        }
        let mut imported = Imported::default();
        let known = accounts::find_fed(tx, user, &member.guid, &told.id).await?;
        let (mut account, mut is_changed) = match known {
            Some(account) if account.deleted_at.is_some() => return Ok(Some(imported)),
            Some(mut account) => {
                let is_changed = read_facts(&account)? != told.facts;
                if is_changed {
                    account.account_type = told.facts.account_type;
                    account.feed = facts_of(told)?;
                    account.revision += 1;
                    account.updated_at = *now;
                    imported.accounts_updated += 1;
                }
                (account, is_changed)
            }
            None => {
                member.children_made += 1;
                members::save(tx, &member).await?;
                imported.accounts_created += 1;
                (self.new_account(&member, told, *now)?, true)
            }
        };
        let children_made = account.children_made;
        let stored = match statement.first_day() {
            Some(first) => transactions::since(tx, user, &account.guid, first).await?,
            None => Vec::new(),
        };
        let changes = statement.compare(self, &mut account, stored, *now);
        is_changed |= account.children_made != children_made;
        if is_changed {
            accounts::store(tx, &account).await?;
        }
        imported.transactions_created = changes.created;
        imported.transactions_updated = changes.updated;
        imported.transactions_deleted = changes.deleted;
        transactions::store(tx, &changes.rows).await?;
        self.tell_of_import(tx, purpose, &member, &account, &imported, changes.rows).await?;
        Ok(Some(imported))
    }

    /// Tells of an account that was imported, and counts for what its job tells at its end, if anyone listens.
    async fn tell_of_import(
        &self,
        tx: &Tx,
        purpose: &Purpose,
        member: &Member,
        account: &Account,
        imported: &Imported,
        rows: Vec<Transaction>,
    ) -> Result<(), Fault> {
        let mut news = News::of_member(self, tx, member).await?;
        let counts = [imported.transactions_created, imported.transactions_updated];
        if news.hears(EventKind::Aggregation) && counts != [0, 0] {
            let [created, updated] = counts.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
            jobs::count_imported(tx, &purpose.user, &purpose.job, (created, updated)).await?;
        }
        match imported {
            Imported { accounts_created: 1.., .. } => news.account(account, member, Action::Created)?,
            Imported { accounts_updated: 1.., .. } => news.account(account, member, Action::Updated)?,
            _ => {}
        }
        news.transactions(rows, member).await?;
        news.write().await
    }

    fn new_account(&self, member: &Member, told: &FeedAccount, now: Timestamp) -> Result<Account, Fault> {
        Ok(Account {
            user_guid: member.user_guid.clone(),
            guid: self.guid(&member.guid, member.children_made),
            member_guid: member.guid.clone(),
            number: member.children_made,
            feed_id: told.id.clone(),
            account_type: told.facts.account_type,
            feed: facts_of(told)?,
            metadata: None,
            is_hidden: false,
            revision: 1,
            children_made: 0,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        })
    }
}

fn facts_of(told: &FeedAccount) -> Result<String, Fault> {
    serde_json::to_string(&told.facts).map_err(|error| Fault::Internal(Box::new(error)))
}

#[cfg(test)]
mod tests;
