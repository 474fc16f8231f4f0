//! What an identification or a verification has found out about the accounts of a member: their owners, or their numbers.

use std::collections::HashMap;

use riverbank_model::feed::{Feed, FeedAccount, FeedNumbers, FeedOwner};
use riverbank_model::guid::{AccountGuid, Guid, UserGuid};
use riverbank_model::job::JobKind;
use riverbank_store::account_numbers::{self, AccountNumber};
use riverbank_store::account_owners::{self, AccountOwner};
use riverbank_store::{Place, Tx, accounts, jobs, members};
use zeroize::Zeroizing;

use super::import::Purpose;
use crate::{Engine, Fault};

/// What was found, each with the institution's id of its account.
pub(super) enum Findings {
    Owners(Vec<(String, FeedOwner)>),
    Numbers(Vec<(String, FeedNumbers)>),
    /// The job was for something else.
    None,
}

impl Findings {
    /// What a feed tells to a job of this kind. An account of which not both numbers are told can be neither paid nor
    /// charged, and counts as not verified.
    pub(super) fn of(kind: JobKind, feed: &Feed) -> Self {
        match kind {
            JobKind::Identification => Self::Owners(each(feed, |account| account.owners.clone())),
            JobKind::Verification => {
                let both = |numbers: &&FeedNumbers| numbers.both().is_some();
                Self::Numbers(each(feed, |account| account.numbers.iter().filter(both).cloned().collect()))
            }
            JobKind::Aggregation | JobKind::History | JobKind::Balance => Self::None,
        }
    }
}

fn each<T>(feed: &Feed, of: impl Fn(&FeedAccount) -> Vec<T>) -> Vec<(String, T)> {
    let told = |account: &FeedAccount| {
        // As the id of an account is stored: no text holds U+0000.
        let id = account.id.replace('\0', "");
        of(account).into_iter().map(move |one| (id.clone(), one))
    };
    feed.accounts.iter().flat_map(told).collect()
}

/// Where what is found of the accounts of a member belongs.
struct Places {
    accounts: HashMap<String, AccountGuid>,
    /// How many were found of each account.
    positions: HashMap<AccountGuid, i64>,
}

impl Places {
    /// The account that the institution calls so, and the place of the next that is found of it; none when the account is
    /// deleted.
    fn next(&mut self, feed_id: &str) -> Option<(AccountGuid, i64)> {
        let account = self.accounts.get(feed_id)?.clone();
        let position = self.positions.entry(account.clone()).or_insert(0);
        *position += 1;
        Some((account, *position))
    }
}

/// Ids of what is found: children of the job, or of the member where no job runs.
struct Ids {
    user: UserGuid,
    parent: String,
    /// Children ever made.
    made: i64,
}

impl Ids {
    fn next<G: Guid>(&mut self, engine: &Engine) -> G {
        self.made += 1;
        engine.guid_within(&self.user, &self.parent, self.made)
    }
}

impl Engine {
    /// Puts what was found in the place of what earlier jobs found, as a whole. What is the same as before keeps its id.
    /// False when whom they are for is no longer there.
    pub(super) async fn write_findings(&self, purpose: Purpose, findings: Findings) -> Result<bool, Fault> {
        if matches!(findings, Findings::None) {
            return Ok(true);
        }
        let engine = self.clone();
        let write = self.store().write(async move |tx| {
            let Some((mut member, mut job)) = purpose.hold(tx).await? else { return Ok(false) };
            let live = accounts::of_member(tx, &purpose.user, &member.guid).await?;
            let open = live.into_iter().filter(|account| !account.is_blocked);
            let accounts = open.map(|account| (account.feed_id, account.guid)).collect();
            let mut places = Places { accounts, positions: HashMap::new() };
            let (parent, made) = match &job {
                Some(job) => (job.guid.to_string(), job.children_made),
                None => (member.guid.to_string(), member.children_made),
            };
            let mut ids = Ids { user: purpose.user.clone(), parent, made };
            match findings {
                Findings::Owners(found) => {
                    engine.write_owners(tx, &purpose, &mut ids, &mut places, found).await?;
                }
                Findings::Numbers(found) => {
                    engine.write_numbers(tx, &purpose, &mut ids, &mut places, found).await?;
                }
                Findings::None => {}
            }
            if let Some(job) = &mut job {
                job.children_made = ids.made;
                jobs::save(tx, job).await?;
            } else if member.children_made != ids.made {
                member.children_made = ids.made;
                members::save(tx, &member).await?;
            }
            Ok::<_, Fault>(true)
        });
        write.await
    }

    async fn write_owners(
        &self,
        tx: &Tx,
        purpose: &Purpose,
        ids: &mut Ids,
        places: &mut Places,
        found: Vec<(String, FeedOwner)>,
    ) -> Result<(), Fault> {
        let mut known = account_owners::of_member(tx, &purpose.user, &purpose.member).await?;
        let mut rows = Vec::new();
        for (feed_id, owner) in found {
            let Some((account_guid, position)) = places.next(&feed_id) else { continue };
            let told = serde_json::to_string(&owner).map_err(Fault::internal)?;
            let same = known.iter().position(|row| row.account_guid == account_guid && row.told == told);
            if let Some(same) = same {
                rows.push(AccountOwner { position, ..known.swap_remove(same) });
                continue;
            }
            rows.push(AccountOwner {
                user_guid: purpose.user.clone(),
                guid: ids.next(self),
                member_guid: purpose.member.clone(),
                account_guid,
                position,
                told,
                created_at: purpose.now,
            });
        }
        Ok(account_owners::replace(tx, &purpose.user, &purpose.member, &rows).await?)
    }

    async fn write_numbers(
        &self,
        tx: &Tx,
        purpose: &Purpose,
        ids: &mut Ids,
        places: &mut Places,
        found: Vec<(String, FeedNumbers)>,
    ) -> Result<(), Fault> {
        let known = account_numbers::of_member(tx, &purpose.user, &purpose.member).await?;
        let known = known.into_iter().map(|row| Ok((self.told_numbers(&row)?, row)));
        let mut known = known.collect::<Result<Vec<_>, Fault>>()?;
        let mut rows = Vec::new();
        for (feed_id, numbers) in found {
            let Some((account_guid, position)) = places.next(&feed_id) else { continue };
            let same =
                known.iter().position(|(told, row)| row.account_guid == account_guid && *told == numbers);
            if let Some(same) = same {
                rows.push(AccountNumber { position, ..known.swap_remove(same).1 });
                continue;
            }
            let guid = ids.next(self);
            let plain = Zeroizing::new(serde_json::to_vec(&numbers).map_err(Fault::internal)?);
            rows.push(AccountNumber {
                told: self.seal(&Place::AccountNumbers(&purpose.user, &guid), &plain)?,
                user_guid: purpose.user.clone(),
                guid,
                member_guid: purpose.member.clone(),
                account_guid,
                position,
                created_at: purpose.now,
            });
        }
        Ok(account_numbers::replace(tx, &purpose.user, &purpose.member, &rows).await?)
    }

    /// What the institution told, as it lies sealed in a row.
    pub(crate) fn told_numbers(&self, row: &AccountNumber) -> Result<FeedNumbers, Fault> {
        let plain = self.unseal(&Place::AccountNumbers(&row.user_guid, &row.guid), &row.told)?;
        serde_json::from_slice(&plain).map_err(Fault::internal)
    }
}
