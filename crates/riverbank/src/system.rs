//! The machine itself: its clocks and its source of randomness. The one place that reads them.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use riverbank_model::{Clock, MachineClock, Secrets};
use uuid::Uuid;

/// Business time outside a sandbox: the machine's wall clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        wall()
    }
}

/// Machine time, counted from when this was made.
#[derive(Debug, Clone, Copy)]
pub struct SystemMachineClock {
    start: Instant,
}

impl SystemMachineClock {
    pub fn start() -> Self {
        Self { start: instant() }
    }
}

impl MachineClock for SystemMachineClock {
    fn elapsed(&self) -> Duration {
        instant().duration_since(self.start)
    }

    fn wall(&self) -> Timestamp {
        wall()
    }
}

/// The operating system's randomness.
#[derive(Debug, Clone, Copy)]
pub struct OsSecrets;

impl Secrets for OsSecrets {
    #[expect(clippy::disallowed_methods, reason = "the one source of secrets")]
    fn fill(&self, buffer: &mut [u8]) {
        // Without randomness nothing this server does is safe, and no caller could go on.
        getrandom::fill(buffer).expect("the operating system gives random bytes");
    }
}

/// A random id.
#[expect(clippy::disallowed_methods, reason = "the one maker of random ids")]
pub fn random_uuid() -> Uuid {
    Uuid::new_v4()
}

#[expect(clippy::disallowed_methods, reason = "the one reader of the wall clock")]
fn wall() -> Timestamp {
    Timestamp::now()
}

#[expect(clippy::disallowed_methods, reason = "the one reader of the monotonic clock")]
fn instant() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_time_never_runs_backwards() {
        let clock = SystemMachineClock::start();
        let first = clock.elapsed();
        assert!(clock.elapsed() >= first);
    }

    #[test]
    fn two_secrets_differ() {
        let (mut one, mut other) = ([0; 32], [0; 32]);
        OsSecrets.fill(&mut one);
        OsSecrets.fill(&mut other);
        assert_ne!(one, other);
    }
}
