//! A notification as answers show it.

use riverbank_engine::notifications;
use riverbank_model::guid::NotificationGuid;
use riverbank_model::notification::NotificationType;
use serde::Serialize;
use utoipa::ToSchema;

use crate::nexus::object::{Name, Number, object};
use crate::values::Day;

object! {
    /// Something that the user was told. What goes out over each channel is a deliverable of its own.
    pub(in crate::nexus) Notification(notifications::Notification) as "NotificationResponse";
    |it| {
        plain created_on: Day = Day(it.created_on);
        plain deep_link_guid: Option<&str> = it.deep_link_guid.as_deref();
        plain entity_guid: Option<&str> = it.entity_guid.as_deref();
        plain guid: &NotificationGuid = &it.guid;
        plain has_been_viewed: bool = it.has_been_viewed;
        plain notification_type: Number<NotificationType> = Number(it.notification_type);
        plain notification_type_name: Name<NotificationType> = Name(it.notification_type);
        plain subject: &str = it.subject.as_str();
        plain threshold: Option<i64> = it.threshold;
    }
}

/// A notification with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NotificationResponseBody)]
pub(super) struct NotificationBody {
    notification: Notification,
}

/// Notifications with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NotificationsResponseBody)]
pub(super) struct NotificationsBody {
    notifications: Vec<Notification>,
}

impl From<notifications::Notification> for NotificationBody {
    fn from(notification: notifications::Notification) -> Self {
        Self { notification: Notification(notification) }
    }
}

impl From<Vec<notifications::Notification>> for NotificationsBody {
    fn from(notifications: Vec<notifications::Notification>) -> Self {
        Self { notifications: notifications.into_iter().map(Notification).collect() }
    }
}
