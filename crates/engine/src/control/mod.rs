//! What a test-suite may do to a sandbox.

mod clock;

pub use clock::{ClockReading, MoveClockError};
