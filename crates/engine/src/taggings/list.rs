//! Listing taggings: `GET /taggings`.

use riverbank_store::page::Page;
use riverbank_store::taggings::{self, ListedTagging};

use super::TaggingView;
use crate::accounts::Origins;
use crate::{Caller, Engine, Fault};

/// A page of taggings.
#[derive(Clone, Debug)]
pub struct TaggingList {
    /// In the order in which they were made.
    pub taggings: Vec<TaggingView>,
    /// How many there are in all.
    pub total: i64,
}

impl Engine {
    /// The taggings of the caller's transactions.
    pub async fn list_taggings(&self, caller: &Caller, page: Page) -> Result<TaggingList, Fault> {
        let reader = self.store().read().await?;
        let (found, total) = taggings::list(&reader, &caller.user, page).await?;
        let origins = Origins::read(&reader, &caller.user).await?;
        drop(reader);
        let view = |row: ListedTagging| TaggingView {
            member_is_managed_by_user: origins
                .get(&row.member_guid)
                .is_none_or(|origin| origin.is_managed_by_user),
            guid: row.guid,
            tag_guid: row.tag_guid,
            transaction_guid: row.transaction_guid,
        };
        Ok(TaggingList { taggings: found.into_iter().map(view).collect(), total })
    }
}
