//! Held members: made and kept by the partner, under ids of its own. They are members like others otherwise.

mod create;
mod find;

pub use create::{CreateHeldMember, CreateHeldMemberError};
pub use find::{HeldMember, HeldMemberError};
