//! What the end of a job makes of its member.

use riverbank_connect::BankRefusal;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::job::JobStatus;
use riverbank_model::limits::{
    DENIALS_UNTIL_PREVENTED, DISCONNECTED_AFTER, FAILURE_WINDOW, FAILURES_UNTIL_DEGRADED, TEXT,
};
use riverbank_store::jobs::{self, Job};
use riverbank_store::members::Member;
use riverbank_store::{StoreError, Tx};

use jiff::Timestamp;

/// How a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// What the institution's answer amounts to.
    pub(crate) status: ConnectionStatus,
    /// The institution's own code.
    pub(crate) code: Option<i64>,
    /// Why it did not end well.
    pub(crate) message: Option<String>,
    /// Not the institution's doing: counts for nothing.
    pub(crate) is_ours: bool,
}

impl Outcome {
    /// Everything is in.
    pub(crate) fn connected() -> Self {
        Self { status: ConnectionStatus::Connected, code: None, message: None, is_ours: false }
    }

    /// It ended without the institution's code.
    pub(crate) fn of(status: ConnectionStatus, message: &str) -> Self {
        Self { status, code: None, message: Some(message.to_owned()), is_ours: false }
    }

    /// It ended for a reason of ours.
    pub(crate) fn of_ours(status: ConnectionStatus, message: &str) -> Self {
        Self { is_ours: true, ..Self::of(status, message) }
    }
}

impl From<BankRefusal> for Outcome {
    fn from(refusal: BankRefusal) -> Self {
        // PostgreSQL does not store U+0000, which a bank may well send.
        let message = refusal.message.chars().filter(|&one| one != '\0').take(TEXT).collect();
        Self { status: refusal.status, code: refusal.code, message: Some(message), is_ours: false }
    }
}

/// The status of a job that led to this status of its member.
pub(crate) fn job_status(status: ConnectionStatus) -> JobStatus {
    match status {
        ConnectionStatus::Connected => JobStatus::Completed,
        ConnectionStatus::Denied => JobStatus::Denied,
        ConnectionStatus::Prevented => JobStatus::Prevented,
        _ => JobStatus::Halted,
    }
}

/// The status that an outcome gives a member: the third denial in a row PREVENTED, the third failure within a day
/// DEGRADED, failures and no success for two weeks DISCONNECTED. Counts the denials. A test institution's failures
/// count for nothing: there a script says what becomes of a member.
pub(crate) async fn member_status(
    tx: &Tx,
    member: &mut Member,
    job: &Job,
    outcome: ConnectionStatus,
    is_test: bool,
    now: Timestamp,
) -> Result<ConnectionStatus, StoreError> {
    match outcome {
        ConnectionStatus::Denied => {
            member.denials += 1;
            let prevented = member.denials >= DENIALS_UNTIL_PREVENTED;
            Ok(if prevented { ConnectionStatus::Prevented } else { outcome })
        }
        ConnectionStatus::Failed if !is_test => {
            let since = now.checked_sub(FAILURE_WINDOW).unwrap_or(Timestamp::MIN);
            let earlier = jobs::failures_since(tx, &job.user_guid, &job.member_guid, since).await?;
            if earlier + 1 < FAILURES_UNTIL_DEGRADED {
                return Ok(outcome);
            }
            let good = member.successfully_aggregated_at.unwrap_or(member.created_at);
            let long_ago = good.checked_add(DISCONNECTED_AFTER).is_ok_and(|end| end <= now);
            Ok(if long_ago { ConnectionStatus::Disconnected } else { ConnectionStatus::Degraded })
        }
        other => Ok(other),
    }
}
