//! What falls due without anyone asking: expiries, refreshes in the background, purges and retention.
//!
//! A server looks once a second and does what is due. Where a sandbox's clock is moved on, it goes by way of each moment
//! at which something falls due, so that everything happens in its order and at its time.

mod challenges;
mod deletions;
mod deliverables;
mod insights;
mod jobs;
mod merges;
mod micro_deposits;
mod oauth_ways;
mod pending;
mod plans;
mod purges;
mod refreshes;
mod retention;
mod returns;
mod rules;
mod source;
mod sweep;
mod tick;
mod webhooks;

#[cfg(test)]
mod tests;

pub(crate) use sweep::Patience;
