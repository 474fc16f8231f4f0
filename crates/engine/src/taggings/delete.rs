//! Taking a tag off a transaction: `DELETE /taggings/{tagging_guid}`.

use riverbank_model::guid::TaggingGuid;
use riverbank_model::webhook::Action;
use riverbank_store::{taggings, tags};

use super::of_managed_member;
use crate::accounts::Origins;
use crate::audit::record;
use crate::webhooks::{News, ToldTagging};
use crate::{Caller, Engine, Fault};

impl Engine {
    /// Takes a tag off a transaction of the caller. False when there is no such tagging.
    pub async fn delete_tagging(
        &self,
        caller: &Caller,
        guid: &TaggingGuid,
        skip_webhook: bool,
    ) -> Result<bool, Fault> {
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let user = &caller.user;
            let Some(tagging) = taggings::lock(tx, user, &guid).await? else { return Ok(false) };
            taggings::delete(tx, &tagging).await?;
            record(tx, &caller, "taggings.delete", &guid, skip_webhook, engine.now()).await?;
            if !skip_webhook && let Some(tag) = tags::lock(tx, user, &tagging.tag_guid).await? {
                let managed = of_managed_member(tx, &tagging, &Origins::read(tx, user).await?).await?;
                let mut news = News::of_caller(&engine, tx, &caller).await?;
                let told = ToldTagging { tagging, tag_name: &tag.name, member_is_managed_by_user: managed };
                news.tagging(&told, Action::Deleted)?;
                news.write().await?;
            }
            Ok(true)
        });
        writing.await
    }
}
