//! NACHA files: payments of the American clearing house as banks take them, and what comes back.
//!
//! Pure: bytes from a [`File`] by [`write()`], and back by [`read()`]. A file is lines of 94 characters, filled up to a multiple
//! of ten (Nacha Operating Rules, appendix three). Where in a line something stands is told as the rules tell it: from
//! the first place, which is 1, to the last.

mod calendar;
mod deposits;
mod fields;
mod file;
mod read;
mod reasons;
#[cfg(test)]
mod tests;
mod write;

pub use calendar::{arrived_by, banking_day_after, eastern};
pub use deposits::{Making, Originator, Payment, digits_of, sequence_of, sequences_after};
pub use fields::printable;
pub use file::{Addenda, Batch, Entry, File, FileHeader, TransactionCode};
pub use read::{Flaw, Unreadable, read};
pub use reasons::reason;
pub use write::{Unwritable, write};
