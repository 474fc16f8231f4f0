//! Making a tag: `POST /tags`.

use riverbank_model::webhook::Action;
use riverbank_store::{members, tags};

use super::Tag;
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// Why a tag cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateTagError {
    /// It has no name.
    #[error("name must not be empty.")]
    NoName,
    /// The user has gone in the meantime.
    #[error("The user does not exist.")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateTagError);

impl Engine {
    /// Makes a tag of the caller.
    pub async fn create_tag(
        &self,
        caller: &Caller,
        name: String,
        skip_webhook: bool,
    ) -> Result<Tag, CreateTagError> {
        if name.is_empty() {
            return Err(CreateTagError::NoName);
        }
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let number = members::next_number(tx, &caller.user).await?.ok_or(CreateTagError::NoUser)?;
            let now = engine.now();
            let tag = Tag {
                user_guid: caller.user.clone(),
                guid: engine.guid_of(&caller.user, number),
                number,
                name,
                revision: 1,
                created_at: now,
                updated_at: now,
            };
            tags::store(tx, &tag).await?;
            record(tx, &caller, "tags.create", &tag.guid, skip_webhook, now).await?;
            if !skip_webhook {
                let mut news = News::of_caller(&engine, tx, &caller).await?;
                news.tag(&tag, Action::Created)?;
                news.write().await?;
            }
            Ok(tag)
        });
        writing.await
    }
}
