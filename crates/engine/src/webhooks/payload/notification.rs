//! A notification: a form of its own, whose action is what the notification is of.

use std::collections::BTreeMap;

use riverbank_model::notification::Channel;
use riverbank_model::webhook::Action;
use riverbank_store::notifications::Notification;
use riverbank_store::users::User;
use serde::Serialize;
use serde_json::value::RawValue;

use super::{Owner, account, budget, text, transaction};
use crate::Fault;
use crate::notifications::About;

#[derive(Serialize)]
struct Told<'a> {
    action: &'static str,
    enabled_channels: Vec<String>,
    user_email: Option<&'a str>,
    user_mobile: Option<&'a str>,
    /// The object that it is about, under its own name.
    #[serde(flatten)]
    about: BTreeMap<String, Box<RawValue>>,
}

/// That a user was notified of something, over these channels.
pub(in crate::webhooks) fn notification(
    notification: &Notification,
    channels: &[Channel],
    user: &User,
    about: Option<&About>,
) -> Result<String, Fault> {
    text(&Told {
        action: notification.notification_type.name(),
        enabled_channels: channels.iter().map(|channel| channel.name().to_ascii_lowercase()).collect(),
        user_email: user.email.as_deref(),
        user_mobile: user.phone.as_deref(),
        about: about.map(|about| object(about, &user.partner_id)).transpose()?.unwrap_or_default(),
    })
}

/// The object of a thing, as the message about the thing itself has it.
fn object(about: &About, user_id: &str) -> Result<BTreeMap<String, Box<RawValue>>, Fault> {
    let owner = |member_id| Owner { user_id, member_id };
    let message = match about {
        About::Budget(view, client_id) => budget(Action::Updated, view, client_id, user_id),
        About::Account(view, member_id) => account(Action::Updated, view, owner(member_id.as_deref())),
        About::Transaction(view, member_id) => {
            transaction(Action::Updated, view, owner(member_id.as_deref()))
        }
    };
    let mut fields: BTreeMap<String, Box<RawValue>> =
        serde_json::from_str(&message?).map_err(Fault::internal)?;
    fields.remove("action");
    Ok(fields)
}
