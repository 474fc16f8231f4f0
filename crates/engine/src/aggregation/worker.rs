//! The workers of one process: they take jobs from the queue, hold them by renewing their leases, and run them.

use std::collections::HashMap;
use std::time::Duration;

use riverbank_model::guid::JobGuid;
use riverbank_store::jobs::{self, Claim, ClaimTerms};
use tokio::sync::watch;
use tokio::task::{Id, JoinSet};

use crate::{Engine, Fault};

/// The longest that workers sleep without looking for work that nobody told them of: an expired lease, a node that
/// died before it could say so.
const POLL: Duration = Duration::from_secs(2);
/// After a failure of the database, the pause before it is asked again.
const PAUSE: Duration = Duration::from_millis(500);
/// How long running jobs may go on after the stop.
const GRACE: Duration = Duration::from_secs(5);

/// Tells the tasks of a server to stop.
pub type Stop = watch::Receiver<bool>;

/// The jobs in the hands of this process.
struct Held {
    owner: String,
    running: JoinSet<()>,
    claims: HashMap<Id, Claim>,
}

impl Engine {
    /// Takes and runs jobs until `stop` says so; then gives back what is not finished in time.
    pub async fn run_workers(self, owner: String, mut stop: Stop) {
        let mut held = Held { owner, running: JoinSet::new(), claims: HashMap::new() };
        let mut wakeups = self.parts.store.wakeups();
        let mut renewed = self.parts.machine.elapsed();
        while !*stop.borrow() {
            let pause = match self.fill(&mut held).await {
                Ok(pause) => pause,
                Err(fault) => {
                    tracing::warn!(error = &fault as &dyn std::error::Error, "jobs cannot be taken");
                    PAUSE
                }
            };
            tokio::select! {
                _ = wakeups.wait(pause) => {}
                Some(ended) = held.running.join_next_with_id() => self.settle(&mut held, ended).await,
                _ = stop.changed() => {}
            }
            if self.parts.machine.elapsed().saturating_sub(renewed) > self.settings().lease / 3 {
                renewed = self.parts.machine.elapsed();
                self.renew(&held).await;
            }
        }
        self.wind_up(held).await;
    }

    /// Takes as many jobs as there is room for; how long to sleep when nothing else happens.
    async fn fill(&self, held: &mut Held) -> Result<Duration, Fault> {
        let room = self.settings().workers.saturating_sub(held.claims.len());
        if room == 0 {
            return Ok(self.settings().lease / 3);
        }
        let now = self.now();
        let reader = self.parts.store.read().await?;
        let due = jobs::next_due(&reader).await?;
        let has_lost = jobs::has_expired_leases(&reader).await?;
        drop(reader);
        if has_lost {
            self.parts.store.write(async |tx| jobs::reclaim(tx).await).await?;
        } else if due.is_none_or(|due| due > now) {
            let sleep = due.map_or(POLL, |due| Duration::try_from(due.duration_since(now)).unwrap_or(POLL));
            return Ok(sleep.min(POLL));
        }
        let (owner, lease) = (held.owner.clone(), self.settings().lease);
        let limit = i64::try_from(room).unwrap_or(i64::MAX);
        let per_institution = i64::try_from(self.settings().workers_per_institution).unwrap_or(i64::MAX);
        let claims = self
            .parts
            .store
            .write(async move |tx| {
                jobs::claim(tx, &ClaimTerms { owner: &owner, limit, per_institution, lease, now }).await
            })
            .await?;
        for claim in claims {
            self.spawn(held, claim);
        }
        Ok(POLL)
    }

    fn spawn(&self, held: &mut Held, claim: Claim) {
        let (engine, owner, taken) = (self.clone(), held.owner.clone(), claim.clone());
        let handle = held.running.spawn(async move {
            let Err(fault) = engine.run_job(&taken, &owner).await else { return };
            tracing::error!(job = %taken.guid, error = &fault as &dyn std::error::Error, "a job was interrupted");
            engine.put_back(&taken, &owner).await;
        });
        held.claims.insert(handle.id(), claim);
    }

    /// A job came to a stop, or its task panicked: then it is put back as interrupted.
    async fn settle(&self, held: &mut Held, ended: Result<(Id, ()), tokio::task::JoinError>) {
        match ended {
            Ok((id, ())) => {
                held.claims.remove(&id);
            }
            Err(error) => {
                let Some(claim) = held.claims.remove(&error.id()) else { return };
                tracing::error!(job = %claim.guid, %error, "a job panicked");
                self.put_back(&claim, &held.owner).await;
            }
        }
    }

    /// When this fails too, the lease runs out.
    async fn put_back(&self, claim: &Claim, owner: &str) {
        if let Err(fault) = self.interrupt_job(claim, owner).await {
            tracing::warn!(job = %claim.guid, error = &fault as &dyn std::error::Error, "a job waits for its lease to end");
        }
    }

    async fn renew(&self, held: &Held) {
        let jobs: Vec<JobGuid> = held.claims.values().map(|claim| claim.guid.clone()).collect();
        if jobs.is_empty() {
            return;
        }
        let (owner, lease) = (held.owner.clone(), self.settings().lease);
        let renewal = self.parts.store.write(async move |tx| jobs::renew(tx, &owner, &jobs, lease).await);
        if let Err(error) = renewal.await {
            tracing::warn!(error = &error as &dyn std::error::Error, "leases could not be renewed");
        }
    }

    /// Takes back the jobs that an earlier life of this server held. Only for the one server of a database.
    pub async fn take_back_jobs(&self) -> Result<(), Fault> {
        Ok(self.parts.store.write(async |tx| jobs::reclaim_all(tx).await).await.map(drop)?)
    }

    async fn wind_up(&self, mut held: Held) {
        let finish = async { while held.running.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, finish).await.is_err() {
            held.running.shutdown().await;
        }
        let owner = held.owner.clone();
        let released = self.parts.store.write(async move |tx| {
            tx.wake_workers();
            jobs::release(tx, &owner).await
        });
        if let Err(error) = released.await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "unfinished jobs wait for their leases to end"
            );
        }
    }
}
