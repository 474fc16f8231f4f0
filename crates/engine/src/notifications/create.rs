//! Notifying a user in a partner's name: `POST /notifications`.

use riverbank_model::notification::{Channel, NotificationType};
use riverbank_store::members;

use super::Notification;
use super::notify::Notice;
use crate::audit::record;
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// What a partner says.
#[derive(Clone, Debug, Default)]
pub struct CreateNotification {
    /// In a sentence.
    pub subject: String,
    /// The text for the user's devices.
    pub content: String,
}

/// Why a notification cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateNotificationError {
    /// It says nothing.
    #[error("{0} must not be empty.")]
    Empty(&'static str),
    /// The user has gone in the meantime.
    #[error("The user does not exist.")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateNotificationError);

impl Engine {
    /// Notifies the caller of what its partner says, with the text as what is pushed to its devices.
    pub async fn create_notification(
        &self,
        caller: &Caller,
        request: CreateNotification,
    ) -> Result<Notification, CreateNotificationError> {
        for (field, text) in [("subject", &request.subject), ("content", &request.content)] {
            if text.is_empty() {
                return Err(CreateNotificationError::Empty(field));
            }
        }
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let number = members::next_number(tx, &caller.user).await?;
            let number = number.ok_or(CreateNotificationError::NoUser)?;
            let notice = Notice {
                notification_type: NotificationType::ApiNotification,
                subject: request.subject,
                entity_guid: None,
                deep_link_guid: None,
                threshold: None,
                fact: None,
                texts: vec![(Channel::Push, request.content)],
            };
            let made = engine.notify(tx, &caller, engine.guid_of(&caller.user, number), notice).await?;
            let made = made.ok_or_else(|| Fault::internal("a new id was taken"))?;
            record(tx, &caller, "notifications.create", &made.guid, false, made.created_at).await?;
            Ok(made)
        });
        writing.await
    }
}
