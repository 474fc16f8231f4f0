//! Listing tags: `GET /tags`.

use riverbank_store::tags;

use super::Tag;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// The caller's tags, in the order in which they were made.
    pub async fn list_tags(&self, caller: &Caller) -> Result<Vec<Tag>, Fault> {
        Ok(tags::of_user(&*self.store().read().await?, &caller.user).await?)
    }
}
