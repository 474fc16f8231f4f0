//! Making a deliverable: `POST /notifications/{notification_guid}/deliverables`.

use riverbank_model::guid::NotificationGuid;
use riverbank_model::notification::Channel;
use riverbank_store::{deliverables, notifications};

use super::Deliverable;
use crate::audit::record;
use crate::fault::faults;
use crate::{Caller, Engine, Fault, calendar};

/// Why a deliverable cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateDeliverableError {
    /// It says nothing.
    #[error("content must not be empty.")]
    Empty,
    /// Of a notification that is none of the caller's.
    #[error("There is no such notification.")]
    NoSuchNotification,
    /// It has one for the channel.
    #[error("The notification already has a deliverable for the channel.")]
    ChannelTaken,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateDeliverableError);

impl Engine {
    /// Makes a deliverable of a notification of the caller. What the user lacks to get it is no error.
    pub async fn create_deliverable(
        &self,
        caller: &Caller,
        notification: &NotificationGuid,
        channel: Channel,
        content: String,
    ) -> Result<Deliverable, CreateDeliverableError> {
        if content.is_empty() {
            return Err(CreateDeliverableError::Empty);
        }
        let (engine, caller, notification) = (self.clone(), caller.clone(), notification.clone());
        let writing = self.store().write(async move |tx| {
            let found = notifications::find(tx, &caller.user, &notification).await?;
            found.ok_or(CreateDeliverableError::NoSuchNotification)?;
            let today = calendar::today(tx, &caller.user, engine.now()).await?;
            let made = engine.new_deliverable(&notification, &caller, channel, content, today);
            if !deliverables::insert(tx, &made).await? {
                return Err(CreateDeliverableError::ChannelTaken);
            }
            tx.wake_workers();
            record(tx, &caller, "deliverables.create", &made.guid, false, made.created_at).await?;
            Ok(made)
        });
        writing.await
    }
}
