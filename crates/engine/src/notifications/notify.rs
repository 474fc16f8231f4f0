//! Notifying a user of something, once.

use riverbank_model::guid::NotificationGuid;
use riverbank_model::notification::{Channel, NotificationType};
use riverbank_model::webhook::EventKind;
use riverbank_store::users::{self, User};
use riverbank_store::{Tx, deliverables, notifications};

use super::Notification;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault, calendar};

/// What a user is to be notified of.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    /// What it is of.
    pub notification_type: NotificationType,
    /// What it says, in a sentence.
    pub subject: String,
    /// What it hangs on, by its id.
    pub entity_guid: Option<String>,
    /// What set it off, by its id.
    pub deep_link_guid: Option<String>,
    /// The amount that was passed, in whole units.
    pub threshold: Option<i64>,
    /// What tells it from all else that the user is notified of: the same is told once. None of what a partner says.
    pub fact: Option<String>,
    /// What goes out over which channel.
    pub texts: Vec<(Channel, String)>,
}

impl Engine {
    /// Notifies a user of a fact.
    pub(crate) async fn notify_of(&self, tx: &Tx, user: &User, notice: Notice) -> Result<(), Fault> {
        let caller =
            Caller { client: user.client_guid.clone(), user: user.guid.clone(), callback_payload: None };
        let fact = notice.fact.as_deref().unwrap_or_default();
        let guid = self.guid_within(&user.guid, &format!("{}/{fact}", user.guid), 0);
        self.notify(tx, &caller, guid, notice).await.map(drop)
    }

    /// Notifies a user; none when it has been told of the same fact. Nothing is locked for it but what it writes, so that it can
    /// follow from anything.
    pub(crate) async fn notify(
        &self,
        tx: &Tx,
        caller: &Caller,
        guid: NotificationGuid,
        notice: Notice,
    ) -> Result<Option<Notification>, Fault> {
        let now = self.now();
        let notification = Notification {
            user_guid: caller.user.clone(),
            guid,
            number: notifications::next_number(tx, &caller.user).await?,
            notification_type: notice.notification_type,
            subject: notice.subject,
            entity_guid: notice.entity_guid,
            deep_link_guid: notice.deep_link_guid,
            threshold: notice.threshold,
            fact: notice.fact,
            has_been_viewed: false,
            created_on: calendar::today(tx, &caller.user, now).await?,
            created_at: now,
        };
        if !notifications::insert(tx, &notification).await? {
            return Ok(None);
        }
        let channels: Vec<Channel> = notice.texts.iter().map(|(channel, _)| *channel).collect();
        for (channel, content) in notice.texts {
            let deliverable =
                self.new_deliverable(&notification.guid, caller, channel, content, notification.created_on);
            deliverables::insert(tx, &deliverable).await?;
        }
        tx.wake_workers();
        let mut news = News::of_caller(self, tx, caller).await?;
        if news.hears(EventKind::Notification)
            && let Some(user) = users::find(tx, &caller.user).await?
        {
            let about = self.about(tx, caller, &notification).await?;
            news.notification(&notification, &channels, &user, about.as_ref())?;
            news.write().await?;
        }
        Ok(Some(notification))
    }
}
