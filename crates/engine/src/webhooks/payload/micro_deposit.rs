//! A micro deposit. Its times are texts, unlike those of all other payloads.

use jiff::Timestamp;
use riverbank_model::account::AccountType;
use riverbank_model::guid::{InstitutionGuid, MicroDepositGuid, UserGuid};
use riverbank_model::webhook::Action;
use riverbank_store::micro_deposits::MicroDeposit;
use serde::Serialize;

use super::account::masked;
use super::text;
use crate::Fault;

#[derive(Serialize)]
struct Body<'a> {
    action: &'static str,
    micro_deposit: MicroDepositObject<'a>,
    version: i64,
}

#[derive(Serialize)]
struct MicroDepositObject<'a> {
    account_number: Option<String>,
    account_type: Option<i64>,
    created_at: String,
    guid: &'a MicroDepositGuid,
    /// The catalogue does not know institutions by their routing numbers.
    institution_guid: Option<&'a InstitutionGuid>,
    routing_number: Option<&'a str>,
    status: i64,
    status_name: &'static str,
    updated_at: String,
    user_guid: &'a UserGuid,
    user_id: &'a str,
    verified_at: Option<String>,
}

/// That a micro deposit was made, or its status has changed.
pub(in crate::webhooks) fn micro_deposit(
    action: Action,
    deposit: &MicroDeposit,
    user_id: &str,
) -> Result<String, Fault> {
    text(&Body {
        action: action.name(),
        micro_deposit: MicroDepositObject {
            account_number: deposit.account_number.as_deref().map(masked),
            account_type: deposit.account_type.map(AccountType::id),
            created_at: moment(deposit.created_at),
            guid: &deposit.guid,
            institution_guid: None,
            routing_number: deposit.routing_number.as_deref(),
            status: deposit.status.id(),
            status_name: deposit.status.name(),
            updated_at: moment(deposit.updated_at),
            user_guid: &deposit.user_guid,
            user_id,
            verified_at: deposit.verified_at.map(moment),
        },
        version: 1,
    })
}

/// As answers of the API have it.
fn moment(at: Timestamp) -> String {
    format!("{at:.3}")
}
