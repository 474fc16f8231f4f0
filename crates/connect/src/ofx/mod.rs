//! OFX: the tolerant reader of files and answers, and the Direct Connect client.
//!
//! The format is pure: [`read()`] makes accounts and warnings of bytes, `request` makes bytes of what is wanted, [`export()`]
//! makes them of accounts, [`mod@write`] lays them out. [`OfxConnector`] holds a conversation with them over the guarded
//! client.

mod connector;
mod conversation;
pub mod document;
mod exchange;
mod export;
mod questions;
pub mod read;
mod request;
mod settings;
mod statements;
mod status;
mod verdict;
mod worth;
pub mod write;

pub use connector::{LOGIN_FIELD, OfxConnector, PASSWORD_FIELD};
pub use document::{Document, Unreadable};
pub use exchange::MEDIA_TYPE;
pub use export::{Export, export};
pub use read::{AccountKey, AccountKind, OfxAccount, OfxFile, Warning, read};
pub use settings::{Settings, SettingsError};
