//! A sample of every event, to see whether an endpoint can be reached and what it makes of it.

mod ledger;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use riverbank_enrich::Category;
use riverbank_model::ExposeSecret;
use riverbank_model::account::AccountType;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{
    self, ClientGuid, Guid as _, InstitutionGuid, JobGuid, UserGuid, WebhookEndpointGuid, WebhookMessageGuid,
};
use riverbank_model::job::{JobKind, JobStatus};
use riverbank_model::micro_deposit::MicroDepositStatus;
use riverbank_model::notification::Channel;
use riverbank_model::use_case::UseCases;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::jobs::{Job, JobState};
use riverbank_store::members::Member;
use riverbank_store::micro_deposits::MicroDeposit;
use riverbank_store::users::User;
use riverbank_store::webhook_messages::{self, Message, MessageState};

use super::delivery::Tried;
use super::endpoints::existing;
use super::payload::{self, Owner};
use super::retries::EXPIRES_AFTER;
use super::{EndpointError, MessageView};
use crate::holdings::HoldingView;
use crate::notifications::About;
use crate::users::Verified;
use crate::{Engine, Fault, tokens};

/// Samples to an endpoint have a lane of their own.
const LANE: &str = "samples";
/// What every id of a sample is made of.
const SAMPLE: &str = "sample";
/// MX Bank (Nexus reference, test platform).
const INSTITUTION: &str = "INS-1572a04c-912b-59bf-5841-332c7dfafaef";

impl Engine {
    /// Sends a sample to an endpoint, disabled or not, once, from this process; the message with what came of it.
    pub async fn send_sample(
        &self,
        endpoint: &WebhookEndpointGuid,
        kind: EventKind,
        action: Action,
    ) -> Result<MessageView, EndpointError> {
        let payload = sample(kind, action, self.now())?;
        // No two processes have the same name, and nobody renews what this one holds.
        let owner = tokens::make(&*self.parts.secrets).expose_secret().to_owned();
        let lease = self.parts.webhook_client.policy().total_limit * 4 + Duration::from_secs(5);
        let (engine, guid, now, holder) = (self.clone(), endpoint.clone(), self.now(), owner.clone());
        let written = self.parts.store.write(async move |tx| {
            let endpoint = existing(tx, &guid).await?;
            let user: UserGuid = guid::fixed(&[SAMPLE]);
            let end = webhook_messages::lane_end(tx, &user, &guid, LANE).await?;
            let number = end.map_or(1, |end| end.number + 1);
            let message: WebhookMessageGuid = engine.guid(&format!("{guid}/{LANE}"), number);
            let message = Message {
                guid: message,
                endpoint_guid: guid,
                user_guid: user,
                lane: LANE.to_owned(),
                number,
                kind,
                payload,
                callback_payload: None,
                state: MessageState::Sending,
                attempts: 0,
                tries_left: 1,
                due_at: now,
                expires_at: now.checked_add(EXPIRES_AFTER).unwrap_or(Timestamp::MAX),
                lease_until: Some(0),
                lease_owner: Some(holder.clone()),
                epoch: 0,
                created_at: now,
                ended_at: None,
            };
            webhook_messages::store(tx, std::slice::from_ref(&message)).await?;
            webhook_messages::renew(tx, &holder, lease).await?;
            Ok::<_, EndpointError>((endpoint, message))
        });
        let (endpoint, message) = written.await?;
        let receiver = self.receivers.open(self, &endpoint);
        let attempt = self.try_message(&receiver, &message).await;
        let guid = message.guid.clone();
        let (engine, tried) = (self.clone(), [Arc::new(Tried { message, attempt })]);
        self.parts
            .store
            .write(async move |tx| engine.write_tries(tx, &tried, &owner, engine.now()).await)
            .await?;
        self.webhook_message(&guid).await.map_err(|error| EndpointError::Fault(Fault::internal(error)))
    }
}

/// The sample of an event; kinds without an action have one sample each.
pub(super) fn sample(kind: EventKind, action: Action, now: Timestamp) -> Result<String, Fault> {
    let (user, member) = (user(now), member(now));
    let owner = Owner { user_id: &user.partner_id, member_id: None };
    match kind {
        EventKind::User => payload::user(action, &user, Verified::default()),
        EventKind::Member => payload::member(action, &member, None, owner),
        EventKind::Account => payload::account(action, &ledger::account(now)?, owner),
        EventKind::Transaction => payload::transaction(action, &ledger::transaction(now), owner),
        EventKind::Job => payload::job_status(&job(now), owner),
        EventKind::MicroDeposit => payload::micro_deposit(action, &micro_deposit(now), owner.user_id),
        EventKind::Aggregation => payload::aggregation(&job(now), owner.user_id),
        EventKind::History => payload::history(&job(now)),
        EventKind::Verification => payload::verification(&job(now), &[guid::fixed(&[SAMPLE])], owner.user_id),
        EventKind::Balance => payload::balance(&job(now)),
        EventKind::ConnectionStatus => {
            payload::connection_status(ConnectionStatus::Denied, &member, &member.name)
        }
        EventKind::Category => payload::category(action, &category(now), &user.partner_id),
        EventKind::Budget => payload::budget(action, &ledger::budget(now), SAMPLE, &user.partner_id),
        EventKind::Goal => payload::goal(action, &ledger::goal(now), &user.partner_id),
        EventKind::Insight => payload::insight(action, &ledger::insight(now)),
        EventKind::Beat => payload::beat(action, &ledger::insight(now)),
        EventKind::Notification => {
            let about = About::Budget(Box::new(ledger::budget(now)), SAMPLE.to_owned());
            payload::notification(&ledger::notification(now), Channel::ALL, &user, Some(&about))
        }
        EventKind::Holding => payload::holding(action, &HoldingView::of(ledger::holding(now)?)?, owner),
        EventKind::SpendingPlan => {
            payload::spending_plan(action, &ledger::spending_plan(now), &user.partner_id)
        }
        EventKind::Tag => payload::tag(action, &ledger::tag(now), &user.partner_id),
        EventKind::Tagging => payload::tagging(action, &ledger::tagging(&ledger::tag(now)), &user.partner_id),
    }
}

fn user(now: Timestamp) -> User {
    User {
        guid: guid::fixed(&[SAMPLE]),
        client_guid: guid::fixed::<ClientGuid>(&[SAMPLE]),
        partner_id: "U-sample".to_owned(),
        birthdate: None,
        credit_score: None,
        email: Some("sample@example.com".to_owned()),
        first_name: Some("Sample".to_owned()),
        gender: None,
        is_disabled: false,
        is_excluded_from_analytics: false,
        last_name: Some("User".to_owned()),
        logged_in_at: Some(now),
        metadata: None,
        phone: None,
        zip_code: None,
        revision: 1,
        children_made: 0,
        created_at: now,
        updated_at: now,
    }
}

fn member(now: Timestamp) -> Member {
    Member {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        client_guid: guid::fixed(&[SAMPLE]),
        institution_guid: InstitutionGuid::trusted(INSTITUTION.to_owned()),
        number: 1,
        partner_id: None,
        external_guid: None,
        name: "MX Bank".to_owned(),
        metadata: None,
        use_cases: UseCases::PFM,
        background_aggregation_is_disabled: false,
        is_oauth: false,
        is_managed_by_user: true,
        connection_status: Some(ConnectionStatus::Connected),
        aggregated_at: Some(now),
        successfully_aggregated_at: Some(now),
        most_recent_job_guid: Some(guid::fixed::<JobGuid>(&[SAMPLE])),
        live_job_guid: None,
        denials: 0,
        login_fingerprint: None,
        client_redirect_url: None,
        referral_source: None,
        ui_message_webview_url_scheme: None,
        oauth_token_hash: None,
        oauth_token: None,
        oauth_skip_aggregation: false,
        challenge_expires_at: None,
        pending_expires_at: None,
        purge_at: None,
        next_refresh_at: None,
        revision: 1,
        children_made: 1,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    }
}

fn job(now: Timestamp) -> Job {
    Job {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        member_guid: guid::fixed(&[SAMPLE]),
        institution_guid: InstitutionGuid::trusted(INSTITUTION.to_owned()),
        kind: JobKind::Aggregation,
        status: JobStatus::Completed,
        state: JobState::Done,
        run_at: now,
        lease_until: None,
        lease_owner: None,
        interruptions: 0,
        epoch: 0,
        attempt: 1,
        is_superseded: false,
        has_follow_up: false,
        include_transactions: true,
        include_holdings: true,
        is_authenticated: true,
        progress: None,
        error_message: None,
        error_message_code: None,
        outcome: Some(ConnectionStatus::Connected),
        children_made: 0,
        created_at: now,
        started_at: Some(now),
        finished_at: Some(now),
        updated_at: now,
        is_background: false,
        transactions_created: Some(3),
        transactions_updated: Some(2),
        callback_payload: None,
    }
}

fn category(now: Timestamp) -> riverbank_store::categories::Category {
    riverbank_store::categories::Category {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        number: 1,
        name: "Sample lessons".to_owned(),
        parent_guid: Category::Education.guid(),
        metadata: None,
        revision: 1,
        created_at: now,
        updated_at: now,
    }
}

fn micro_deposit(now: Timestamp) -> MicroDeposit {
    MicroDeposit {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        number: 1,
        status: MicroDepositStatus::Deposited,
        email: "sample@example.com".to_owned(),
        first_name: "Sample".to_owned(),
        last_name: "User".to_owned(),
        account_name: Some("Sample Checking".to_owned()),
        account_number: Some("333312345".to_owned()),
        routing_number: Some("091000019".to_owned()),
        account_type: Some(AccountType::Checking),
        institution_name: Some("MX Bank".to_owned()),
        amount_1: None,
        amount_2: None,
        wrong_tries: 0,
        error_code: None,
        error_message: None,
        due_at: None,
        revision: 1,
        created_at: now,
        updated_at: now,
        verified_at: None,
        deleted_at: None,
    }
}
