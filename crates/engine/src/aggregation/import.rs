//! Bringing a feed into the database: what is new is inserted, what changed is updated, the rest is not touched.

use std::sync::Arc;

use jiff::{Span, Timestamp};
use riverbank_model::feed::{Feed, FeedAccount};
use riverbank_model::guid::{JobGuid, MemberGuid, UserGuid};
use riverbank_model::job::JobKind;
use riverbank_model::webhook::Action;
use riverbank_store::accounts::{self, Account};
use riverbank_store::holdings::Holding;
use riverbank_store::jobs::{self, Job};
use riverbank_store::members::{self, Member};
use riverbank_store::raw_answers::{self, RawAnswer};
use riverbank_store::transaction_totals::{self, Payment};
use riverbank_store::transactions::{self, Transaction};
use riverbank_store::{StoreError, Tx};

use super::findings::Findings;
use super::statement::Statement;
use crate::accounts::{NOTHING_GIVEN, in_force, read_facts, read_given};
use crate::holdings::write_holdings;
use crate::transaction_rules::rules_of;
use crate::webhooks::News;
use crate::{Engine, Fault};

/// How far before what a feed tells recurrence is looked for: two payments of a yearly one, with the days they drift.
const SERIES_REACH_BACK_DAYS: i64 = 400;

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
    /// Holdings that came, changed or went.
    pub(crate) holdings: usize,
}

impl Imported {
    fn add(&mut self, other: Self) {
        self.accounts_created += other.accounts_created;
        self.accounts_updated += other.accounts_updated;
        self.transactions_created += other.transactions_created;
        self.transactions_updated += other.transactions_updated;
        self.transactions_deleted += other.transactions_deleted;
        self.holdings += other.holdings;
    }
}

/// For whom an import runs.
#[derive(Clone)]
pub(super) struct Purpose {
    pub(super) user: UserGuid,
    pub(super) member: MemberGuid,
    origin: Origin,
    /// What the job was for that fetched it.
    kind: JobKind,
    /// Whether holdings were asked for.
    holdings: bool,
    pub(super) now: Timestamp,
}

/// Where what is imported comes from.
#[derive(Clone)]
enum Origin {
    /// A job that runs.
    Job {
        guid: JobGuid,
        /// How often it had been taken away when it was taken up.
        interruptions: i64,
        /// The epoch in which that was.
        epoch: i64,
    },
    /// The raw answer that this job fetched when it ran.
    Answer(JobGuid),
}

impl Purpose {
    /// Locks the member that an import runs for, and the job if one runs; none when the member is gone, its live job is
    /// another one or in other hands by now, or a raw answer is no longer the newest.
    pub(super) async fn hold(&self, tx: &Tx) -> Result<Option<(Member, Option<Job>)>, StoreError> {
        let member = members::lock(tx, &self.user, &self.member).await?;
        let Some(member) = member else { return Ok(None) };
        match &self.origin {
            Origin::Job { guid, interruptions, epoch } => {
                if member.live_job_guid.as_ref() != Some(guid) {
                    return Ok(None);
                }
                let job = jobs::lock(tx, &self.user, guid).await?;
                let is_ours = |job: &Job| (job.interruptions, job.epoch) == (*interruptions, *epoch);
                Ok(job.filter(is_ours).map(|job| (member, Some(job))))
            }
            Origin::Answer(job) => {
                let newest = raw_answers::newest(tx, &self.user, &self.member).await?;
                let counts = member.live_job_guid.is_none() && newest.as_ref() == Some(job);
                Ok(counts.then_some((member, None)))
            }
        }
    }
}

/// What an import has brought in of an account.
struct Brought<'a> {
    account: &'a Account,
    imported: Imported,
    holdings: Vec<(Holding, Action)>,
    transactions: Vec<Transaction>,
}

impl Engine {
    /// Writes what a job has fetched for its member, one account at a time, each whole or not at all. An import that
    /// was interrupted can be run again. A member that is gone, or whose live job is another one or in other hands by
    /// now, gets nothing.
    pub(crate) async fn import(&self, member: &Member, job: &Job, feed: Feed) -> Result<Imported, Fault> {
        let (guid, interruptions, epoch) = (job.guid.clone(), job.interruptions, job.epoch);
        let purpose = Purpose {
            user: member.user_guid.clone(),
            member: member.guid.clone(),
            origin: Origin::Job { guid, interruptions, epoch },
            kind: job.kind,
            holdings: job.include_holdings,
            now: self.now(),
        };
        self.import_feed(purpose, feed).await.map(|(imported, _)| imported)
    }

    /// Writes what a job had fetched, once more, as that job did; none when the answer counts no longer: the member is gone
    /// or has a live job, or a newer answer was fetched.
    pub(crate) async fn import_again(
        &self,
        answer: &RawAnswer,
        feed: Feed,
    ) -> Result<Option<Imported>, Fault> {
        let purpose = Purpose {
            user: answer.user_guid.clone(),
            member: answer.member_guid.clone(),
            origin: Origin::Answer(answer.job_guid.clone()),
            kind: answer.kind,
            holdings: answer.include_holdings,
            now: self.now(),
        };
        let (imported, is_whole) = self.import_feed(purpose, feed).await?;
        Ok(is_whole.then_some(imported))
    }

    /// What was changed, and whether all was brought in.
    async fn import_feed(&self, purpose: Purpose, feed: Feed) -> Result<(Imported, bool), Fault> {
        let findings = Findings::of(purpose.kind, &feed);
        let mut imported = Imported::default();
        let catalogue = self.catalogue().await?;
        let rules = Arc::new(rules_of(&*self.store().read().await?, &purpose.user).await?);
        for mut account in feed.accounts {
            // Outside of the unit of work, which on SQLite holds everyone else's up.
            let kind = account.facts.account_type;
            let mut statement =
                Statement::of(&mut account, |told| catalogue.merchants().enrich(told, kind, &rules));
            statement.find_series(&self.payments_before(&purpose, &account, &statement).await?);
            let (engine, purpose) = (self.clone(), purpose.clone());
            let (catalogue, rules) = (Arc::clone(&catalogue), Arc::clone(&rules));
            let write = self.store().write(async move |tx| {
                let newest = rules_of(tx, &purpose.user).await?;
                if newest != *rules {
                    statement.enrich_again(|told| catalogue.merchants().enrich(told, kind, &newest));
                }
                engine.write_account(tx, &purpose, &account, &statement).await
            });
            match write.await? {
                Some(part) => imported.add(part),
                None => return Ok((imported, false)),
            }
        }
        let user = purpose.user.clone();
        let is_whole = self.write_findings(purpose, findings).await?;
        if is_whole {
            self.follow_ledger(&user).await?;
        }
        Ok((imported, is_whole))
    }

    /// What is stored of an account of the days before those of a statement, as far as recurrence reaches back.
    async fn payments_before(
        &self,
        purpose: &Purpose,
        told: &FeedAccount,
        statement: &Statement,
    ) -> Result<Vec<Payment>, Fault> {
        let Some(first) = statement.first_day_told() else { return Ok(Vec::new()) };
        let reader = self.store().read().await?;
        let known = accounts::find_fed(&reader, &purpose.user, &purpose.member, &told.id).await?;
        let Some(account) = known else { return Ok(Vec::new()) };
        let from = first.saturating_sub(Span::new().days(SERIES_REACH_BACK_DAYS));
        Ok(transaction_totals::payments(&reader, &purpose.user, &account.guid, (from, first)).await?)
    }

    /// None when there is no longer a member to import for.
    async fn write_account(
        &self,
        tx: &Tx,
        purpose: &Purpose,
        told: &FeedAccount,
        statement: &Statement,
    ) -> Result<Option<Imported>, Fault> {
        let Purpose { user, now, .. } = purpose;
        let Some((mut member, _)) = purpose.hold(tx).await? else { return Ok(None) };
        let mut imported = Imported::default();
        let known = accounts::find_fed(tx, user, &member.guid, &told.id).await?;
        let did = known.as_ref().map(in_force).transpose()?.and_then(|facts| facts.balance);
        let (mut account, mut is_changed) = match known {
            Some(account) if account.deleted_at.is_some() || account.is_blocked => return Ok(Some(imported)),
            Some(mut account) => {
                let is_changed = read_facts(&account)? != told.facts;
                if is_changed {
                    let given = read_given(&account)?.account_type;
                    account.account_type = given.unwrap_or(told.facts.account_type);
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
        let mut changes = statement.compare(self, &mut account, stored, *now);
        for row in transactions::some(tx, user, statement.recurring_before()).await? {
            changes.mark_recurring(row, *now);
        }
        if !changes.split.is_empty() {
            let parts = transactions::children(tx, user, &changes.split).await?;
            changes.take_along(parts, *now);
        }
        let holdings = if purpose.holdings {
            self.compare_holdings(tx, &mut account, told, *now).await?
        } else {
            Vec::new()
        };
        is_changed |= account.children_made != children_made;
        if is_changed {
            accounts::store(tx, &account).await?;
        }
        if imported.accounts_created > 0 {
            self.join_plan_of_user(tx, &account).await?;
        }
        write_holdings(tx, &holdings).await?;
        imported.transactions_created = changes.created;
        imported.transactions_updated = changes.updated;
        imported.transactions_deleted = changes.deleted;
        imported.holdings = holdings.len();
        transactions::store(tx, &changes.rows).await?;
        let brought = Brought { account: &account, imported, holdings, transactions: changes.rows };
        self.tell_of_import(tx, purpose, &member, brought).await?;
        if imported.accounts_updated > 0 {
            self.complete_goals(tx, (&account, &member), did, false).await?;
        }
        Ok(Some(imported))
    }

    /// Tells of an account that was imported, and counts for what its job tells at its end.
    async fn tell_of_import(
        &self,
        tx: &Tx,
        purpose: &Purpose,
        member: &Member,
        brought: Brought<'_>,
    ) -> Result<(), Fault> {
        let Brought { account, imported, holdings, transactions } = brought;
        let mut news = News::of_member(self, tx, member).await?;
        let counts = [imported.transactions_created, imported.transactions_updated];
        if let Origin::Job { guid, .. } = &purpose.origin
            && counts != [0, 0]
        {
            let [created, updated] = counts.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
            jobs::count_imported(tx, &purpose.user, guid, (created, updated)).await?;
        }
        match imported {
            Imported { accounts_created: 1.., .. } => news.account(account, member, Action::Created)?,
            Imported { accounts_updated: 1.., .. } => news.account(account, member, Action::Updated)?,
            _ => {}
        }
        for (holding, action) in &holdings {
            news.holding(holding, member, *action)?;
        }
        news.transactions(transactions, member).await?;
        news.write().await
    }

    fn new_account(&self, member: &Member, told: &FeedAccount, now: Timestamp) -> Result<Account, Fault> {
        Ok(Account {
            user_guid: member.user_guid.clone(),
            guid: self.guid_within(&member.user_guid, &member.guid, member.children_made),
            member_guid: member.guid.clone(),
            number: member.children_made,
            feed_id: told.id.clone(),
            account_type: told.facts.account_type,
            feed: facts_of(told)?,
            given: NOTHING_GIVEN.to_owned(),
            metadata: None,
            is_hidden: false,
            is_blocked: false,
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
