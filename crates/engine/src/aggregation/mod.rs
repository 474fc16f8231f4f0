//! Aggregation: jobs are taken from the queue, walked through their connector, and their feeds imported.

mod connectors;
mod consent;
mod faults;
mod findings;
mod import;
mod outcome;
mod progress;
mod run;
mod statement;
mod steps;
mod stops;
mod worker;

pub use connectors::Connectors;
pub use worker::Stop;

pub(crate) use outcome::job_status;
pub(crate) use progress::{Asker, Progress};
pub(crate) use statement::{Identity, told_of, transaction_row};
pub(crate) use steps::Steps;

#[cfg(test)]
mod moves;
#[cfg(test)]
mod tests;
