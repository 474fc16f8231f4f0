//! Tags: labels that users put on transactions.

mod create;
mod delete;
mod list;
mod update;

pub use create::CreateTagError;
pub use riverbank_store::tags::Tag;
pub use update::UpdateTagError;
