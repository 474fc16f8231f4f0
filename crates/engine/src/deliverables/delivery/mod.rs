//! The senders of one process: they take what is due to go out to users, hand it to whoever carries its channel, and write
//! what came of it.
//!
//! Each channel has a loop and a limit of its own, apart from the schedule and from webhooks: a relay that hangs holds up
//! nothing but what waits for it.

mod content;
mod gateway;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use riverbank_connect::carrier::{Carrier, NotCarried, Parcel};
use riverbank_model::limits::WEBHOOK_TRIES;
use riverbank_model::notification::Channel;
use riverbank_store::deliverables::{self, Deliverable, Settled};
use riverbank_store::users::User;
use riverbank_store::webhook_messages::MessageState;
use riverbank_store::{notifications, users};
use tokio::task::{JoinError, JoinSet};

pub use gateway::Gateway;

use crate::aggregation::Stop;
use crate::webhooks::{EXPIRES_AFTER, gap};
use crate::{Engine, Fault, calendar};

/// Under way at once over one channel, of one process.
const AT_ONCE: usize = 8;
/// The longest that one try may take, whoever carries it; machine time.
const TRY_LIMIT: Duration = Duration::from_mins(1);
/// How much longer one is held than its try may take.
const SPARE: Duration = Duration::from_secs(30);
/// The longest that nobody looks for what nobody told of.
const POLL: Duration = Duration::from_secs(2);
/// How long tries that have begun may go on after the stop.
const GRACE: Duration = Duration::from_secs(5);

/// Who carries what users are told. Over a channel without anyone nothing is delivered.
#[derive(Clone, Default)]
pub struct Carriers {
    /// E-mail.
    pub email: Option<Arc<dyn Carrier>>,
    /// Text messages.
    pub sms: Option<Arc<dyn Carrier>>,
    /// What is pushed to devices.
    pub push: Option<Arc<dyn Carrier>>,
}

impl Carriers {
    fn of(&self, channel: Channel) -> Option<&Arc<dyn Carrier>> {
        match channel {
            Channel::Email => self.email.as_ref(),
            Channel::Sms => self.sms.as_ref(),
            Channel::Push => self.push.as_ref(),
            // Nobody carries it: it is there when the app is opened.
            Channel::InApp => None,
        }
    }
}

/// Logs a sender that has panicked; what it was to deliver is tried again once its lease has run out.
fn told_of(channel: Channel, ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(channel = channel.name(), %error, "a sender panicked");
    }
}

impl Engine {
    /// Delivers over all channels until `stop` says so.
    pub async fn run_deliverables(self, stop: Stop) {
        let over = |channel| self.deliver_over(channel, stop.clone());
        tokio::join!(over(Channel::Email), over(Channel::Sms), over(Channel::Push));
    }

    async fn deliver_over(&self, channel: Channel, mut stop: Stop) {
        let mut wakeups = self.parts.store.wakeups();
        let mut tries = JoinSet::new();
        while !*stop.borrow() {
            match self.take_deliverables(channel, AT_ONCE.saturating_sub(tries.len())).await {
                Ok(taken) => {
                    for one in taken {
                        let engine = self.clone();
                        tries.spawn(async move {
                            if let Err(fault) = engine.deliver(&one).await {
                                // It is tried again once its lease has run out.
                                fault.log("what came of a delivery could not be written");
                            }
                        });
                    }
                }
                Err(fault) => fault.log("what users are told cannot be taken"),
            }
            tokio::select! {
                _ = wakeups.wait(POLL) => {}
                Some(ended) = tries.join_next() => told_of(channel, ended),
                _ = stop.changed() => {}
            }
        }
        let last = async {
            while let Some(ended) = tries.join_next().await {
                told_of(channel, ended);
            }
        };
        let _ = tokio::time::timeout(GRACE, last).await;
    }

    async fn take_deliverables(&self, channel: Channel, room: usize) -> Result<Vec<Deliverable>, Fault> {
        let now = self.now_as_woken().await?;
        if room == 0 || !deliverables::can_be_taken(&*self.parts.store.read().await?, channel, now).await? {
            return Ok(Vec::new());
        }
        let (lease, limit) = (TRY_LIMIT + SPARE, i64::try_from(room).unwrap_or(i64::MAX));
        let taking =
            self.parts.store.write(async move |tx| deliverables::take(tx, channel, now, lease, limit).await);
        Ok(taking.await?)
    }

    /// Takes back what an earlier life of this server held. Only for the one server of a database.
    pub async fn take_back_deliverables(&self) -> Result<(), Fault> {
        Ok(self.parts.store.write(async |tx| deliverables::free(tx).await).await?)
    }

    /// Tries one that was taken, and writes what came of it.
    async fn deliver(&self, one: &Deliverable) -> Result<(), Fault> {
        let tried = self.carry(one).await?;
        if let Err(failure) = &tried {
            tracing::debug!(deliverable = %one.guid, %failure, "not delivered");
        }
        let outcome = if tried.is_ok() { "delivered" } else { "not_delivered" };
        metrics::counter!("deliverable_attempts_total", "outcome" => outcome).increment(1);
        let (settled, one) = (self.settled_by(one, tried), one.clone());
        let writing = self.parts.store.write(async move |tx| {
            let delivered_on = match settled.delivered_at {
                Some(at) => Some(calendar::today(tx, &one.user_guid, at).await?),
                None => None,
            };
            deliverables::settle(tx, &one, &Settled { delivered_on, ..settled }).await
        });
        if !writing.await? {
            tracing::warn!("a deliverable was taken over while it was carried");
        }
        self.settled.notify_waiters();
        Ok(())
    }

    /// Hands one to who carries it.
    async fn carry(&self, one: &Deliverable) -> Result<Result<(), NotCarried>, Fault> {
        let for_good = |why: &str| Ok(Err(NotCarried::ForGood(why.to_owned())));
        if one.attempts > WEBHOOK_TRIES {
            return for_good("servers have stopped in the middle of every try");
        }
        let Some(carrier) = self.parts.carriers.of(one.channel) else {
            return for_good("nobody carries this channel");
        };
        let reader = self.parts.store.read().await?;
        let notification = notifications::find(&reader, &one.user_guid, &one.notification_guid).await?;
        let user = users::find(&reader, &one.user_guid).await?;
        drop(reader);
        let Some((notification, user)) = notification.zip(user) else {
            return for_good("its user has gone");
        };
        let to = match self.destination(one.channel, &user) {
            Ok(to) => to,
            Err(why) => return for_good(why),
        };
        let (subject, content) =
            (content::line(&notification.subject), content::content(one.channel, &one.content));
        let parcel = Parcel {
            guid: &one.guid,
            notification_guid: &one.notification_guid,
            notification_type: notification.notification_type,
            channel: one.channel,
            user_guid: &user.guid,
            user_id: &user.partner_id,
            to,
            subject: &subject,
            content: &content,
        };
        let tried = tokio::time::timeout(TRY_LIMIT, carrier.carry(&parcel)).await;
        Ok(tried.unwrap_or_else(|_| Err(NotCarried::for_now("it took too long"))))
    }

    /// Where a user is reached over a channel; why it is not, in words.
    fn destination<'a>(&self, channel: Channel, user: &'a User) -> Result<Option<&'a str>, &'static str> {
        let verified = self.verified(user);
        let (contact, is_verified, none) = match channel {
            Channel::Email => (&user.email, verified.email, "the user has no e-mail address"),
            Channel::Sms => (&user.phone, verified.phone, "the user has no telephone number"),
            // Who pushes knows the devices.
            Channel::Push | Channel::InApp => return Ok(None),
        };
        let contact = contact.as_deref().filter(|contact| !contact.is_empty()).ok_or(none)?;
        if is_verified { Ok(Some(contact)) } else { Err("it is not verified") }
    }

    /// What becomes of a deliverable; the day is still to be looked up.
    fn settled_by(&self, one: &Deliverable, tried: Result<(), NotCarried>) -> Settled {
        let now = self.now();
        let (failure, not_before) = match tried {
            Ok(()) => {
                return Settled {
                    state: MessageState::Delivered,
                    due_at: one.due_at,
                    failure: None,
                    delivered_at: Some(now),
                    delivered_on: None,
                };
            }
            Err(NotCarried::ForNow { why, not_before }) => (why, Some(not_before)),
            Err(NotCarried::ForGood(why)) => (why, None),
        };
        let tries_left = WEBHOOK_TRIES - one.attempts;
        let due_at = not_before.filter(|_| tries_left > 0).and_then(|not_before| {
            let wait = gap(&one.guid, tries_left).max(not_before);
            // However long somebody wants to be left in peace, there is a last try.
            let last = one.created_at.checked_add(EXPIRES_AFTER).ok()?;
            let due_at = now.checked_add(wait).unwrap_or(last).min(last);
            (due_at > now).then_some(due_at)
        });
        let state = if due_at.is_some() { MessageState::Ready } else { MessageState::Failed };
        let due_at = due_at.unwrap_or(one.due_at);
        // Whoever carries it may say anything.
        let failure = Some(content::line(&failure));
        Settled { state, due_at, failure, delivered_at: None, delivered_on: None }
    }
}
