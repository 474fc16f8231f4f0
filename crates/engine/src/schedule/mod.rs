//! What falls due without anyone asking: expiries and purges.

mod due;
mod purge;
mod sweep;
