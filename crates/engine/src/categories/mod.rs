//! Categories: the default ones, which are the same for everyone, and those that users make below them.

mod create;
mod delete;
mod list;
mod own;
mod read;
mod totals;
mod update;
mod view;

pub use create::{CreateCategory, CreateCategoryError};
pub use delete::DeleteCategoryError;
pub use totals::{CategoryTotal, TotalsRequest};
pub use update::{UpdateCategory, UpdateCategoryError};
pub use view::CategoryView;

pub(crate) use own::{OwnCategories, top_of};
