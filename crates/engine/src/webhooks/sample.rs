//! A sample of every event, to see whether an endpoint can be reached and what it makes of it.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use riverbank_enrich::Category;
use riverbank_model::ExposeSecret;
use riverbank_model::account::AccountType;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::feed::{AccountFacts, FeedHolding};
use riverbank_model::given::GivenFacts;
use riverbank_model::guid::{
    self, AccountGuid, ClientGuid, Guid as _, InstitutionGuid, JobGuid, MemberGuid, TransactionGuid,
    UserGuid, WebhookEndpointGuid, WebhookMessageGuid,
};
use riverbank_model::job::{JobKind, JobStatus};
use riverbank_model::micro_deposit::MicroDepositStatus;
use riverbank_model::money::{Money, Quantity};
use riverbank_model::transaction::{TransactionStatus, TransactionType};
use riverbank_model::use_case::UseCases;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::accounts::Account;
use riverbank_store::holdings::Holding;
use riverbank_store::jobs::{Job, JobState};
use riverbank_store::members::Member;
use riverbank_store::micro_deposits::MicroDeposit;
use riverbank_store::taggings::Tagging;
use riverbank_store::tags::Tag;
use riverbank_store::transactions::Transaction;
use riverbank_store::users::User;
use riverbank_store::webhook_messages::{self, Message, MessageState};

use super::delivery::Tried;
use super::endpoints::existing;
use super::payload::{self, Owner, ToldTagging};
use super::retries::EXPIRES_AFTER;
use super::{EndpointError, MessageView};
use crate::accounts::{AccountView, NOTHING_GIVEN};
use crate::holdings::HoldingView;
use crate::transactions::TransactionView;
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
        EventKind::User => payload::user(action, &user),
        EventKind::Member => payload::member(action, &member, None, owner),
        EventKind::Account => payload::account(action, &account(now)?, owner),
        EventKind::Transaction => payload::transaction(action, &transaction(now), owner),
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
        EventKind::Holding => payload::holding(action, &HoldingView::of(holding(now)?)?, owner),
        EventKind::Tag => payload::tag(action, &tag(now), &user.partner_id),
        EventKind::Tagging => payload::tagging(action, &tagging(&tag(now)), &user.partner_id),
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

fn holding(now: Timestamp) -> Result<Holding, Fault> {
    let told = FeedHolding {
        id: SAMPLE.to_owned(),
        description: "Sample Fund".to_owned(),
        symbol: Some("SMPL".to_owned()),
        cusip: None,
        shares: Some(Quantity::from_units(1_000_000_000)),
        price: None,
        market_value: Some(Money::from_units(1_234_000)),
        cost_basis: None,
        currency_code: Some("USD".to_owned()),
        priced_at: None,
    };
    Ok(Holding {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        account_guid: guid::fixed(&[SAMPLE]),
        member_guid: guid::fixed(&[SAMPLE]),
        number: 1,
        feed_id: SAMPLE.to_owned(),
        feed: serde_json::to_string(&told).map_err(Fault::internal)?,
        given: NOTHING_GIVEN.to_owned(),
        metadata: None,
        cost_basis_updated_at: None,
        revision: 1,
        created_at: now,
        updated_at: now,
    })
}

fn tag(now: Timestamp) -> Tag {
    Tag {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        number: 1,
        name: "Sample".to_owned(),
        revision: 1,
        created_at: now,
        updated_at: now,
    }
}

fn tagging(tag: &Tag) -> ToldTagging<'_> {
    let tagging = Tagging {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        number: 1,
        tag_guid: tag.guid.clone(),
        transaction_guid: guid::fixed(&[SAMPLE]),
        revision: 1,
        created_at: tag.created_at,
        updated_at: tag.created_at,
    };
    ToldTagging { tagging, tag_name: &tag.name, member_is_managed_by_user: true }
}

fn account(now: Timestamp) -> Result<AccountView, Fault> {
    let mut facts = AccountFacts::new(AccountType::Checking, "Sample Checking".to_owned());
    facts.account_number = Some("0000123456".to_owned());
    facts.balance = Some(Money::from_units(10_000_000));
    facts.currency_code = Some("USD".to_owned());
    Ok(AccountView {
        account: Account {
            user_guid: guid::fixed(&[SAMPLE]),
            guid: guid::fixed(&[SAMPLE]),
            member_guid: guid::fixed::<MemberGuid>(&[SAMPLE]),
            number: 1,
            feed_id: SAMPLE.to_owned(),
            account_type: AccountType::Checking,
            feed: serde_json::to_string(&facts).map_err(Fault::internal)?,
            given: NOTHING_GIVEN.to_owned(),
            metadata: None,
            is_hidden: false,
            is_blocked: false,
            revision: 1,
            children_made: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        },
        told: Some(facts.clone()),
        given: GivenFacts::default(),
        facts,
        institution_guid: Some(InstitutionGuid::trusted(INSTITUTION.to_owned())),
        institution_code: Some("mxbank".to_owned()),
        member_is_managed_by_user: true,
    })
}

fn transaction(now: Timestamp) -> TransactionView {
    let today = jiff::tz::Offset::UTC.to_datetime(now).date();
    TransactionView {
        transaction: Transaction {
            user_guid: guid::fixed(&[SAMPLE]),
            guid: guid::fixed::<TransactionGuid>(&[SAMPLE]),
            account_guid: guid::fixed::<AccountGuid>(&[SAMPLE]),
            member_guid: guid::fixed(&[SAMPLE]),
            feed_id: Some(SAMPLE.to_owned()),
            amount: Money::from_units(123_400),
            transaction_type: TransactionType::Debit,
            status: TransactionStatus::Posted,
            date: today,
            description: "Sample Coffee".to_owned(),
            category_guid: Category::Uncategorized.guid(),
            flags: 0,
            merchant_category_code: None,
            feed_description: "SAMPLE COFFEE".to_owned(),
            feed_memo: None,
            feed_kind: None,
            check_number: None,
            currency_code: Some("USD".to_owned()),
            is_international: None,
            posted_at: None,
            posted_on: Some(today),
            transacted_at: None,
            transacted_on: Some(today),
            merchant_guid: None,
            merchant_location_guid: None,
            is_recurring: None,
            matched_by: None,
            described_by: String::new(),
            categorized_by: String::new(),
            given: 0,
            marks: 0,
            memo: None,
            metadata: None,
            is_hidden: false,
            has_been_split: false,
            parent_guid: None,
            transaction_rule_guid: None,
            merged_from: None,
            revision: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        },
        member_is_managed_by_user: true,
        own_category: None,
        external_guid: None,
    }
}
