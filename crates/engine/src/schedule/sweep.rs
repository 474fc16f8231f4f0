//! One sweep: everything that is due at a moment of business time, and the wait for what the workers make of it.

use std::time::Duration;

use jiff::Timestamp;
use riverbank_store::{StoreError, Tx, deliverables, jobs, returning_consents};

use super::source::SOURCES;
use crate::{Engine, Fault};

/// How often jobs are looked at until they are done, where nobody says that one is.
const GLANCE: Duration = Duration::from_millis(5);

/// How long a move of the clock waits for jobs: one of a slow institution may go on after that, and what falls due later
/// no longer waits for it.
#[derive(Debug)]
pub(crate) struct Patience(Duration);

impl Default for Patience {
    fn default() -> Self {
        Self(Duration::from_secs(30))
    }
}

#[cfg(any(test, feature = "testing"))]
impl Patience {
    /// That of a test, whose machine may be slow.
    pub(crate) fn of_a_test() -> Self {
        Self(Duration::from_mins(10))
    }

    /// Whether it has come to its end, and something may still go on.
    pub(crate) fn is_lost(&self) -> bool {
        self.0.is_zero()
    }
}

impl Engine {
    /// Does what is due now, a batch of each kind, one sweep at a time. How much it did. What fails holds nothing else up, unless
    /// the database is away.
    pub(crate) async fn sweep(&self) -> Result<usize, Fault> {
        let _sweeping = self.sweeping.lock().await;
        let now = self.now();
        let mut done = 0;
        for source in SOURCES {
            match source.run(self, now).await {
                Ok(some) => done += some,
                Err(fault @ Fault::Unavailable(_)) => return Err(fault),
                Err(fault) => fault.log("something that is due could not be done"),
            }
        }
        Ok(done)
    }

    /// The next moment at which something falls due.
    pub(crate) async fn next_due(&self, after: Timestamp) -> Result<Option<Timestamp>, Fault> {
        let reader = self.store().read().await?;
        let mut first: Option<Timestamp> = None;
        for source in SOURCES {
            let next = source.next(self, &reader, after).await?;
            first = first.into_iter().chain(next).min();
        }
        Ok(first)
    }

    /// Does all that is due now, and waits until the workers have done what is theirs.
    pub async fn run_due(&self) -> Result<(), Fault> {
        self.run_due_with(&mut Patience::default()).await.map(drop)
    }

    /// The same, for as long as there is patience; the moment through which it is done.
    pub(crate) async fn run_due_with(&self, patience: &mut Patience) -> Result<Timestamp, Fault> {
        let start = self.machine().elapsed();
        loop {
            let now = self.now();
            let settled = self.settled.notified();
            // What was under way before the sweep may have left something for the next one since; the sweep itself, or one that it
            // has waited for, may have set something going.
            let was_busy = self.is_busy().await?;
            if self.sweep().await? > 0 {
                continue;
            }
            let is_busy = was_busy || self.is_busy().await?;
            if !is_busy || patience.0.is_zero() {
                return Ok(now);
            }
            if self.machine().elapsed().saturating_sub(start) > patience.0 {
                tracing::warn!(
                    "jobs still run, or webhooks, consents and notices are still under way, after the clock was moved"
                );
                patience.0 = Duration::ZERO;
                return Ok(now);
            }
            // Told or not: other nodes have workers too.
            let _ = tokio::time::timeout(GLANCE, settled).await;
        }
    }

    /// Whether a job or a message is due or in the hands of a worker: jobs first, which write messages as they end.
    pub(crate) async fn is_under_way(&self, tx: &Tx) -> Result<bool, StoreError> {
        Ok(jobs::is_busy(tx, self.now()).await? || self.is_delivering(tx).await?)
    }

    /// Whether anything of the workers' and senders' is due or under way.
    async fn is_busy(&self) -> Result<bool, Fault> {
        let (reader, now) = (self.store().read().await?, self.now());
        Ok(self.is_under_way(&reader).await?
            || deliverables::is_due(&reader, now).await?
            || returning_consents::is_due(&reader, now).await?)
    }
}
