//! Reading a notification: `GET /notifications/{notification_guid}`.

use riverbank_model::guid::NotificationGuid;
use riverbank_store::notifications;

use super::Notification;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// A notification of the caller.
    pub async fn read_notification(
        &self,
        caller: &Caller,
        guid: &NotificationGuid,
    ) -> Result<Option<Notification>, Fault> {
        Ok(notifications::find(&*self.store().read().await?, &caller.user, guid).await?)
    }
}
