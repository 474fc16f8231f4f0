//! Business time that a sandbox can move.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use riverbank_model::{Clock, MachineClock};

/// How business time follows machine time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Machine time and this much more.
    Running(SignedDuration),
    /// Standing still.
    Frozen(Timestamp),
}

/// The business clock: follows the machine's wall clock until someone moves it.
pub struct BusinessClock {
    machine: Arc<dyn MachineClock>,
    pace: Mutex<Pace>,
    /// Held while the pace is stored or read from where it is stored.
    pub(crate) moving: tokio::sync::Mutex<()>,
}

impl BusinessClock {
    /// A clock of this pace.
    pub fn new(machine: Arc<dyn MachineClock>, pace: Pace) -> Self {
        Self { machine, pace: Mutex::new(pace), moving: tokio::sync::Mutex::new(()) }
    }

    /// How it runs now.
    pub fn pace(&self) -> Pace {
        *self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes it run so.
    pub fn set_pace(&self, pace: Pace) {
        *self.pace.lock().unwrap_or_else(PoisonError::into_inner) = pace;
    }

    /// The pace that shows `at` now and goes on as this clock does. `None` when that is out of range.
    pub fn pace_at(&self, at: Timestamp) -> Option<Pace> {
        match self.pace() {
            Pace::Frozen(_) => Some(Pace::Frozen(at)),
            Pace::Running(_) => self.running_from(at),
        }
    }

    /// The pace that shows `at` now and runs.
    pub fn running_from(&self, at: Timestamp) -> Option<Pace> {
        // A later reading must stay in range for as long as a server may live.
        at.checked_add(SignedDuration::from_hours(24 * 365)).ok()?;
        Some(Pace::Running(at.duration_since(self.machine.wall())))
    }
}

impl Clock for BusinessClock {
    fn now(&self) -> Timestamp {
        let now = match self.pace() {
            Pace::Running(ahead) => self.machine.wall().saturating_add(ahead).unwrap_or(Timestamp::MAX),
            Pace::Frozen(at) => at,
        };
        to_microseconds(now)
    }
}

/// The moment without what the database cannot hold.
pub fn to_microseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}
