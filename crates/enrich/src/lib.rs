//! What a transaction means: a clean description, a category, its flags, and which stored row it is.
//!
//! Pure functions over the words of a feed, without I/O, clocks or randomness: the same input gives the same
//! answer on every node and in every run. Every answer names the rule that made it.
#![deny(missing_docs)]

pub mod categorize;
pub mod category;
pub mod cleanse;
pub mod matching;
mod names;
mod phrases;
mod words;

pub use categorize::{Enriched, Flags, enrich};
pub use category::Category;
pub use cleanse::{Cleansed, cleanse};
