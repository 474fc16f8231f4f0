//! Moving the business clock: `/control/clock`.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use riverbank_model::Clock as _;
use riverbank_store::{jobs, machine_time, settings};
use serde::{Deserialize, Serialize};

use crate::clock::{BusinessClock, Pace, to_microseconds};
use crate::fault::faults;
use crate::{Engine, Fault, Mode};

/// Where the pace of a sandbox's clock is kept over restarts.
const SETTING: &str = "clock";
/// A database that takes longer to say what time it is says too little.
const SLOWEST_ANSWER: Duration = Duration::from_secs(1);

/// What the clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockReading {
    /// Business time.
    pub now: Timestamp,
    /// Whether it stands still.
    pub is_frozen: bool,
}

/// Why a clock is not moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveClockError {
    /// Sandboxes only.
    #[error("The clock can only be moved in a sandbox.")]
    NotASandbox,
    /// Beyond what a clock can show.
    #[error("The time is out of range.")]
    OutOfRange,
    /// A clock is moved on; to go back it is set.
    #[error("seconds must not be negative.")]
    Backwards,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(MoveClockError);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stored {
    /// Microseconds ahead of the database's time.
    Running(i64),
    /// Microseconds since 1970.
    Frozen(i64),
}

impl Engine {
    /// What the clock shows.
    pub fn read_clock(&self) -> ClockReading {
        let is_frozen = matches!(self.parts.clock.pace(), Pace::Frozen(_));
        ClockReading { now: self.now(), is_frozen }
    }

    /// Moves the clock on, and does what falls due.
    pub async fn advance_clock(&self, seconds: i64) -> Result<ClockReading, MoveClockError> {
        if seconds < 0 {
            return Err(MoveClockError::Backwards);
        }
        let by = SignedDuration::from_secs(seconds);
        self.move_clock(|clock| clock.pace_at(clock.now().checked_add(by).ok()?)).await
    }

    /// Sets the clock, and does what falls due.
    pub async fn set_clock(&self, at: Timestamp) -> Result<ClockReading, MoveClockError> {
        self.move_clock(|clock| clock.pace_at(to_microseconds(at))).await
    }

    /// Makes the clock stand still.
    pub async fn freeze_clock(&self) -> Result<ClockReading, MoveClockError> {
        self.move_clock(|clock| Some(Pace::Frozen(clock.now()))).await
    }

    /// Makes the clock run on from where it stands.
    pub async fn resume_clock(&self) -> Result<ClockReading, MoveClockError> {
        self.move_clock(|clock| clock.running_from(clock.now())).await
    }

    /// Gives the clock the pace that `pace` makes of it; none is out of range. Other nodes follow within a second.
    async fn move_clock(
        &self,
        pace: impl FnOnce(&BusinessClock) -> Option<Pace> + Send,
    ) -> Result<ClockReading, MoveClockError> {
        if self.mode() != Mode::Sandbox {
            return Err(MoveClockError::NotASandbox);
        }
        let clock = &self.parts.clock;
        let moving = clock.moving.lock().await;
        self.read_pace().await?;
        let before = clock.now();
        let pace = pace(clock).ok_or(MoveClockError::OutOfRange)?;
        let stored = match pace {
            Pace::Running(ahead) => Stored::Running(i64::try_from(ahead.as_micros()).unwrap_or(0)),
            Pace::Frozen(at) => Stored::Frozen(at.as_microsecond()),
        };
        let text = serde_json::to_vec(&stored).map_err(Fault::internal)?;
        self.parts.store.write(async move |tx| settings::put(tx, SETTING, &text).await).await?;
        clock.set_pace(pace);
        drop(moving);
        let now = clock.now();
        let back = before.duration_since(now);
        let wake = self.parts.store.write(async move |tx| {
            tx.wake_workers();
            if back.is_positive() { jobs::bring_forward(tx, back, now).await } else { Ok(()) }
        });
        wake.await?;
        self.run_due().await?;
        Ok(self.read_clock())
    }

    /// Takes the clock up where the last server left it, or where another node has moved it since.
    pub async fn restore_clock(&self) -> Result<(), Fault> {
        let _moving = self.parts.clock.moving.lock().await;
        self.read_pace().await
    }

    /// Goes by the clock of the database, which all nodes share, where this machine's differs from it.
    pub async fn follow_database_clock(&self) -> Result<(), Fault> {
        let reader = self.parts.store.read().await?;
        let asked = self.parts.machine.elapsed();
        let shown = machine_time::now(&reader).await?;
        let took = self.parts.machine.elapsed().saturating_sub(asked);
        if took < SLOWEST_ANSWER {
            self.parts.clock.follow(shown.saturating_add(took / 2).unwrap_or(shown));
        }
        Ok(())
    }

    async fn read_pace(&self) -> Result<(), Fault> {
        let reader = self.parts.store.read().await?;
        let Some(text) = settings::find(&reader, SETTING).await? else { return Ok(()) };
        let pace = match serde_json::from_slice(&text).map_err(Fault::internal)? {
            Stored::Running(micros) => Pace::Running(SignedDuration::from_micros(micros)),
            Stored::Frozen(micros) => {
                Pace::Frozen(Timestamp::from_microsecond(micros).map_err(Fault::internal)?)
            }
        };
        self.parts.clock.set_pace(pace);
        Ok(())
    }
}
