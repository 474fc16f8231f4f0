//! Journeys: files that say what to call, what to expect and how the clock moves, and what plays them against a sandbox.
//! Described in `docs/journeys.md`.

mod expectation;
mod file;
mod flaw;
mod form;
mod partner;
mod path;
mod play;
mod report;
mod sandbox;
mod values;

pub use file::Journey;
pub use partner::{Keys, Partner};
pub use play::{Ended, play};
pub use report::Report;
pub use sandbox::Sandbox;
