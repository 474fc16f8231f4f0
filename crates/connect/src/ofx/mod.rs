//! OFX: the tolerant reader of files and answers.

pub mod document;
pub mod read;

pub use document::{Document, Unreadable};
pub use read::{AccountKey, AccountKind, OfxAccount, OfxFile, Warning, read};
