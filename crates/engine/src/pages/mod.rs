//! The pages of Connect, as far as they are more than calls of the API: addresses that open them once, the sessions that
//! they run in, and who may show them.

mod authenticate;
mod create;
mod gathering;
mod language;
mod open;
mod options;
mod origins;

pub use authenticate::Visit;
pub use create::{CreatePageError, CreatedPage, Whose};
pub use language::Language;
pub use open::Opening;
pub use options::{ColorScheme, MessageVersion, PageKind, PageMode, PageOptions};
