//! Taggings: which transactions bear which tags.

mod create;
mod delete;
mod list;
mod update;

use riverbank_store::taggings::Tagging;
use riverbank_store::{StoreError, Tx, transactions};

use crate::accounts::Origins;

pub use create::CreateTaggingError;
pub use list::TaggingList;
pub use update::UpdateTaggingError;

/// A tagging as answers show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggingView {
    /// Its id.
    pub guid: riverbank_model::guid::TaggingGuid,
    /// The tag.
    pub tag_guid: riverbank_model::guid::TagGuid,
    /// The transaction that bears it.
    pub transaction_guid: riverbank_model::guid::TransactionGuid,
    /// Whether the user manages the member of that transaction.
    pub member_is_managed_by_user: bool,
}

impl TaggingView {
    fn of(tagging: Tagging, member_is_managed_by_user: bool) -> Self {
        Self {
            guid: tagging.guid,
            tag_guid: tagging.tag_guid,
            transaction_guid: tagging.transaction_guid,
            member_is_managed_by_user,
        }
    }
}

/// Whether the user manages the member of a tagging's transaction.
pub(crate) async fn of_managed_member(
    tx: &Tx,
    tagging: &Tagging,
    origins: &Origins,
) -> Result<bool, StoreError> {
    let transaction = transactions::find(tx, &tagging.user_guid, &tagging.transaction_guid).await?;
    let origin = transaction.and_then(|row| origins.get(&row.member_guid).map(|one| one.is_managed_by_user));
    Ok(origin.unwrap_or(true))
}
