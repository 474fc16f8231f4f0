//! The loop that looks at the schedule.

use std::time::Duration;

use crate::aggregation::Stop;
use crate::{Engine, Fault, Mode};

/// How often the schedule is looked at.
const TICK: Duration = Duration::from_secs(1);

impl Engine {
    /// Does what falls due until `stop` says so.
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
            self.parts.vault.follow_fingerprints(&self.parts.store).await?;
            if !self.follow_pace().await? {
                return Ok(());
            }
        }
        self.sweep().await.map(drop)
    }
}
