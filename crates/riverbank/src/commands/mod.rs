//! One file per command.

pub mod keys;
