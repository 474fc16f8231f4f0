//! Deliverables: what users are told over one channel each.

mod create;
mod delivery;
mod list;
mod read;

use jiff::civil::Date;
use riverbank_model::guid::NotificationGuid;
use riverbank_model::notification::Channel;
use riverbank_store::webhook_messages::MessageState;

pub use create::CreateDeliverableError;
pub use delivery::{Carriers, Gateway};
pub use riverbank_store::deliverables::Deliverable;

use crate::{Caller, Engine};

impl Engine {
    /// A new deliverable of a notification on a day of its user, not written yet. In the app it is there at once; over other
    /// channels it is to be sent.
    pub(crate) fn new_deliverable(
        &self,
        notification: &NotificationGuid,
        caller: &Caller,
        channel: Channel,
        content: String,
        today: Date,
    ) -> Deliverable {
        let now = self.now();
        let is_delivered = channel == Channel::InApp;
        Deliverable {
            user_guid: caller.user.clone(),
            // A channel has one at most.
            guid: self.guid_within(&caller.user, notification, channel.id()),
            notification_guid: notification.clone(),
            channel,
            content,
            state: if is_delivered { MessageState::Delivered } else { MessageState::Ready },
            attempts: 0,
            due_at: now,
            lease_until: None,
            failure: None,
            delivered_at: is_delivered.then_some(now),
            delivered_on: is_delivered.then_some(today),
            created_at: now,
        }
    }
}
