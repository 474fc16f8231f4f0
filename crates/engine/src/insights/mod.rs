//! Insights: cards that tell users what their money does, once called beats.
//!
//! A template is one file under `templates`: it looks at the [`Facts`] of a user and says what it has found, and nothing
//! else. When that is asked, and what becomes of what is found, stands in `look`.

mod alerts;
mod deposits;
mod facts;
mod list;
mod look;
mod objects;
mod read;
mod template;
mod templates;
mod update;
mod view;
mod wording;

#[cfg(test)]
mod tests;

pub use list::InsightList;
pub use update::{UpdateInsight, UpdateInsightError};
pub use view::InsightView;

use facts::{Account, Facts, Movement};
use template::{Found, Looks, Relevance, Template};
