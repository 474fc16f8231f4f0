//! The loops that look each second at what is due: the schedule, and rotations of the master key.

use std::time::Duration;

use crate::aggregation::Stop;
use crate::{Engine, Fault, Mode};

/// How often the schedule is looked at.
const TICK: Duration = Duration::from_secs(1);
/// How often the requests that touched members are written.
const WRITE_REQUESTS: Duration = Duration::from_secs(5);

impl Engine {
    /// Does what falls due until `stop` says so.
    pub async fn run_schedule(self, mut stop: Stop) {
        let mut written = self.machine().elapsed();
        while !*stop.borrow() {
            if self.machine().elapsed().saturating_sub(written) >= WRITE_REQUESTS {
                self.put_down_requests().await;
                written = self.machine().elapsed();
            }
            match self.tick(&stop).await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(fault) => fault.log("the schedule could not be followed"),
            }
            tokio::select! {
                () = tokio::time::sleep(TICK) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Heeds rotations of the master key until `stop` says so. Whoever rotates waits for a few seconds, and so this waits for nothing
    /// else that is due.
    pub async fn run_rotations(self, mut stop: Stop) {
        while !*stop.borrow() {
            if let Err(error) = self.parts.vault.heed(&self.parts.store).await {
                Fault::from(error).log("rotations of the master key could not be heeded");
            }
            tokio::select! {
                () = tokio::time::sleep(TICK) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Applies rules until none is left, or until it is time to look at the rest of the schedule; whether some are left. After
    /// each batch it rests for as long as that took, so that half of the time is that of others.
    async fn go_on_with_rules(&self, stop: &Stop) -> Result<bool, Fault> {
        let machine = self.machine();
        let start = machine.elapsed();
        loop {
            let begun = machine.elapsed();
            if begun.saturating_sub(start) >= TICK {
                return Ok(true);
            }
            if *stop.borrow() || self.apply_rules().await? == 0 {
                return Ok(false);
            }
            tokio::time::sleep(machine.elapsed().saturating_sub(begun)).await;
        }
    }

    /// Whether something is left that need not wait for the next look.
    async fn tick(&self, stop: &Stop) -> Result<bool, Fault> {
        self.follow_database_clock().await?;
        if self.mode() == Mode::Sandbox {
            self.parts.vault.follow_fingerprints(&self.parts.store).await?;
            if !self.follow_pace().await? {
                return Ok(false);
            }
        }
        self.sweep().await?;
        self.go_on_with_rules(stop).await
    }
}
