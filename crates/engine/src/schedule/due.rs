//! The loop that sweeps, and its twin for a sandbox whose clock was moved.

use std::time::Duration;

use riverbank_store::jobs;

use crate::aggregation::Stop;
use crate::{Engine, Fault, Mode};

/// How often the schedule is looked at.
const TICK: Duration = Duration::from_secs(1);
/// How often a moved clock's work is looked at until it is done.
const GLANCE: Duration = Duration::from_millis(5);
/// The longest that moving a clock waits for jobs: one of a slow institution may go on after that.
const PATIENCE: Duration = Duration::from_secs(30);

impl Engine {
    /// Sweeps until `stop` says so.
    pub async fn run_schedule(self, mut stop: Stop) {
        while !*stop.borrow() {
            if let Err(fault) = self.tick().await {
                fault.log("the schedule could not be followed");
            }
            tokio::select! {
                () = tokio::time::sleep(TICK) => {}
                _ = stop.changed() => {}
            }
        }
    }

    async fn tick(&self) -> Result<(), Fault> {
        self.follow_database_clock().await?;
        self.parts.vault.heed(&self.parts.store).await?;
        if self.mode() == Mode::Sandbox {
            self.restore_clock().await?;
        }
        self.sweep().await.map(drop)
    }

    /// Does what is due now, and waits until the workers have done what is theirs.
    pub async fn run_due(&self) -> Result<(), Fault> {
        let start = self.parts.machine.elapsed();
        loop {
            let swept = self.sweep().await?;
            let reader = self.parts.store.read().await?;
            let is_busy = jobs::is_busy(&reader, self.now()).await?;
            drop(reader);
            if swept == 0 && !is_busy {
                return Ok(());
            }
            if self.parts.machine.elapsed().saturating_sub(start) > PATIENCE {
                tracing::warn!("jobs still run after the clock was moved");
                return Ok(());
            }
            tokio::time::sleep(GLANCE).await;
        }
    }
}
