//! One sweep: everything that is due at a moment of business time, and the wait for what the workers make of it.

use std::time::Duration;

use jiff::Timestamp;
use riverbank_store::{deliverables, jobs, returning_consents};

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

impl Engine {
    /// Does what is due now, a batch of each kind. How much it did. What fails holds nothing else up, unless the
    /// database is away.
    pub(crate) async fn sweep(&self) -> Result<usize, Fault> {
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
        self.run_due_with(&mut Patience::default()).await
    }

    pub(crate) async fn run_due_with(&self, patience: &mut Patience) -> Result<(), Fault> {
        let start = self.machine().elapsed();
        loop {
            let settled = self.settled.notified();
            // What is under way is asked for before the sweep, which sees what has come of it since; jobs before what they
            // leave behind, which is written as they end.
            let reader = self.store().read().await?;
            let is_busy = jobs::is_busy(&reader, self.now()).await?
                || self.is_delivering(&reader).await?
                || deliverables::is_due(&reader, self.now()).await?
                || returning_consents::is_due(&reader, self.now()).await?;
            drop(reader);
            if self.sweep().await? > 0 {
                continue;
            }
            if !is_busy || patience.0.is_zero() {
                return Ok(());
            }
            if self.machine().elapsed().saturating_sub(start) > patience.0 {
                tracing::warn!(
                    "jobs still run, or webhooks, consents and notices are still under way, after the clock was moved"
                );
                patience.0 = Duration::ZERO;
                return Ok(());
            }
            // Told or not: other nodes have workers too.
            let _ = tokio::time::timeout(GLANCE, settled).await;
        }
    }
}
