//! The functions of this crate over the saved inputs, over near-valid inputs for a while, and over large hostile ones.

mod changes;
mod hostile;
mod near;
mod operations;
mod programs;
mod saved;
mod soup;
