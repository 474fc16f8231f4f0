//! The connectors against servers on this machine.
#![expect(clippy::unwrap_used, reason = "a test ends at the first thing that goes wrong")]

mod nacha;
mod oauth;
mod ofx;
