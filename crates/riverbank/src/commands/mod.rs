//! One file per command.

pub mod client;
pub mod institutions;
pub mod keys;
pub mod migrate;
