//! A member.

use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{InstitutionGuid, MemberGuid, UserGuid};
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::members::Member;
use serde::Serialize;

use super::{Owner, resource, seconds};
use crate::Fault;
use crate::institutions::Institution;

#[derive(Serialize)]
struct MemberObject<'a> {
    aggregated_at: Option<i64>,
    connection_status: Option<&'static str>,
    connection_status_id: Option<i64>,
    connection_status_message: Option<String>,
    created_at: i64,
    external_guid: Option<&'a str>,
    guid: &'a MemberGuid,
    id: Option<&'a str>,
    institution_code: Option<&'a str>,
    institution_guid: &'a InstitutionGuid,
    is_being_aggregated: bool,
    is_managed_by_user: bool,
    is_manual: bool,
    is_oauth: bool,
    metadata: Option<&'a str>,
    name: &'a str,
    revision: i64,
    successfully_aggregated_at: Option<i64>,
    updated_at: i64,
    user_guid: &'a UserGuid,
    user_id: &'a str,
}

/// What happened to a member.
pub(in crate::webhooks) fn member(
    action: Action,
    member: &Member,
    institution: Option<&Institution>,
    owner: Owner<'_>,
) -> Result<String, Fault> {
    let status = member.connection_status;
    let name = institution.map_or(&*member.name, |institution| &*institution.name);
    let object = MemberObject {
        aggregated_at: member.aggregated_at.map(seconds),
        connection_status: status.map(ConnectionStatus::name),
        connection_status_id: status.map(ConnectionStatus::id),
        connection_status_message: status.map(|status| status.message(name)),
        created_at: seconds(member.created_at),
        external_guid: member.external_guid.as_deref(),
        guid: &member.guid,
        id: owner.member_id,
        institution_code: institution.map(|institution| &*institution.code),
        institution_guid: &member.institution_guid,
        is_being_aggregated: member.live_job_guid.is_some(),
        is_managed_by_user: member.is_managed_by_user,
        is_manual: status.is_none(),
        is_oauth: member.is_oauth,
        metadata: member.metadata.as_deref(),
        name: &member.name,
        revision: member.revision,
        successfully_aggregated_at: member.successfully_aggregated_at.map(seconds),
        updated_at: seconds(member.updated_at),
        user_guid: &member.user_guid,
        user_id: owner.user_id,
    };
    resource(action, EventKind::Member, &object)
}
