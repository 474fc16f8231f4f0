//! Deleting a tag: `DELETE /tags/{tag_guid}`.

use riverbank_model::guid::TagGuid;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::{taggings, tags};

use crate::accounts::Origins;
use crate::audit::record;
use crate::taggings::of_managed_member;
use crate::webhooks::{News, ToldTagging};
use crate::{Caller, Engine, Fault};

impl Engine {
    /// Deletes a tag of the caller, and takes it off all transactions. False when there is no such tag.
    pub async fn delete_tag(
        &self,
        caller: &Caller,
        guid: &TagGuid,
        skip_webhook: bool,
    ) -> Result<bool, Fault> {
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let Some(tag) = tags::lock(tx, &caller.user, &guid).await? else { return Ok(false) };
            if !skip_webhook {
                let mut news = News::of_caller(&engine, tx, &caller).await?;
                news.tag(&tag, Action::Deleted)?;
                if news.hears(EventKind::Tagging) {
                    let origins = Origins::read(tx, &caller.user).await?;
                    for tagging in taggings::of_tag(tx, &caller.user, &guid).await? {
                        let managed = of_managed_member(tx, &tagging, &origins).await?;
                        let told =
                            ToldTagging { tagging, tag_name: &tag.name, member_is_managed_by_user: managed };
                        news.tagging(&told, Action::Deleted)?;
                    }
                }
                news.write().await?;
            }
            tags::delete(tx, &tag).await?;
            record(tx, &caller, "tags.delete", &tag.guid, skip_webhook, engine.now()).await?;
            Ok(true)
        });
        writing.await
    }
}
