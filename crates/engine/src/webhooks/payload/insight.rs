//! An insight, and the beat that it once was.

use jiff::SignedDuration;
use riverbank_model::guid::{AccountGuid, ClientGuid, InsightGuid, TransactionGuid, UserGuid};
use riverbank_model::insight::LinkKind;
use riverbank_model::limits::INSIGHT_LIFE;
use riverbank_model::webhook::{Action, EventKind};
use serde::Serialize;

use super::{resource, seconds};
use crate::Fault;
use crate::insights::InsightView;

#[derive(Serialize)]
struct InsightObject<'a> {
    active_at: i64,
    client_guid: &'a ClientGuid,
    created_at: i64,
    cta_clicked_at: Option<i64>,
    description: &'a str,
    guid: &'a InsightGuid,
    has_associated_accounts: bool,
    has_associated_categories: bool,
    has_associated_merchants: bool,
    has_associated_scheduled_payments: bool,
    has_associated_transactions: bool,
    has_been_displayed: bool,
    is_dismissed: bool,
    micro_call_to_action: &'a str,
    micro_description: String,
    micro_title: String,
    template: &'a str,
    title: &'a str,
    updated_at: i64,
    user_guid: &'a UserGuid,
    user_id: &'a str,
}

/// What happened to an insight.
pub(in crate::webhooks) fn insight(action: Action, view: &InsightView) -> Result<String, Fault> {
    let insight = &view.insight;
    let object = InsightObject {
        active_at: seconds(insight.created_at),
        client_guid: &view.client_guid,
        created_at: seconds(insight.created_at),
        cta_clicked_at: None,
        description: &insight.description,
        guid: &insight.guid,
        has_associated_accounts: view.is_about(LinkKind::Account),
        has_associated_categories: view.is_about(LinkKind::Category),
        has_associated_merchants: view.is_about(LinkKind::Merchant),
        has_associated_scheduled_payments: view.is_about(LinkKind::ScheduledPayment),
        has_associated_transactions: view.is_about(LinkKind::Transaction),
        has_been_displayed: insight.has_been_displayed,
        is_dismissed: insight.is_dismissed,
        micro_call_to_action: &insight.call_to_action,
        micro_description: view.micro_description(),
        micro_title: view.micro_title(),
        template: &insight.template,
        title: &insight.title,
        updated_at: seconds(insight.updated_at),
        user_guid: &insight.user_guid,
        user_id: &view.user_id,
    };
    resource(action, EventKind::Insight, &object)
}

#[derive(Serialize)]
struct BeatObject<'a> {
    account_guids: Vec<AccountGuid>,
    /// The partner's own ids of accounts, of which it gives none.
    account_ids: [&'a str; 0],
    active_at: i64,
    created_at: i64,
    description: &'a str,
    digest: String,
    displayed_at: Option<i64>,
    expires_at: Option<i64>,
    guid: &'a InsightGuid,
    has_been_displayed: bool,
    is_deleted: bool,
    is_dismissed: bool,
    is_relevant: bool,
    primary_account_guid: Option<&'a AccountGuid>,
    primary_transaction_guid: Option<&'a TransactionGuid>,
    template: &'a str,
    title: &'a str,
    transaction_guids: Vec<TransactionGuid>,
    updated_at: i64,
    user_guid: &'a UserGuid,
}

/// What happened to an insight, told as a beat.
pub(in crate::webhooks) fn beat(action: Action, view: &InsightView) -> Result<String, Fault> {
    let insight = &view.insight;
    let life = SignedDuration::try_from(INSIGHT_LIFE).map_err(|error| Fault::Internal(Box::new(error)))?;
    let object = BeatObject {
        account_guids: view.guids(LinkKind::Account),
        account_ids: [],
        active_at: seconds(insight.created_at),
        created_at: seconds(insight.created_at),
        description: &insight.description,
        digest: view.digest(),
        displayed_at: insight.displayed_at.map(seconds),
        expires_at: insight.created_at.checked_add(life).ok().map(seconds),
        guid: &insight.guid,
        has_been_displayed: insight.has_been_displayed,
        is_deleted: false,
        is_dismissed: insight.is_dismissed,
        is_relevant: insight.is_relevant,
        primary_account_guid: insight.primary_account_guid.as_ref(),
        primary_transaction_guid: insight.primary_transaction_guid.as_ref(),
        template: &insight.template,
        title: &insight.title,
        transaction_guids: view.guids(LinkKind::Transaction),
        updated_at: seconds(insight.updated_at),
        user_guid: &insight.user_guid,
    };
    resource(action, EventKind::Beat, &object)
}
