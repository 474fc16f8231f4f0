//! Reading a deliverable: `GET /notifications/{notification_guid}/deliverables/{deliverable_guid}`.

use riverbank_model::guid::{DeliverableGuid, NotificationGuid};
use riverbank_store::deliverables;

use super::Deliverable;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// A deliverable of a notification of the caller.
    pub async fn read_deliverable(
        &self,
        caller: &Caller,
        notification: &NotificationGuid,
        guid: &DeliverableGuid,
    ) -> Result<Option<Deliverable>, Fault> {
        let reader = self.store().read().await?;
        Ok(deliverables::find(&reader, &caller.user, notification, guid).await?)
    }
}
