//! A deliverable as answers show it.

use riverbank_engine::deliverables;
use riverbank_model::guid::DeliverableGuid;
use riverbank_model::notification::Channel;
use serde::Serialize;
use utoipa::ToSchema;

use crate::nexus::object::{Name, Number, object};
use crate::values::{Day, Moment};

object! {
    /// What the user is told over one channel.
    pub(super) Deliverable(deliverables::Deliverable) as "DeliverableNotificationResponse";
    |it| {
        plain guid: &DeliverableGuid = &it.guid;
        plain channel: Number<Channel> = Number(it.channel);
        plain channel_name: Name<Channel> = Name(it.channel);
        plain content: &str = it.content.as_str();
        plain has_been_delivered: bool = it.delivered_at.is_some();
        plain delivered_at: Option<Moment> = it.delivered_at.map(Moment);
        plain delivered_on: Option<Day> = it.delivered_on.map(Day);
    }
}

/// A deliverable with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeliverableNotificationResponseBody)]
pub(super) struct DeliverableBody {
    deliverable_notification: Deliverable,
}

/// Deliverables with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeliverableNotificationsResponseBody)]
pub(super) struct DeliverablesBody {
    deliverable_notifications: Vec<Deliverable>,
}

impl From<deliverables::Deliverable> for DeliverableBody {
    fn from(deliverable: deliverables::Deliverable) -> Self {
        Self { deliverable_notification: Deliverable(deliverable) }
    }
}

impl From<Vec<deliverables::Deliverable>> for DeliverablesBody {
    fn from(deliverables: Vec<deliverables::Deliverable>) -> Self {
        Self { deliverable_notifications: deliverables.into_iter().map(Deliverable).collect() }
    }
}
