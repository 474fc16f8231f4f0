//! Waking the job workers when there is something to do.
//!
//! A wake-up is a hint: it may be lost when a process or the database dies, and it may come without need. Whoever
//! waits looks into the queue on each return, and waits no longer than a worker may stay late.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;

/// Wakes the [`Wakeups`] of this process.
#[derive(Clone, Debug)]
pub(super) struct Signal(watch::Sender<u64>);

impl Signal {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    pub(super) fn fire(&self) {
        self.0.send_modify(|count| *count = count.wrapping_add(1));
    }

    pub(super) fn listen(&self) -> Wakeups {
        Wakeups(self.0.subscribe())
    }
}

/// Hears that work was committed, on this node or another. Each one hears every wake-up; what comes while nobody
/// waits is kept, as one.
#[derive(Clone, Debug)]
pub struct Wakeups(watch::Receiver<u64>);

impl Wakeups {
    /// Waits for work, at most `longest`. Says whether it was woken.
    pub async fn wait(&mut self, longest: Duration) -> bool {
        matches!(tokio::time::timeout(longest, self.0.changed()).await, Ok(Ok(())))
    }
}

/// Whether the unit of work at hand asked for a wake-up.
#[derive(Debug, Default)]
pub(super) struct Wish(AtomicBool);

impl Wish {
    pub(super) fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether one was asked for; forgets it.
    pub(super) fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}
