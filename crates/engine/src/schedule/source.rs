//! The table of what falls due.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_store::due::MemberKey;
use riverbank_store::{StoreError, Tx};

use super::challenges::ChallengeExpiries;
use super::deletions::Deletions;
use super::deliverables::WaitingDeliverables;
use super::insights::Looks;
use super::jobs::WaitingJobs;
use super::merges::Merges;
use super::micro_deposits::{MicroDepositRounds, MicroDeposits};
use super::plans::PlanTurns;
use super::refreshes::Refreshes;
use super::retention::Retention;
use super::returns::Returns;
use super::rules::OpenRules;
use super::webhooks::WaitingWebhooks;
use crate::{Engine, Fault};

/// Something that falls due at moments of business time.
#[async_trait]
pub(super) trait Source: Sync {
    /// The first moment after `after` at which something of it falls due.
    async fn next(&self, engine: &Engine, tx: &Tx, after: Timestamp)
    -> Result<Option<Timestamp>, StoreError>;

    /// Does what is due at `now`, as much as makes a good batch, in the order of due time and guid. How much that was:
    /// as long as it is something, it is called again. What fails is logged and left for the next sweep.
    async fn run(&self, engine: &Engine, now: Timestamp) -> Result<usize, Fault>;
}

/// Everything that falls due, in the order in which it is done where it shares a moment. What a job does is the
/// workers'; so they are last.
pub(super) const SOURCES: &[&dyn Source] = &[
    &ChallengeExpiries,
    &Deletions,
    &Merges,
    &Retention,
    &OpenRules,
    &Looks,
    &PlanTurns,
    &Refreshes,
    // Orders first, so that they go out with the round of their moment.
    &MicroDeposits,
    &MicroDepositRounds,
    &WaitingJobs,
    &WaitingWebhooks,
    &WaitingDeliverables,
    &Returns,
];

/// Does something for each of some members, which have nothing to do with each other, at once. How often it went well;
/// the others are in the log. While the database is away, nothing else would be done either.
pub(super) async fn for_each<F>(
    what: &str,
    keys: Vec<MemberKey>,
    act: impl Fn(MemberKey) -> F,
) -> Result<usize, Fault>
where
    F: Future<Output = Result<(), Fault>>,
{
    let acts = keys.into_iter().map(|key| {
        let act = act(key.clone());
        async move { (key, act.await) }
    });
    let mut done = 0;
    for (member, result) in futures_util::future::join_all(acts).await {
        match result {
            Ok(()) => done += 1,
            Err(fault @ Fault::Unavailable(_)) => return Err(fault),
            Err(fault) => {
                tracing::error!(member = %member.guid, error = &fault as &dyn std::error::Error, "{what}");
            }
        }
    }
    Ok(done)
}
