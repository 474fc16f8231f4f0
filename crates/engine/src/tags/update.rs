//! Renaming a tag: `PUT /tags/{tag_guid}`.

use riverbank_model::guid::TagGuid;
use riverbank_model::webhook::Action;
use riverbank_store::tags;

use super::Tag;
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// Why a tag is not renamed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateTagError {
    /// There is none, or it is another user's.
    #[error("no such tag")]
    NoSuchTag,
    /// It would have no name.
    #[error("name must not be empty.")]
    NoName,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateTagError);

impl Engine {
    /// Renames a tag of the caller.
    pub async fn update_tag(
        &self,
        caller: &Caller,
        guid: &TagGuid,
        name: String,
        skip_webhook: bool,
    ) -> Result<Tag, UpdateTagError> {
        if name.is_empty() {
            return Err(UpdateTagError::NoName);
        }
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let tag = tags::lock(tx, &caller.user, &guid).await?;
            let mut tag = tag.ok_or(UpdateTagError::NoSuchTag)?;
            if tag.name != name {
                tag.name = name;
                tag.revision += 1;
                tag.updated_at = engine.now();
                tags::store(tx, &tag).await?;
                record(tx, &caller, "tags.update", &tag.guid, skip_webhook, tag.updated_at).await?;
                if !skip_webhook {
                    let mut news = News::of_caller(&engine, tx, &caller).await?;
                    news.tag(&tag, Action::Updated)?;
                    news.write().await?;
                }
            }
            Ok(tag)
        });
        writing.await
    }
}
