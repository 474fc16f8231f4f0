//! Exchanging a tag on a transaction: `PUT /taggings/{tagging_guid}`.

use riverbank_model::guid::{TagGuid, TaggingGuid};
use riverbank_model::webhook::Action;
use riverbank_store::{taggings, tags};

use super::{TaggingView, of_managed_member};
use crate::accounts::Origins;
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::{News, ToldTagging};
use crate::{Caller, Engine, Fault};

/// Why a tag is not exchanged.
#[derive(Debug, thiserror::Error)]
pub enum UpdateTaggingError {
    /// There is none, or it is another user's.
    #[error("no such tagging")]
    NoSuchTagging,
    /// No such tag of this user.
    #[error("tag_guid is not the guid of a tag.")]
    NoSuchTag,
    /// The transaction bears the other tag too.
    #[error("The transaction has this tag already.")]
    TaggedAlready,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateTaggingError);

impl Engine {
    /// Puts another tag of the caller, as sent, in the place of the one on a transaction.
    pub async fn update_tagging(
        &self,
        caller: &Caller,
        guid: &TaggingGuid,
        tag: &str,
        skip_webhook: bool,
    ) -> Result<TaggingView, UpdateTaggingError> {
        let tag = tag.parse::<TagGuid>();
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let user = &caller.user;
            let tagging = taggings::lock(tx, user, &guid).await?;
            let mut tagging = tagging.ok_or(UpdateTaggingError::NoSuchTagging)?;
            let tag = tag.map_err(|_| UpdateTaggingError::NoSuchTag)?;
            let tag = tags::lock(tx, user, &tag).await?.ok_or(UpdateTaggingError::NoSuchTag)?;
            let managed = of_managed_member(tx, &tagging, &Origins::read(tx, user).await?).await?;
            if tagging.tag_guid != tag.guid {
                tagging.tag_guid = tag.guid.clone();
                tagging.revision += 1;
                tagging.updated_at = engine.now();
                taggings::store(tx, &tagging).await?;
                record(tx, &caller, "taggings.update", &guid, skip_webhook, tagging.updated_at).await?;
                if !skip_webhook {
                    let mut news = News::of_caller(&engine, tx, &caller).await?;
                    let told = ToldTagging {
                        tagging: tagging.clone(),
                        tag_name: &tag.name,
                        member_is_managed_by_user: managed,
                    };
                    news.tagging(&told, Action::Updated)?;
                    news.write().await?;
                }
            }
            Ok(TaggingView::of(tagging, managed))
        });
        writing.await.map_err(|error| match error {
            UpdateTaggingError::Fault(Fault::Conflict(index)) if index == "taggings_by_transaction" => {
                UpdateTaggingError::TaggedAlready
            }
            other => other,
        })
    }
}
