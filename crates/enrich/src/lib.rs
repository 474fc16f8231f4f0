//! What a transaction means: a clean description, a category, its flags, and which stored row it is.
//!
//! Pure functions over the words of a feed, without I/O, clocks or randomness: the same input gives the same
//! answer on every node and in every run. Every answer says by what
//! evidence it was made.
#![deny(missing_docs)]

pub mod catalogue;
pub mod categorize;
pub mod category;
pub mod cleanse;
mod evidence;
mod hashing;
mod labelled;
pub mod matching;
mod names;
mod phrases;
#[cfg(any(test, feature = "quality"))]
pub mod quality;
pub mod recurrence;
mod words;

pub use catalogue::{Catalogue, Location, Merchant};
pub use categorize::{Enriched, Explanation, Flags, Rule, Weight};
pub use category::Category;
pub use cleanse::{Cleansed, cleanse};
pub use evidence::Evidence;
