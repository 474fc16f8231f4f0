//! The workers of one process: they take jobs from the queue, hold them by renewing their leases, and run them.

use std::collections::HashMap;
use std::time::Duration;

use riverbank_model::guid::JobGuid;
use riverbank_model::limits::JOB_INTERRUPTIONS;
use riverbank_store::jobs::{self, Claim, ClaimTerms};
use tokio::sync::watch;
use tokio::task::{Id, JoinSet};

use super::Steps;
use super::run::Tries;
use crate::{Engine, Fault};

/// The longest that workers sleep without looking for work that nobody told them of: an expired lease, a node that
/// died before it could say so.
const POLL: Duration = Duration::from_secs(2);
/// After a failure of the database, the pause before it is asked again.
const PAUSE: Duration = Duration::from_millis(500);
/// How long a job rests after our first interruption of it; twice as long after each further one, so that the five
/// that it has outlast half a minute of failures.
const PAUSE_BEFORE_RETRY: Duration = Duration::from_secs(1);
/// How long running jobs may go on after the stop.
const GRACE: Duration = Duration::from_secs(5);

/// What is told of a job that could not be put back.
const LEFT: &str = "a job waits for its lease to end";

/// Tells the tasks of a server to stop.
pub type Stop = watch::Receiver<bool>;

/// The jobs in the hands of this process.
struct Held {
    owner: String,
    running: JoinSet<()>,
    claims: HashMap<Id, (Claim, Steps)>,
    /// When they were last held for longer; machine time.
    renewed: Duration,
}

impl Engine {
    /// Takes and runs jobs until `stop` says so; then gives back what is not finished in time.
    pub async fn run_workers(self, owner: String, mut stop: Stop) {
        let renewed = self.parts.machine.elapsed();
        let mut held = Held { owner, running: JoinSet::new(), claims: HashMap::new(), renewed };
        let mut wakeups = self.parts.store.wakeups();
        while !*stop.borrow() {
            let pause = match self.renew_and_fill(&mut held).await {
                Ok(pause) => pause,
                Err(fault) => {
                    fault.log("jobs cannot be held or taken");
                    PAUSE
                }
            };
            tokio::select! {
                _ = wakeups.wait(pause.min(self.renewal())) => {}
                Some(ended) = held.running.join_next_with_id() => self.settle(&mut held, ended).await,
                _ = stop.changed() => {}
            }
        }
        self.wind_up(held).await;
    }

    /// How often what is held is held for longer.
    fn renewal(&self) -> Duration {
        self.settings().lease / 3
    }

    /// No job is taken while what is held cannot be renewed: that takes back what is overdue, and after a while without
    /// the database that is our own.
    async fn renew_and_fill(&self, held: &mut Held) -> Result<Duration, Fault> {
        let now = self.parts.machine.elapsed();
        if now.saturating_sub(held.renewed) >= self.renewal() {
            self.renew(held).await?;
            held.renewed = now;
        }
        self.fill(held).await
    }

    /// Takes as many jobs as there is room for; how long to sleep when nothing else happens.
    async fn fill(&self, held: &mut Held) -> Result<Duration, Fault> {
        let room = self.settings().workers.saturating_sub(held.claims.len());
        if room == 0 {
            return Ok(POLL);
        }
        let now = self.now_as_woken().await?;
        let reader = self.parts.store.read().await?;
        let due = jobs::next_due(&reader).await?;
        let has_lost = jobs::has_expired_leases(&reader).await?;
        drop(reader);
        if has_lost {
            self.parts.store.write(async |tx| jobs::reclaim(tx).await).await?;
        } else if due.is_none_or(|due| due > now) {
            let sleep = due.and_then(|due| self.parts.clock.time_until(due));
            return Ok(sleep.unwrap_or(POLL).min(POLL));
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
        let steps = Steps::default();
        let made = steps.clone();
        let handle = held.running.spawn(async move {
            tracing::debug!(job = %taken.guid, "a job is taken up");
            let ran = engine.run_job(&taken, &owner, &made).await;
            tracing::debug!(job = %taken.guid, "a job is put down");
            let Err(fault) = ran else { return };
            tracing::warn!(job = %taken.guid, error = &fault as &dyn std::error::Error, "a job was interrupted");
            // What interrupted it may take a while to pass, and the attempts are counted.
            tokio::time::sleep(PAUSE_BEFORE_RETRY * 2_u32.pow(interruptions(&taken))).await;
            engine.put_back(&taken, &owner, &made).await;
        });
        held.claims.insert(handle.id(), (claim, steps));
    }

    /// A job came to a stop, or its task panicked: then it is put back as interrupted.
    async fn settle(&self, held: &mut Held, ended: Result<(Id, ()), tokio::task::JoinError>) {
        match ended {
            Ok((id, ())) => {
                held.claims.remove(&id);
            }
            Err(error) => {
                let Some((claim, steps)) = held.claims.remove(&error.id()) else { return };
                tracing::error!(job = %claim.guid, %error, "a job panicked");
                if let Err(fault) = self.interrupt_job(&claim, &held.owner, &steps).await {
                    fault.log(LEFT);
                }
            }
        }
        self.settled.notify_waiters();
    }

    async fn put_back(&self, claim: &Claim, owner: &str, steps: &Steps) {
        let mut tries = Tries::default();
        loop {
            let written = self.interrupt_job(claim, owner, steps).await;
            if !tries.go_on(&written).await {
                return written.unwrap_or_else(|fault| fault.log(LEFT));
            }
        }
    }

    async fn renew(&self, held: &Held) -> Result<(), Fault> {
        let jobs: Vec<JobGuid> = held.claims.values().map(|(claim, _)| claim.guid.clone()).collect();
        if jobs.is_empty() {
            return Ok(());
        }
        let (owner, lease) = (held.owner.clone(), self.settings().lease);
        let renewal = self.parts.store.write(async move |tx| jobs::renew(tx, &owner, &jobs, lease).await);
        Ok(renewal.await?)
    }

    /// Takes back the jobs that an earlier life of this server held. Only for the one server of a database.
    pub async fn take_back_jobs(&self) -> Result<(), Fault> {
        Ok(self.parts.store.write(async |tx| jobs::reclaim_all(tx).await).await.map(drop)?)
    }

    async fn wind_up(&self, mut held: Held) {
        let finish = async { while held.running.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, finish).await.is_err() {
            held.running.shutdown().await;
            for (claim, steps) in held.claims.values() {
                if let Err(fault) = self.write_steps(claim, &held.owner, steps).await {
                    fault.log("the steps of a job that was broken off are lost");
                }
            }
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

/// How often a job was interrupted, as far as it matters for its rest.
fn interruptions(claim: &Claim) -> u32 {
    u32::try_from(claim.interruptions.clamp(0, JOB_INTERRUPTIONS)).unwrap_or(0)
}
