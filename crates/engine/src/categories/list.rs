//! Listing categories: `GET /categories`.

use riverbank_enrich::Category as DefaultCategory;
use riverbank_store::categories;

use super::CategoryView;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// The default categories, each branch together, and then the caller's own in the order in which they were made.
    pub async fn list_categories(&self, caller: &Caller) -> Result<Vec<CategoryView>, Fault> {
        let reader = self.store().read().await?;
        let own = categories::of_user(&reader, &caller.user).await?;
        drop(reader);
        let defaults = DefaultCategory::ALL.iter().copied().map(CategoryView::from);
        Ok(defaults.chain(own.into_iter().map(CategoryView::from)).collect())
    }
}
