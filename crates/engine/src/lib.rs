//! What happens: users, sessions, members and their aggregation. Speaks no HTTP and contains no SQL.

#[macro_use]
mod fault;

pub mod aggregation;
pub mod clock;
pub mod institutions;
pub mod jobs;
pub mod members;
mod engine;
mod tokens;

pub use engine::{Caller, Engine, Mode, Parts, Settings};
pub use fault::Fault;
