//! How fast requests are sent.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// Lets all who wait for their turn go one after the other, at a rate, and counts them.
#[derive(Debug)]
pub struct Pace {
    ticks: Option<Mutex<Interval>>,
    turns: AtomicU64,
}

impl Pace {
    /// Everybody goes at once.
    pub fn unlimited() -> Self {
        Self { ticks: None, turns: AtomicU64::new(0) }
    }

    /// So many turns in a second on average; after a pause the missed ones are made up for, so that a slow answer does
    /// not make the load lighter.
    pub fn of(per_second: f64) -> Self {
        let mut ticks = interval(Duration::from_secs_f64(per_second.recip()));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        Self { ticks: Some(Mutex::new(ticks)), turns: AtomicU64::new(0) }
    }

    /// Waits for a turn.
    pub async fn turn(&self) {
        if let Some(ticks) = &self.ticks {
            ticks.lock().await.tick().await;
        }
        self.turns.fetch_add(1, Ordering::Relaxed);
    }

    /// Turns taken since the pace was made.
    pub fn turns(&self) -> u64 {
        self.turns.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn turns_come_at_the_rate_and_missed_ones_are_made_up_for() {
        let pace = Pace::of(100.0);
        let begun = tokio::time::Instant::now();
        for _ in 0..50 {
            pace.turn().await;
        }
        assert!(begun.elapsed() >= Duration::from_millis(490), "{:?}", begun.elapsed());
        tokio::time::sleep(Duration::from_secs(1)).await;
        let late = tokio::time::Instant::now();
        for _ in 0..100 {
            pace.turn().await;
        }
        assert!(late.elapsed() < Duration::from_millis(50), "{:?}", late.elapsed());
        assert_eq!(pace.turns(), 150);
    }
}
