//! Listing deliverables: `GET /notifications/{notification_guid}/deliverables`.

use riverbank_model::guid::NotificationGuid;
use riverbank_store::{deliverables, notifications};

use super::Deliverable;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// The deliverables of a notification of the caller, by the numbers of their channels; none when there is no such
    /// notification.
    pub async fn list_deliverables(
        &self,
        caller: &Caller,
        notification: &NotificationGuid,
    ) -> Result<Option<Vec<Deliverable>>, Fault> {
        let reader = self.store().read().await?;
        if notifications::find(&reader, &caller.user, notification).await?.is_none() {
            return Ok(None);
        }
        Ok(Some(deliverables::of_notification(&reader, &caller.user, notification).await?))
    }
}
