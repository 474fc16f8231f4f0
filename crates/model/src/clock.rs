//! The two clocks. They are two types so that no one can be taken for the other.

use std::time::Duration;

use jiff::Timestamp;

/// Business time: sessions, tokens, the throttle, challenge expiry, schedules, purges and all that an answer
/// shows. A sandbox can freeze, set and advance it.
pub trait Clock: Send + Sync {
    /// The present moment, to the microsecond.
    fn now(&self) -> Timestamp;
}

/// Machine time: leases, network and step time-outs, request limits, wake-ups, latency metrics. Never moved.
pub trait MachineClock: Send + Sync {
    /// Time since an arbitrary fixed point; never runs backwards.
    fn elapsed(&self) -> Duration;
    /// The machine's own wall clock, for leases on engines without one of their own.
    fn wall(&self) -> Timestamp;
}
