//! The categories of a user behind the transactions of a list.

use std::sync::Arc;

use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::{CategoryGuid, UserGuid};
use riverbank_store::categories::{self, Category};
use riverbank_store::transactions::Transaction;
use riverbank_store::{StoreError, Tx};

/// The categories that a user has made, read once for a whole list, and only if a row of it stands under one of them.
#[derive(Debug)]
pub(crate) struct OwnCategories(Vec<Arc<Category>>);

impl OwnCategories {
    /// Those of the user whose transactions these are.
    pub(crate) async fn behind(
        tx: &Tx,
        user: &UserGuid,
        transactions: &[Transaction],
    ) -> Result<Self, StoreError> {
        let is_default = |row: &Transaction| DefaultCategory::from_guid(&row.category_guid).is_some();
        if transactions.iter().all(is_default) {
            return Ok(Self(Vec::new()));
        }
        let own = categories::of_user(tx, user).await?;
        Ok(Self(own.into_iter().map(Arc::new).collect()))
    }

    /// The category with this id.
    pub(crate) fn get(&self, guid: &CategoryGuid) -> Option<Arc<Category>> {
        self.0.iter().find(|category| category.guid == *guid).map(Arc::clone)
    }
}

/// The default category at the top of the branch of a category, which is a default one or the user's own; none when there
/// is no such category.
pub(crate) async fn top_of(
    tx: &Tx,
    user: &UserGuid,
    guid: &CategoryGuid,
) -> Result<Option<DefaultCategory>, StoreError> {
    if let Some(default) = DefaultCategory::from_guid(guid) {
        return Ok(Some(default.top_level()));
    }
    let own = categories::find(tx, user, guid).await?;
    Ok(own.and_then(|own| DefaultCategory::from_guid(&own.parent_guid)))
}
