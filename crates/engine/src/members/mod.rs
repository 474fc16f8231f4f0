//! Members: a user's connections to institutions.

mod aggregate;
mod aggregate_all;
mod challenges;
mod create;
mod create_credential;
mod credentials;
mod delete;
mod fixed;
mod forced;
mod gather;
mod list;
mod login;
mod manual;
mod read;
mod resume;
mod start;
mod update;
mod view;

pub use aggregate::{Aggregated, AggregationOptions, StartJobError};
pub use aggregate_all::AggregateAllError;
pub use challenges::ChallengeView;
pub use create::{CreateMember, CreateMemberError};
pub use create_credential::{CreateCredentialError, StoredCredentialView};
pub use delete::DeleteMember;
pub use forced::ForcedStatusError;
pub use list::{ListMembers, MemberList};
pub use login::{CredentialsError, GivenCredential};
pub use resume::{GivenAnswer, ResumeError};
pub use update::{UpdateMember, UpdateMemberError};
pub use view::MemberView;

pub(crate) use aggregate::has_credentials;
pub(crate) use challenges::{OpenQuestion, open_questions};
pub(crate) use delete::bury;
pub(crate) use forced::FORCED_ANSWER;
pub(crate) use start::{JobRequest, drop_challenges, touch};

use riverbank_store::members::Member;
use riverbank_store::{StoreError, Tx, audit};

/// No such member of this user; the same for another user's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such member")]
pub struct NoSuchMember;

/// Writes what was done to a member into the audit.
pub(crate) async fn record(
    tx: &Tx,
    member: &Member,
    action: &str,
    skip_webhook: bool,
) -> Result<(), StoreError> {
    let row = audit::AuditRow {
        at: member.updated_at,
        client_guid: member.client_guid.clone(),
        user_guid: Some(member.user_guid.clone()),
        action: action.to_owned(),
        subject: member.guid.to_string(),
        detail: format!("{{\"skip_webhook\":{skip_webhook}}}"),
    };
    audit::insert(tx, &row).await
}
