//! How long something takes.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use riverbank_model::MachineClock;

/// Runs from its making on.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "what is measured is real time")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// In milliseconds.
    pub fn milliseconds(self) -> f64 {
        self.elapsed().as_secs_f64() * 1_000.0
    }
}

/// The clock of a store that is measured in this process.
impl MachineClock for Stopwatch {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    #[expect(clippy::disallowed_methods, reason = "the leases of a database go by the machine's time")]
    fn wall(&self) -> Timestamp {
        Timestamp::now()
    }
}
