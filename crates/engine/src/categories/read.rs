//! Reading a category: `GET /categories/{category_guid}`.

use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::CategoryGuid;
use riverbank_store::categories;

use super::CategoryView;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// A default category or one of the caller's; none when there is none, or it is another user's.
    pub async fn read_category(
        &self,
        caller: &Caller,
        guid: &CategoryGuid,
    ) -> Result<Option<CategoryView>, Fault> {
        if let Some(category) = DefaultCategory::from_guid(guid) {
            return Ok(Some(category.into()));
        }
        let reader = self.store().read().await?;
        Ok(categories::find(&reader, &caller.user, guid).await?.map(CategoryView::from))
    }
}
