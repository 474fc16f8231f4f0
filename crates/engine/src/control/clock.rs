//! Moving the business clock: `/control/clock`.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use riverbank_model::Clock as _;
use riverbank_store::{
    Tx, deliverables, jobs, machine_time, refreshes, returning_consents, settings, webhook_endpoints,
    webhook_messages,
};
use serde::{Deserialize, Serialize};

use crate::clock::{BusinessClock, HIGHEST_SPEED, Pace, to_microseconds};
use crate::fault::faults;
use crate::schedule::Patience;
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
    /// Seconds of business time in each second: 1 as a rule, 0 while it stands still.
    pub speed: u32,
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
    /// A clock that is to stand still is frozen.
    #[error("speed must be a whole number from 1 to {HIGHEST_SPEED}.")]
    Speed,
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
    /// So many times as fast as the database's time since that was `since`; both in microseconds since 1970.
    Fast { at: i64, since: i64, speed: u32 },
}

impl Engine {
    /// What the clock shows.
    pub fn read_clock(&self) -> ClockReading {
        ClockReading { now: self.now(), speed: self.parts.clock.speed() }
    }

    /// Moves the clock on, by way of each moment at which something falls due, and does that.
    pub async fn advance_clock(&self, seconds: i64) -> Result<ClockReading, MoveClockError> {
        if seconds < 0 {
            return Err(MoveClockError::Backwards);
        }
        let by = SignedDuration::from_secs(seconds);
        self.move_clock(|clock| clock.pace_at(clock.now().checked_add(by).ok()?)).await
    }

    /// Sets the clock; forwards, it goes as if it were moved on.
    pub async fn set_clock(&self, at: Timestamp) -> Result<ClockReading, MoveClockError> {
        self.move_clock(|clock| clock.pace_at(to_microseconds(at))).await
    }

    /// Makes the clock stand still.
    pub async fn freeze_clock(&self) -> Result<ClockReading, MoveClockError> {
        self.move_clock(|clock| Some(Pace::Frozen(clock.now()))).await
    }

    /// Makes the clock run on from where it stands, so many times as fast.
    pub async fn speed_clock(&self, speed: u32) -> Result<ClockReading, MoveClockError> {
        if !(1..=HIGHEST_SPEED).contains(&speed) {
            return Err(MoveClockError::Speed);
        }
        let pace = |clock: &BusinessClock| match speed {
            1 => clock.running_from(clock.now()),
            _ => clock.fast_from(clock.now(), speed),
        };
        self.move_clock(pace).await
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
        let _moving = clock.moving.lock().await;
        self.read_pace().await?;
        let before = clock.now();
        let pace = pace(clock).ok_or(MoveClockError::OutOfRange)?;
        let mut patience = Patience::default();
        self.pass_to(clock.shown_by(pace), &mut patience).await?;
        self.set_pace(pace).await?;
        let now = clock.now();
        let back = before.duration_since(now);
        if back.is_positive() {
            let wake = self.store().write(async move |tx| {
                tx.wake_workers();
                jobs::bring_forward(tx, back, now).await?;
                webhook_messages::bring_forward(tx, back, now).await?;
                deliverables::bring_forward(tx, back, now).await?;
                webhook_endpoints::bring_forward(tx, back, now).await?;
                returning_consents::bring_forward(tx, back, now).await?;
                refreshes::bring_forward(tx, now).await
            });
            wake.await?;
        }
        self.run_due_with(&mut patience).await?;
        Ok(self.read_clock())
    }

    /// Stops at each moment before `end` at which something falls due, and does that.
    async fn pass_to(&self, end: Timestamp, patience: &mut Patience) -> Result<(), MoveClockError> {
        let clock = &self.parts.clock;
        let mut done = clock.now();
        if done < end {
            done = self.run_due_with(patience).await?;
        }
        while let Some(next) = self.next_due(done).await? {
            // A clock that runs may have passed it in the meantime.
            let at = next.max(clock.now());
            if at >= end {
                break;
            }
            self.set_pace(clock.pace_at(at).ok_or(MoveClockError::OutOfRange)?).await?;
            done = self.run_due_with(patience).await?;
        }
        Ok(())
    }

    /// Makes the clock run so, here at once and on other nodes within a second, and wakes the workers.
    async fn set_pace(&self, pace: Pace) -> Result<(), Fault> {
        let (engine, before) = (self.clone(), self.parts.clock.pace());
        let written = self.store().write(async move |tx| {
            tx.wake_workers();
            engine.put_pace(tx, pace).await
        });
        written.await.inspect_err(|_| self.parts.clock.set_pace(before))
    }

    /// Writes the pace, and goes by it from now on: at once, so that the workers who wake at the commit find what is due.
    /// When that fails, the caller takes it back.
    pub(super) async fn put_pace(&self, tx: &Tx, pace: Pace) -> Result<(), Fault> {
        settings::put(tx, SETTING, text_of(pace)?.as_bytes()).await?;
        self.parts.clock.set_pace(pace);
        Ok(())
    }

    /// Goes by the pace that another node may have given the clock; false while it is being moved here.
    pub(crate) async fn follow_pace(&self) -> Result<bool, Fault> {
        let Ok(_moving) = self.parts.clock.moving.try_lock() else { return Ok(false) };
        self.read_pace().await?;
        Ok(true)
    }

    /// Business time for a worker that was woken: whoever wakes it may have moved the clock, on another node.
    pub(crate) async fn now_as_woken(&self) -> Result<Timestamp, Fault> {
        if self.mode() == Mode::Sandbox {
            self.follow_pace().await?;
        }
        Ok(self.now())
    }

    /// Takes the clock up where the last server left it, or where another node has moved it since.
    pub async fn restore_clock(&self) -> Result<(), Fault> {
        let _moving = self.parts.clock.moving.lock().await;
        self.read_pace().await
    }

    /// Goes by the clock of the database, which all nodes share, where this machine's differs from it; false when its answer took
    /// too long to be gone by.
    pub async fn follow_database_clock(&self) -> Result<bool, Fault> {
        let reader = self.parts.store.read().await?;
        let asked = self.parts.machine.elapsed();
        let shown = machine_time::now(&reader).await?;
        let took = self.parts.machine.elapsed().saturating_sub(asked);
        if took >= SLOWEST_ANSWER {
            return Ok(false);
        }
        self.parts.clock.follow(shown.saturating_add(took / 2).unwrap_or(shown), took / 2);
        Ok(true)
    }

    async fn read_pace(&self) -> Result<(), Fault> {
        let reader = self.parts.store.read().await?;
        let Some(text) = settings::find(&reader, SETTING).await? else { return Ok(()) };
        self.parts.clock.set_pace(pace_of(&text)?);
        Ok(())
    }
}

/// A pace as it is kept.
pub(super) fn text_of(pace: Pace) -> Result<String, Fault> {
    let stored = match pace {
        Pace::Running(ahead) => Stored::Running(i64::try_from(ahead.as_micros()).unwrap_or(0)),
        Pace::Frozen(at) => Stored::Frozen(at.as_microsecond()),
        Pace::Fast { at, since, speed } => {
            Stored::Fast { at: at.as_microsecond(), since: since.as_microsecond(), speed }
        }
    };
    serde_json::to_string(&stored).map_err(Fault::internal)
}

/// A pace that was kept.
pub(super) fn pace_of(text: &[u8]) -> Result<Pace, Fault> {
    let moment = |micros| Timestamp::from_microsecond(micros).map_err(Fault::internal);
    Ok(match serde_json::from_slice(text).map_err(Fault::internal)? {
        Stored::Running(micros) => Pace::Running(SignedDuration::from_micros(micros)),
        Stored::Frozen(micros) => Pace::Frozen(moment(micros)?),
        Stored::Fast { at, since, speed } => Pace::Fast { at: moment(at)?, since: moment(since)?, speed },
    })
}
