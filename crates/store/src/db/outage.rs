//! Telling the log that the database fails, once, and that it is back: not with every call that notices.

use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use riverbank_model::MachineClock;

use super::error::StoreError;

/// After an outage was told, what follows is told no sooner than this: a database that comes and goes does not fill the
/// log.
const QUIET: Duration = Duration::from_secs(30);

/// What is told of one way in which the database can fail.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    pub(super) fails: &'static str,
    pub(super) works: &'static str,
}

/// Whether something works, as far as its last use has shown.
pub(super) struct Outage {
    words: Words,
    machine: Arc<dyn MachineClock>,
    is_on: AtomicBool,
    told: Mutex<Told>,
}

/// What was told, in machine time.
#[derive(Default)]
struct Told {
    at: Option<Duration>,
    /// Whether the end of the present outage is to be told.
    is_open: bool,
}

impl Told {
    /// Whether a failure at this moment is to be told.
    fn fails(&mut self, now: Duration) -> bool {
        let tells = !self.is_open && self.at.is_none_or(|at| now.saturating_sub(at) >= QUIET);
        if tells {
            *self = Self { at: Some(now), is_open: true };
        }
        tells
    }

    /// Whether the end of the outage is to be told.
    fn works(&mut self) -> bool {
        mem::take(&mut self.is_open)
    }
}

impl Outage {
    pub(super) fn new(words: Words, machine: &Arc<dyn MachineClock>) -> Self {
        Self { words, machine: Arc::clone(machine), is_on: AtomicBool::new(false), told: Mutex::default() }
    }

    /// It failed.
    pub(super) fn failed(&self, error: &StoreError) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        self.is_on.store(true, Ordering::Relaxed);
        if told.fails(self.machine.elapsed()) {
            tracing::warn!(%error, "{}", self.words.fails);
        }
    }

    /// It worked.
    pub(super) fn passed(&self) {
        if !self.is_on.load(Ordering::Relaxed) {
            return;
        }
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        self.is_on.store(false, Ordering::Relaxed);
        if told.works() {
            tracing::info!("{}", self.words.works);
        }
    }

    /// Whether it failed when it was last used.
    pub(super) fn is_on(&self) -> bool {
        self.is_on.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_told_once_and_its_end_as_well() {
        let mut told = Told::default();
        assert!(told.fails(Duration::ZERO));
        assert!(!told.fails(QUIET * 10));
        assert!(told.works());
        assert!(!told.works());
    }

    #[test]
    fn what_comes_and_goes_is_told_again_after_half_a_minute_and_what_stays_is_not_missed() {
        let mut told = Told::default();
        assert!(told.fails(Duration::ZERO));
        assert!(told.works());
        assert!(!told.fails(QUIET / 2));
        assert!(!told.works(), "its beginning was not told");
        assert!(!told.fails(QUIET / 2));
        assert!(told.fails(QUIET), "it began in the quiet, and lasts");
        assert!(told.works());
    }
}
