//! A notification: a form of its own, whose action is what the notification is of.

use riverbank_model::notification::Channel;
use riverbank_store::notifications::Notification;
use riverbank_store::users::User;
use serde::Serialize;

use super::text;
use crate::Fault;

#[derive(Serialize)]
struct Told<'a> {
    action: &'static str,
    enabled_channels: Vec<String>,
    user_email: Option<&'a str>,
    user_mobile: Option<&'a str>,
}

/// That a user was notified of something, over these channels.
pub(in crate::webhooks) fn notification(
    notification: &Notification,
    channels: &[Channel],
    user: &User,
) -> Result<String, Fault> {
    text(&Told {
        action: notification.notification_type.name(),
        enabled_channels: channels.iter().map(|channel| channel.name().to_ascii_lowercase()).collect(),
        user_email: user.email.as_deref(),
        user_mobile: user.phone.as_deref(),
    })
}
