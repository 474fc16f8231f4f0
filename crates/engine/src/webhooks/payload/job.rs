//! What a job causes.

use jiff::civil::Date;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{AccountGuid, InstitutionGuid, JobGuid, MemberGuid, UserGuid};
use riverbank_store::jobs::Job;
use riverbank_store::members::Member;
use serde::Serialize;

use super::{Owner, day, seconds, text};
use crate::Fault;

/// What a job has brought in; each kind tells of its own fields only.
#[derive(Serialize)]
struct BroughtIn<'a> {
    action: &'static str,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    accounts: Option<&'a [AccountGuid]>,
    completed_at: Option<i64>,
    completed_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_background: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_guid: Option<&'a JobGuid>,
    member_guid: &'a MemberGuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    transactions_created_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    transactions_updated_count: Option<i64>,
    user_guid: &'a UserGuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<&'a str>,
}

impl<'a> BroughtIn<'a> {
    /// What every kind tells.
    fn of(r#type: &'static str, job: &'a Job) -> Self {
        Self {
            action: "member_data_updated",
            r#type,
            accounts: None,
            completed_at: job.finished_at.map(seconds),
            completed_on: job.finished_at.map(day),
            is_background: None,
            job_guid: None,
            member_guid: &job.member_guid,
            transactions_created_count: None,
            transactions_updated_count: None,
            user_guid: &job.user_guid,
            user_id: None,
        }
    }

    /// With how many transactions there were.
    fn counting(self, job: &Job) -> Self {
        Self {
            transactions_created_count: Some(job.transactions_created.unwrap_or(0)),
            transactions_updated_count: Some(job.transactions_updated.unwrap_or(0)),
            ..self
        }
    }
}

/// An aggregation has brought in what there was.
pub(in crate::webhooks) fn aggregation(job: &Job, user_id: &str) -> Result<String, Fault> {
    text(&BroughtIn {
        is_background: Some(job.is_background),
        job_guid: Some(&job.guid),
        user_id: Some(user_id),
        ..BroughtIn::of("AGGREGATION", job).counting(job)
    })
}

/// An extended history has brought in what there was.
pub(in crate::webhooks) fn history(job: &Job) -> Result<String, Fault> {
    text(&BroughtIn::of("HISTORY", job).counting(job))
}

/// A verification has found the numbers of these accounts.
pub(in crate::webhooks) fn verification(
    job: &Job,
    accounts: &[AccountGuid],
    user_id: &str,
) -> Result<String, Fault> {
    text(&BroughtIn {
        accounts: Some(accounts),
        job_guid: Some(&job.guid),
        user_id: Some(user_id),
        ..BroughtIn::of("VERIFICATION", job)
    })
}

/// What the accounts of a member hold was looked up.
pub(in crate::webhooks) fn balance(job: &Job) -> Result<String, Fault> {
    text(&BroughtIn::of("BALANCE", job))
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
