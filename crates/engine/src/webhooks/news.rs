//! What a unit of work has to tell: messages for the endpoints that listen, written with the change.

mod finance;

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{ClientGuid, UserGuid, WebhookMessageGuid};
use riverbank_model::job::{JobKind, JobStatus};
use riverbank_model::limits::WEBHOOK_TRIES;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::accounts::Account;
use riverbank_store::categories::Category;
use riverbank_store::holdings::Holding;
use riverbank_store::jobs::Job;
use riverbank_store::members::Member;
use riverbank_store::micro_deposits::MicroDeposit;
use riverbank_store::tags::Tag;
use riverbank_store::transactions::Transaction;
use riverbank_store::users::{self, User};
use riverbank_store::webhook_endpoints::{self, Listener};
use riverbank_store::webhook_messages::{self, LaneEnd, Message, MessageState};
use riverbank_store::{StoreError, Tx, account_numbers};

use super::payload::{self, Owner, ToldTagging};
use super::retries::{EXPIRES_AFTER, IN_ORDER_TRIES};
use crate::accounts::AccountView;
use crate::categories::OwnCategories;
use crate::holdings::HoldingView;
use crate::transactions::TransactionView;
use crate::{Caller, Engine, Fault};

/// Messages of one user or member, in the order in which they are told. While nobody listens, all of this does nothing.
pub(crate) struct News<'a> {
    engine: &'a Engine,
    tx: &'a Tx,
    listeners: Vec<Listener>,
    user: UserGuid,
    user_id: String,
    lane: String,
    /// What the call that caused this wants to see again.
    callback_payload: Option<String>,
    told: Vec<Told>,
}

/// One thing to tell.
struct Told {
    kind: EventKind,
    /// What tells this from everything else that was ever told of: the same again is the same message.
    subject: String,
    revision: i64,
    payload: String,
    /// Its place among the others; those with the same place have no order.
    place: i64,
}

/// The statuses that somebody must do something about (Nexus reference, webhooks, connection status).
pub(super) const TOLD_STATUSES: [ConnectionStatus; 8] = [
    ConnectionStatus::Challenged,
    ConnectionStatus::Denied,
    ConnectionStatus::Expired,
    ConnectionStatus::Impaired,
    ConnectionStatus::Impeded,
    ConnectionStatus::Locked,
    ConnectionStatus::Prevented,
    ConnectionStatus::Rejected,
];

/// The statuses of a job that are told (Nexus reference, webhooks, job status).
const TOLD_JOBS: [JobStatus; 5] =
    [JobStatus::Denied, JobStatus::Prevented, JobStatus::Halted, JobStatus::Completed, JobStatus::Challenged];

/// What echoes the text of the call that caused it (platform reference, `X-CALLBACK-PAYLOAD`): what happens to a member, and
/// what a job has brought in.
const ECHOING: [EventKind; 5] = [
    EventKind::Member,
    EventKind::Aggregation,
    EventKind::History,
    EventKind::Verification,
    EventKind::Balance,
];

/// What is told at the good end of a job of a kind. Of identifications the reference knows no webhook.
fn told_of(kind: JobKind) -> Option<EventKind> {
    match kind {
        JobKind::Aggregation => Some(EventKind::Aggregation),
        JobKind::Verification => Some(EventKind::Verification),
        JobKind::Identification => None,
        JobKind::History => Some(EventKind::History),
        JobKind::Balance => Some(EventKind::Balance),
    }
}

impl<'a> News<'a> {
    /// Of a user.
    pub(crate) async fn of_user(engine: &'a Engine, tx: &'a Tx, user: &User) -> Result<Self, StoreError> {
        let listeners = webhook_endpoints::listeners(tx, &user.client_guid).await?;
        let user_id = user.partner_id.clone();
        Ok(Self::new(engine, tx, listeners, user.guid.clone(), user_id, user.guid.to_string()))
    }

    /// Of what a caller has that belongs to no member.
    pub(crate) async fn of_caller(
        engine: &'a Engine,
        tx: &'a Tx,
        caller: &Caller,
    ) -> Result<Self, StoreError> {
        Self::in_lane(engine, tx, (&caller.client, &caller.user), caller.user.to_string()).await
    }

    /// Of a locked member and what is its.
    pub(crate) async fn of_member(
        engine: &'a Engine,
        tx: &'a Tx,
        member: &Member,
    ) -> Result<Self, StoreError> {
        Self::in_lane(engine, tx, (&member.client_guid, &member.user_guid), member.guid.to_string()).await
    }

    /// Of what the user of a locked member has that belongs to no member.
    pub(crate) async fn beside_member(
        engine: &'a Engine,
        tx: &'a Tx,
        member: &Member,
    ) -> Result<Self, StoreError> {
        let owner = (&member.client_guid, &member.user_guid);
        Self::in_lane(engine, tx, owner, member.user_guid.to_string()).await
    }

    async fn in_lane(
        engine: &'a Engine,
        tx: &'a Tx,
        (client, user): (&ClientGuid, &UserGuid),
        lane: String,
    ) -> Result<Self, StoreError> {
        let mut listeners = webhook_endpoints::listeners(tx, client).await?;
        let mut user_id = String::new();
        if !listeners.is_empty() {
            match users::find(tx, user).await? {
                Some(user) => user_id = user.partner_id,
                None => listeners.clear(),
            }
        }
        Ok(Self::new(engine, tx, listeners, user.clone(), user_id, lane))
    }

    fn new(
        engine: &'a Engine,
        tx: &'a Tx,
        listeners: Vec<Listener>,
        user: UserGuid,
        user_id: String,
        lane: String,
    ) -> Self {
        Self { engine, tx, listeners, user, user_id, lane, callback_payload: None, told: Vec::new() }
    }

    /// What is told of members and their data echoes this text of the call that caused it.
    pub(crate) fn echoing(self, callback_payload: Option<&str>) -> Self {
        Self { callback_payload: callback_payload.map(str::to_owned), ..self }
    }

    /// Whether anyone listens to a kind.
    pub(crate) fn hears(&self, kind: EventKind) -> bool {
        self.listeners.iter().any(|listener| listener.events.has(kind))
    }

    /// What happened to the user.
    pub(crate) fn user(&mut self, user: &User, action: Action) -> Result<(), Fault> {
        let subject = (EventKind::User, action.name(), user.guid.as_str(), user.revision);
        let verified = self.engine.verified(user);
        self.add(subject, |_| payload::user(action, user, verified))
    }

    /// That a micro deposit of the user was made, or its status has changed.
    pub(crate) fn micro_deposit(&mut self, deposit: &MicroDeposit, action: Action) -> Result<(), Fault> {
        let subject = (EventKind::MicroDeposit, action.name(), deposit.guid.as_str(), deposit.revision);
        self.add(subject, |user_id| payload::micro_deposit(action, deposit, user_id))
    }

    /// What happened to the member.
    pub(crate) fn member(&mut self, member: &Member, action: Action) -> Result<(), Fault> {
        let catalogue = self.engine.known_catalogue();
        let institution = catalogue.get(&member.institution_guid);
        let subject = (EventKind::Member, action.name(), member.guid.as_str(), member.revision);
        self.add(subject, |user_id| {
            let owner = Owner { user_id, member_id: member.partner_id.as_deref() };
            payload::member(action, member, institution.map(|institution| &**institution), owner)
        })
    }

    /// That the member is in a status that somebody must do something about, if it was not in it `before`.
    pub(crate) fn status(&mut self, member: &Member, before: Option<ConnectionStatus>) -> Result<(), Fault> {
        let Some(status) = member.connection_status else { return Ok(()) };
        if before == Some(status) || !TOLD_STATUSES.contains(&status) {
            return Ok(());
        }
        let catalogue = self.engine.known_catalogue();
        let institution = catalogue.get(&member.institution_guid);
        let name = institution.map_or(&*member.name, |institution| &*institution.name);
        let subject = (EventKind::ConnectionStatus, status.name(), member.guid.as_str(), member.revision);
        self.add(subject, |_| payload::connection_status(status, member, name))
    }

    /// Where a job of the member has come to.
    pub(crate) fn job(&mut self, job: &Job, member: &Member) -> Result<(), Fault> {
        if !TOLD_JOBS.contains(&job.status) {
            return Ok(());
        }
        // A job may ask several times, and ends once.
        let subject = (EventKind::Job, job.status.name(), job.guid.as_str(), job.children_made);
        self.add(subject, |user_id| {
            payload::job_status(job, Owner { user_id, member_id: member.partner_id.as_deref() })
        })
    }

    /// That a job of the member has brought in all there was, if it has, and its kind is one that is told.
    pub(crate) async fn brought_in(&mut self, job: &Job, member: &Member) -> Result<(), Fault> {
        let kind = told_of(job.kind).filter(|kind| job.status == JobStatus::Completed && self.hears(*kind));
        let Some(kind) = kind else { return Ok(()) };
        let verified = match kind {
            EventKind::Verification => {
                account_numbers::of_member(self.tx, &member.user_guid, &member.guid).await?
            }
            _ => Vec::new(),
        };
        let mut accounts: Vec<_> = verified.into_iter().map(|row| row.account_guid).collect();
        accounts.dedup();
        self.add((kind, "", job.guid.as_str(), 0), |user_id| match kind {
            EventKind::History => payload::history(job),
            EventKind::Verification => payload::verification(job, &accounts, user_id),
            EventKind::Balance => payload::balance(job),
            _ => payload::aggregation(job, user_id),
        })
    }

    /// What happened to a category of the caller.
    pub(crate) fn category(&mut self, category: &Category, action: Action) -> Result<(), Fault> {
        let subject = (EventKind::Category, action.name(), category.guid.as_str(), category.revision);
        self.add(subject, |user_id| payload::category(action, category, user_id))
    }

    /// What happened to a tag of the caller.
    pub(crate) fn tag(&mut self, tag: &Tag, action: Action) -> Result<(), Fault> {
        let subject = (EventKind::Tag, action.name(), tag.guid.as_str(), tag.revision);
        self.add(subject, |user_id| payload::tag(action, tag, user_id))
    }

    /// What happened to a tagging of the caller, on a transaction of a member that is managed by the user or not.
    pub(crate) fn tagging(&mut self, told: &ToldTagging<'_>, action: Action) -> Result<(), Fault> {
        let subject = (EventKind::Tagging, action.name(), told.tagging.guid.as_str(), told.tagging.revision);
        self.add(subject, |user_id| payload::tagging(action, told, user_id))
    }

    /// What happened to an account of the member.
    pub(crate) fn account(
        &mut self,
        account: &Account,
        member: &Member,
        action: Action,
    ) -> Result<(), Fault> {
        if !self.hears(EventKind::Account) {
            return Ok(());
        }
        let catalogue = self.engine.known_catalogue();
        let view = AccountView::of_member(account.clone(), member, &catalogue)?;
        let subject = (EventKind::Account, action.name(), account.guid.as_str(), account.revision);
        self.add(subject, |user_id| {
            let owner = Owner { user_id, member_id: member.partner_id.as_deref() };
            payload::account(action, &view, owner)
        })
    }

    /// What happened to a holding of the member.
    pub(crate) fn holding(
        &mut self,
        holding: &Holding,
        member: &Member,
        action: Action,
    ) -> Result<(), Fault> {
        if !self.hears(EventKind::Holding) {
            return Ok(());
        }
        let view = HoldingView::of(holding.clone())?;
        let subject = (EventKind::Holding, action.name(), holding.guid.as_str(), holding.revision);
        self.add(subject, |user_id| {
            let owner = Owner { user_id, member_id: member.partner_id.as_deref() };
            payload::holding(action, &view, owner)
        })
    }

    /// What happened to transactions of the member, in no order among themselves.
    pub(crate) async fn transactions(
        &mut self,
        rows: Vec<Transaction>,
        member: &Member,
    ) -> Result<(), Fault> {
        if !self.hears(EventKind::Transaction) {
            return Ok(());
        }
        let categories = OwnCategories::behind(self.tx, &self.user, &rows).await?;
        let place = self.next_place();
        let owner = (self.user_id.clone(), member.partner_id.as_deref());
        for row in rows {
            let action = match (row.deleted_at, row.revision) {
                (Some(_), _) => Action::Deleted,
                (None, 1) => Action::Created,
                (None, _) => Action::Updated,
            };
            let view = TransactionView::of_member(row, member, &categories);
            let owner = Owner { user_id: &owner.0, member_id: owner.1 };
            self.told.push(Told {
                kind: EventKind::Transaction,
                subject: subject(EventKind::Transaction, action.name(), view.transaction.guid.as_str()),
                revision: view.transaction.revision,
                payload: payload::transaction(action, &view, owner)?,
                place,
            });
        }
        Ok(())
    }

    /// Writes what was told.
    pub(crate) async fn write(self) -> Result<(), Fault> {
        let now = self.engine.now();
        let mut messages = Vec::new();
        for listener in &self.listeners {
            let heard: Vec<&Told> = self.told.iter().filter(|told| listener.events.has(told.kind)).collect();
            if heard.is_empty() {
                continue;
            }
            let end = webhook_messages::lane_end(self.tx, &self.user, &listener.guid, &self.lane).await?;
            let end = end.as_ref();
            messages.extend(heard.into_iter().map(|told| self.message(listener, told, end, now)));
        }
        if !messages.is_empty() {
            webhook_messages::store(self.tx, &messages).await?;
            self.tx.wake_workers();
        }
        Ok(())
    }

    fn message(&self, listener: &Listener, told: &Told, end: Option<&LaneEnd>, now: Timestamp) -> Message {
        let parent = format!("{}/{}", listener.guid, told.subject);
        let guid: WebhookMessageGuid = self.engine.guid(&parent, told.revision);
        let echoes = ECHOING.contains(&told.kind);
        Message {
            guid,
            endpoint_guid: listener.guid.clone(),
            user_guid: self.user.clone(),
            lane: self.lane.clone(),
            number: end.map_or(0, |end| end.number) + told.place,
            kind: told.kind,
            payload: told.payload.clone(),
            callback_payload: self.callback_payload.clone().filter(|_| echoes),
            state: MessageState::Ready,
            attempts: 0,
            tries_left: WEBHOOK_TRIES,
            due_at: end.map_or(now, |end| behind(end, now)),
            expires_at: now.checked_add(EXPIRES_AFTER).unwrap_or(Timestamp::MAX),
            lease_until: None,
            lease_owner: None,
            epoch: 0,
            created_at: now,
            ended_at: None,
        }
    }

    fn next_place(&self) -> i64 {
        self.told.last().map_or(1, |told| told.place + 1)
    }

    /// Adds what the builder makes for the user with its partner's id, if anyone wants to hear it.
    fn add(
        &mut self,
        (kind, action, of, revision): (EventKind, &str, &str, i64),
        payload: impl FnOnce(&str) -> Result<String, Fault>,
    ) -> Result<(), Fault> {
        if self.hears(kind) {
            let payload = payload(&self.user_id)?;
            let subject = subject(kind, action, of);
            self.told.push(Told { kind, subject, revision, payload, place: self.next_place() });
        }
        Ok(())
    }
}

fn subject(kind: EventKind, action: &str, of: &str) -> String {
    format!("{}/{action}/{of}", kind.name())
}

/// When a message is due that stands behind the end of its lane: no earlier than that, while its order is kept.
fn behind(end: &LaneEnd, now: Timestamp) -> Timestamp {
    let waits = end.state == MessageState::Ready && end.attempts < IN_ORDER_TRIES;
    if waits { end.due_at.max(now) } else { now }
}
