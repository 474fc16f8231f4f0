//! The senders of one process: they take messages that are due, hold them by renewing their leases, try them, and write
//! what came of it.
//!
//! Each endpoint has connections of its own and a limit of its own, so that one that hangs holds up nothing but itself;
//! one that counts as dead is tried with one message at a time, and in between not at all.

mod outcome;
mod receiver;
mod token;
mod tries;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use riverbank_model::guid::WebhookEndpointGuid;
use riverbank_store::webhook_endpoints::{self, WebhookEndpoint};
use riverbank_store::webhook_messages::{self, DueEndpoint, Message, TakeTerms};
use riverbank_store::{StoreError, Tx};
use tokio::sync::Semaphore;
use tokio::task::{Id, JoinError, JoinSet};

pub(crate) use receiver::Receivers;
pub(super) use tries::Try;

use crate::aggregation::Stop;
use crate::{Engine, Fault};

/// Connections to one endpoint at once, of one process.
const AT_ONCE: usize = 8;
/// Messages to one endpoint in the hands of one process: so many that the connections do not wait for the database.
const IN_HAND: usize = 64;
/// Messages in the hands of one process.
const ALL_IN_HAND: usize = 1024;
/// The longest that senders sleep without looking for messages that nobody told them of.
const POLL: Duration = Duration::from_secs(2);
/// After a failure of the database, the pause before it is asked again.
const PAUSE: Duration = Duration::from_millis(500);
/// How long tries that have begun may go on after the stop.
const GRACE: Duration = Duration::from_secs(5);

/// A message and what came of trying it.
pub(super) struct Tried {
    pub(super) message: Message,
    pub(super) attempt: Try,
}

/// The messages in the hands of this process.
struct Hands {
    owner: String,
    sending: JoinSet<Tried>,
    held: HashMap<Id, Message>,
    /// How many of each endpoint, and who of them may connect.
    endpoints: HashMap<WebhookEndpointGuid, (usize, Arc<Semaphore>)>,
    /// Tried, and not yet written down.
    done: Vec<Arc<Tried>>,
    /// Not tried, since their task broke.
    broken: Vec<Message>,
    /// When they were last held for longer; machine time.
    renewed: Duration,
}

impl Hands {
    fn room(&self, endpoint: &WebhookEndpointGuid) -> usize {
        let held = self.endpoints.get(endpoint).map_or(0, |(held, _)| *held);
        IN_HAND.saturating_sub(held).min(ALL_IN_HAND.saturating_sub(self.held.len()))
    }

    fn take_in(&mut self, ended: Result<(Id, Tried), JoinError>) {
        let id = match &ended {
            Ok((id, _)) => *id,
            Err(error) => error.id(),
        };
        let Some(message) = self.held.remove(&id) else { return };
        if let Some((held, _)) = self.endpoints.get_mut(&message.endpoint_guid) {
            *held -= 1;
            if *held == 0 {
                self.endpoints.remove(&message.endpoint_guid);
            }
        }
        match ended {
            Ok((_, tried)) => self.done.push(Arc::new(tried)),
            Err(error) => {
                tracing::error!(message = %message.guid, %error, "a sender panicked");
                self.broken.push(message);
            }
        }
    }
}

impl Engine {
    /// Takes and sends messages until `stop` says so; then gives back what is not finished in time.
    pub async fn run_deliveries(self, owner: String, mut stop: Stop) {
        let mut hands = Hands {
            owner,
            sending: JoinSet::new(),
            held: HashMap::new(),
            endpoints: HashMap::new(),
            done: Vec::new(),
            broken: Vec::new(),
            renewed: self.parts.machine.elapsed(),
        };
        let mut wakeups = self.parts.store.wakeups();
        while !*stop.borrow() {
            let pause = match self.write_and_take(&mut hands).await {
                Ok(pause) => pause,
                Err(fault) => {
                    fault.log("webhooks cannot be held or taken");
                    PAUSE
                }
            };
            tokio::select! {
                _ = wakeups.wait(pause.min(self.settings().lease / 3)) => {}
                Some(ended) = hands.sending.join_next_with_id() => hands.take_in(ended),
                _ = stop.changed() => {}
            }
            // What has ended by now is written in one unit of work.
            while let Some(ended) = hands.sending.try_join_next_with_id() {
                hands.take_in(ended);
            }
        }
        self.put_down(hands).await;
    }

    /// Writes what has been tried and takes what is due; how long to sleep when nothing else happens.
    async fn write_and_take(&self, hands: &mut Hands) -> Result<Duration, Fault> {
        let elapsed = self.parts.machine.elapsed();
        if elapsed.saturating_sub(hands.renewed) >= self.settings().lease / 3 {
            let (owner, lease) = (hands.owner.clone(), self.settings().lease);
            self.parts.store.write(async move |tx| webhook_messages::renew(tx, &owner, lease).await).await?;
            hands.renewed = elapsed;
        }
        let now = self.now_as_woken().await?;
        let reader = self.parts.store.read().await?;
        let due = webhook_messages::due(&reader).await?;
        let has_lost = webhook_messages::has_expired_leases(&reader).await?;
        drop(reader);
        self.receivers.keep(&due);
        if has_lost {
            self.parts.store.write(async |tx| webhook_messages::reclaim(tx).await).await?;
        }
        let next = due.iter().filter(|one| hands.room(&one.guid) > 0).filter_map(due_at).min();
        let is_due = has_lost || next.is_some_and(|next| next <= now);
        if !is_due && hands.done.is_empty() && hands.broken.is_empty() {
            let sleep = next.and_then(|next| self.parts.clock.time_until(next));
            return Ok(sleep.unwrap_or(POLL).min(POLL));
        }
        self.write_and_take_now(hands, now).await
    }

    async fn write_and_take_now(&self, hands: &mut Hands, now: Timestamp) -> Result<Duration, Fault> {
        let rooms: HashMap<WebhookEndpointGuid, usize> =
            hands.endpoints.keys().map(|guid| (guid.clone(), hands.room(guid))).collect();
        let (done, broken) = (std::mem::take(&mut hands.done), std::mem::take(&mut hands.broken));
        let all = ALL_IN_HAND.saturating_sub(hands.held.len());
        let (engine, owner) = (self.clone(), hands.owner.clone());
        let (tried, untried) = (done.clone(), broken.clone());
        let written = self.parts.store.write(async move |tx| {
            for message in &untried {
                webhook_messages::release_one(tx, &message.guid, &owner).await?;
            }
            engine.write_tries(tx, &tried, &owner, now).await?;
            engine.take(tx, &rooms, all, &owner, now).await
        });
        let taken = match written.await {
            Ok(taken) => taken,
            Err(error) => {
                hands.done = done;
                hands.broken = broken;
                return Err(error.into());
            }
        };
        // Whoever stands behind what was taken is looked for when that is done.
        for (endpoint, messages) in taken {
            self.send(hands, &endpoint, messages);
        }
        Ok(POLL)
    }

    /// Takes what is due, for each endpoint as much as there is room for.
    async fn take(
        &self,
        tx: &Tx,
        rooms: &HashMap<WebhookEndpointGuid, usize>,
        mut all: usize,
        owner: &str,
        now: Timestamp,
    ) -> Result<Vec<(WebhookEndpoint, Vec<Message>)>, StoreError> {
        let lease = self.settings().lease;
        let mut taken = Vec::new();
        for due in webhook_messages::due(tx).await? {
            let room = rooms.get(&due.guid).copied();
            let room = match due.paused_until {
                // One message tells whether it is alive again.
                Some(_) if room.is_some() => 0,
                Some(_) => 1,
                None => room.unwrap_or(IN_HAND),
            };
            let limit = i64::try_from(room.min(all)).unwrap_or(i64::MAX);
            if limit == 0 || due_at(&due).is_none_or(|at| at > now) {
                continue;
            }
            let messages =
                webhook_messages::take(tx, &due.guid, &TakeTerms { owner, limit, lease, now }).await?;
            if let Some(endpoint) = webhook_endpoints::find(tx, &due.guid).await?
                && !messages.is_empty()
            {
                all -= messages.len();
                taken.push((endpoint, messages));
            }
        }
        Ok(taken)
    }

    fn send(&self, hands: &mut Hands, endpoint: &WebhookEndpoint, messages: Vec<Message>) {
        let receiver = self.receivers.open(self, endpoint);
        let (held, turns) = hands
            .endpoints
            .entry(endpoint.guid.clone())
            .or_insert_with(|| (0, Arc::new(Semaphore::new(AT_ONCE))));
        *held += messages.len();
        for message in messages {
            let (engine, receiver, turns) = (self.clone(), receiver.clone(), Arc::clone(turns));
            let taken = message.clone();
            let handle = hands.sending.spawn(async move {
                // Closed by nobody: an error would only let more of them connect.
                let _turn = turns.acquire().await;
                let attempt = engine.try_message(&receiver, &message).await;
                Tried { message, attempt }
            });
            hands.held.insert(handle.id(), taken);
        }
    }

    async fn put_down(&self, mut hands: Hands) {
        let mut sending = std::mem::take(&mut hands.sending);
        let finish = async {
            while let Some(ended) = sending.join_next_with_id().await {
                hands.take_in(ended);
            }
        };
        let _ = tokio::time::timeout(GRACE, finish).await;
        sending.shutdown().await;
        let (engine, owner, now) = (self.clone(), hands.owner.clone(), self.now());
        let released = self.parts.store.write(async move |tx| {
            engine.write_tries(tx, &hands.done, &owner, now).await?;
            tx.wake_workers();
            webhook_messages::release(tx, &owner).await
        });
        if let Err(error) = released.await {
            tracing::warn!(error = &error as &dyn std::error::Error, "webhooks wait for their leases to end");
        }
    }

    /// The first moment of business time after `after` at which a message is to be sent.
    pub(crate) async fn next_delivery(
        &self,
        tx: &Tx,
        after: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let due = webhook_messages::due(tx).await?;
        Ok(due.iter().filter_map(due_at).filter(|at| *at > after).min())
    }

    /// Whether a message is due or on its way.
    pub(crate) async fn is_delivering(&self, tx: &Tx) -> Result<bool, StoreError> {
        webhook_messages::is_busy(tx, self.now()).await
    }

    /// Takes back the messages that an earlier life of this server held. Only for the one server of a database.
    pub async fn take_back_messages(&self) -> Result<(), Fault> {
        Ok(self.parts.store.write(async |tx| webhook_messages::reclaim_all(tx).await).await?)
    }
}

/// When the next message to an endpoint is to be sent.
pub(super) fn due_at(endpoint: &DueEndpoint) -> Option<Timestamp> {
    let first = endpoint.first_due?;
    Some(endpoint.paused_until.map_or(first, |until| until.max(first)))
}
