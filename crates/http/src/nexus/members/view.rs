//! A member as answers show it.

use riverbank_engine::members;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::use_case::UseCase;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType};
use utoipa::openapi::{Schema, Type};

use crate::answer::Pagination;
use crate::values::Moment;

/// A user's connection to an institution.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MemberResponse)]
pub(crate) struct MemberView {
    /// When the newest job started; kept from a deleted member with the same login.
    aggregated_at: Option<Moment>,
    background_aggregation_is_disabled: bool,
    /// Null for a member that never connects.
    connection_status: Option<&'static str>,
    #[schema(schema_with = status_numbers)]
    connection_status_id: Option<i64>,
    /// A sentence for the end user.
    connection_status_message: Option<String>,
    created_at: Moment,
    external_guid: Option<String>,
    guid: String,
    /// Held members only: the partner's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id: Option<String>,
    institution_code: Option<String>,
    institution_guid: String,
    /// True until its job has ended, also while the job waits for answers.
    is_being_aggregated: bool,
    is_managed_by_user: bool,
    is_manual: bool,
    is_oauth: bool,
    is_user_created: bool,
    metadata: Option<String>,
    /// Null until there has been a job.
    most_recent_job_guid: Option<String>,
    name: Option<String>,
    needs_updated_credentials: bool,
    /// The one-time address that starts OAuth, while the member is PENDING.
    oauth_window_uri: Option<String>,
    /// Grows by one with every change.
    revision: i64,
    successfully_aggregated_at: Option<Moment>,
    updated_at: Moment,
    #[schema(schema_with = use_case_list)]
    use_cases: Vec<&'static str>,
    user_guid: String,
}

/// A member with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MemberResponseBody)]
pub(crate) struct MemberBody {
    member: MemberView,
}

/// Members with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MembersResponseBody)]
pub(crate) struct MembersBody {
    members: Vec<MemberView>,
    pagination: Pagination,
}

impl MembersBody {
    pub(crate) fn new(members: Vec<members::MemberView>, pagination: Pagination) -> Self {
        Self { members: members.into_iter().map(MemberView::from).collect(), pagination }
    }
}

impl From<members::MemberView> for MemberBody {
    fn from(view: members::MemberView) -> Self {
        Self { member: view.into() }
    }
}

impl From<members::MemberView> for MemberView {
    fn from(view: members::MemberView) -> Self {
        let member = view.member;
        let status = member.connection_status;
        Self {
            aggregated_at: member.aggregated_at.map(Moment),
            background_aggregation_is_disabled: member.background_aggregation_is_disabled,
            connection_status: status.map(ConnectionStatus::name),
            connection_status_id: status.map(ConnectionStatus::id),
            connection_status_message: view.connection_status_message,
            created_at: member.created_at.into(),
            external_guid: member.external_guid,
            guid: member.guid.to_string(),
            id: member.partner_id,
            institution_code: view.institution_code,
            institution_guid: member.institution_guid.to_string(),
            is_being_aggregated: member.live_job_guid.is_some(),
            is_managed_by_user: member.is_managed_by_user,
            is_manual: status.is_none(),
            is_oauth: member.is_oauth,
            is_user_created: member.is_managed_by_user,
            metadata: member.metadata,
            most_recent_job_guid: member.most_recent_job_guid.map(|job| job.to_string()),
            name: Some(member.name),
            needs_updated_credentials: status.is_some_and(ConnectionStatus::needs_updated_credentials),
            oauth_window_uri: view.oauth_window_uri,
            revision: member.revision,
            successfully_aggregated_at: member.successfully_aggregated_at.map(Moment),
            updated_at: member.updated_at.into(),
            use_cases: member.use_cases.iter().map(UseCase::name).collect(),
            user_guid: member.user_guid.to_string(),
        }
    }
}

fn status_numbers() -> Schema {
    let numbers = ConnectionStatus::ALL.iter().map(|status| Some(status.id())).chain([None]);
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::Integer, Type::Null]))
        .enum_values(Some(numbers))
        .into()
}

fn use_case_list() -> Schema {
    let names =
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(UseCase::ALL.map(UseCase::name)));
    ArrayBuilder::new().items(names).into()
}
