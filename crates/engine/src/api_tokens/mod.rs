//! One-time tokens: a partner reads one to open a session in the name of a user.

mod create;

pub use create::CreateApiTokenError;
