//! What a job causes.

use jiff::civil::Date;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{InstitutionGuid, JobGuid, MemberGuid, UserGuid};
use riverbank_store::jobs::Job;
use riverbank_store::members::Member;
use serde::Serialize;

use super::{Owner, day, seconds, text};
use crate::Fault;

#[derive(Serialize)]
struct Aggregation<'a> {
    action: &'static str,
    r#type: &'static str,
    completed_at: Option<i64>,
    completed_on: Option<Date>,
    is_background: bool,
    job_guid: &'a JobGuid,
    member_guid: &'a MemberGuid,
    transactions_created_count: i64,
    transactions_updated_count: i64,
    user_guid: &'a UserGuid,
    user_id: &'a str,
}

/// An aggregation has brought in what there was.
pub(in crate::webhooks) fn aggregation(job: &Job, owner: Owner<'_>) -> Result<String, Fault> {
    text(&Aggregation {
        action: "member_data_updated",
        r#type: "AGGREGATION",
        completed_at: job.finished_at.map(seconds),
        completed_on: job.finished_at.map(day),
        is_background: job.is_background,
        job_guid: &job.guid,
        member_guid: &job.member_guid,
        transactions_created_count: job.transactions_created.unwrap_or(0),
        transactions_updated_count: job.transactions_updated.unwrap_or(0),
        user_guid: &job.user_guid,
        user_id: owner.user_id,
    })
}

#[derive(Serialize)]
struct ConnectionStatusChanged<'a> {
    action: &'static str,
    r#type: &'static str,
    connection_status: &'static str,
    connection_status_id: i64,
    connection_status_message: String,
    member_guid: &'a MemberGuid,
    user_guid: &'a UserGuid,
}

/// A connection came into a status. `institution` is the name of its institution.
pub(in crate::webhooks) fn connection_status(
    status: ConnectionStatus,
    member: &Member,
    institution: &str,
) -> Result<String, Fault> {
    text(&ConnectionStatusChanged {
        action: "CHANGED",
        r#type: "CONNECTION_STATUS",
        connection_status: status.name(),
        connection_status_id: status.id(),
        connection_status_message: status.message(institution),
        member_guid: &member.guid,
        user_guid: &member.user_guid,
    })
}

#[derive(Serialize)]
struct JobBody<'a> {
    job: JobObject<'a>,
}

#[derive(Serialize)]
struct JobObject<'a> {
    created_at: i64,
    error_message: Option<&'a str>,
    finished_at: Option<i64>,
    guid: &'a JobGuid,
    /// As the reference spells it.
    insitution_guid: &'a InstitutionGuid,
    institution_guid: &'a InstitutionGuid,
    is_authenticated: bool,
    member_guid: &'a MemberGuid,
    member_id: Option<&'a str>,
    started_at: Option<i64>,
    status: i64,
    status_name: &'static str,
    updated_at: i64,
    user_guid: &'a UserGuid,
    user_id: &'a str,
}

/// A job has come to where somebody must know of it.
pub(in crate::webhooks) fn job_status(job: &Job, owner: Owner<'_>) -> Result<String, Fault> {
    let job = JobObject {
        created_at: seconds(job.created_at),
        error_message: job.error_message.as_deref(),
        finished_at: job.finished_at.map(seconds),
        guid: &job.guid,
        insitution_guid: &job.institution_guid,
        institution_guid: &job.institution_guid,
        is_authenticated: job.is_authenticated,
        member_guid: &job.member_guid,
        member_id: owner.member_id,
        started_at: job.started_at.map(seconds),
        status: job.status.id(),
        status_name: job.status.name(),
        updated_at: seconds(job.updated_at),
        user_guid: &job.user_guid,
        user_id: owner.user_id,
    };
    text(&JobBody { job })
}
