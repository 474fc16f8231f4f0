//! Business time that a sandbox can move.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use riverbank_model::{Clock, MachineClock};

/// A clock that differs from the database's by less, beside what may be the way there and back, is left alone.
const TOLERANCE: SignedDuration = SignedDuration::from_millis(250);

/// How business time follows the time of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// That time and this much more.
    Running(SignedDuration),
    /// Standing still.
    Frozen(Timestamp),
    /// So many times as fast, from the moment of that time at which this one was `at`.
    Fast {
        /// Business time when it began.
        at: Timestamp,
        /// The time of the database when it began.
        since: Timestamp,
        /// Seconds of business time in each second.
        speed: u32,
    },
}

impl Pace {
    /// That of the clock of a new database: it shows the time of the database.
    pub const AT_FIRST: Self = Self::Running(SignedDuration::ZERO);

    /// Seconds of business time in each second: 1 as a rule, 0 while it stands still.
    pub fn speed(self) -> u32 {
        match self {
            Self::Running(_) => 1,
            Self::Frozen(_) => 0,
            Self::Fast { speed, .. } => speed,
        }
    }
}

/// The fastest that business time runs: a day in a second.
pub const HIGHEST_SPEED: u32 = 86_400;

/// The business clock: follows the wall clock until someone moves it. All nodes of a database follow the database's,
/// so that one whose own is wrong by minutes agrees with the others.
pub struct BusinessClock {
    machine: Arc<dyn MachineClock>,
    /// How far the database's clock is ahead of this machine's, in microseconds.
    correction: AtomicI64,
    pace: Mutex<Pace>,
    /// Held while the pace is stored or read from where it is stored.
    pub(crate) moving: tokio::sync::Mutex<()>,
}

impl BusinessClock {
    /// A clock of this pace.
    pub fn new(machine: Arc<dyn MachineClock>, pace: Pace) -> Self {
        Self {
            machine,
            correction: AtomicI64::new(0),
            pace: Mutex::new(pace),
            moving: tokio::sync::Mutex::new(()),
        }
    }

    /// Goes from now on by a clock that shows `database` at this moment, give or take so much.
    pub(crate) fn follow(&self, database: Timestamp, doubt: Duration) {
        let doubt = SignedDuration::try_from(doubt).unwrap_or(SignedDuration::MAX);
        if database.duration_since(self.wall()).abs() >= TOLERANCE.saturating_add(doubt) {
            let ahead = database.duration_since(self.machine.wall());
            self.correction.store(i64::try_from(ahead.as_micros()).unwrap_or(0), Ordering::Relaxed);
        }
    }

    /// The wall clock that all nodes share.
    fn wall(&self) -> Timestamp {
        let correction = SignedDuration::from_micros(self.correction.load(Ordering::Relaxed));
        self.machine.wall().saturating_add(correction).unwrap_or(Timestamp::MAX)
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
            Pace::Fast { speed, .. } => self.fast_from(at, speed),
        }
    }

    /// The pace that shows `at` now and runs.
    pub fn running_from(&self, at: Timestamp) -> Option<Pace> {
        // A later reading must stay in range for as long as a server may live.
        at.checked_add(SignedDuration::from_hours(24 * 365)).ok()?;
        Some(Pace::Running(at.duration_since(self.wall())))
    }

    /// The pace that shows `at` now and runs so many times as fast.
    pub fn fast_from(&self, at: Timestamp, speed: u32) -> Option<Pace> {
        // A day of it must stay in range; after that it stands still at the end of time.
        at.checked_add(SignedDuration::from_hours(24) * i32::try_from(speed).ok()?).ok()?;
        Some(Pace::Fast { at, since: self.wall(), speed })
    }

    /// What a clock of this pace shows now.
    pub fn shown_by(&self, pace: Pace) -> Timestamp {
        let now = match pace {
            Pace::Running(ahead) => self.wall().saturating_add(ahead).unwrap_or(Timestamp::MAX),
            Pace::Frozen(at) => at,
            Pace::Fast { at, since, speed } => {
                let passed = self.wall().duration_since(since).as_micros();
                let passed = i64::try_from(passed * i128::from(speed)).unwrap_or(i64::MAX);
                at.saturating_add(SignedDuration::from_micros(passed)).unwrap_or(Timestamp::MAX)
            }
        };
        to_microseconds(now)
    }

    /// Seconds of business time in each second: 1 as a rule, 0 while it stands still.
    pub fn speed(&self) -> u32 {
        self.pace().speed()
    }

    /// How long it takes until this clock shows `at`; none as long as it stands still.
    pub fn time_until(&self, at: Timestamp) -> Option<Duration> {
        let business = Duration::try_from(at.duration_since(self.now())).unwrap_or_default();
        match self.pace() {
            Pace::Running(_) => Some(business),
            Pace::Fast { speed, .. } => Some(business / speed.max(1)),
            Pace::Frozen(_) => business.is_zero().then_some(business),
        }
    }
}

impl Clock for BusinessClock {
    fn now(&self) -> Timestamp {
        self.shown_by(self.pace())
    }
}

/// The moment without what the database cannot hold.
pub fn to_microseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}
