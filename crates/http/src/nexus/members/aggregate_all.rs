//! `GET /members/aggregate` and its alias `refresh`.

use axum::extract::State;
use riverbank_engine::members::AggregateAllError;

use super::MembersBody;
use super::aggregate::Switches;
use crate::answer::{Answer, Pagination};
use crate::app::App;
use crate::body::OptionalBody;
use crate::callback_payload::CallbackPayload;
use crate::error::{ApiError, ErrorCode};
use crate::query::Query;
use crate::session::Session;

/// Aggregate all members
///
/// Starts a job for every member of the user that may be aggregated now, and gives all of them.
#[utoipa::path(
    get,
    path = "/members/aggregate",
    operation_id = "aggregateAllMembers",
    tag = "members",
    params(Switches, CallbackPayload),
    request_body = inline(Option<Switches>),
    responses(
        (status = 200, description = "All members of the user.", body = MembersBody),
        (status = 403, description = "PFM is among no member's use cases."),
    )
)]
pub(super) async fn aggregate_all_members(
    State(app): State<App>,
    session: Session,
    Query(query): Query<Switches>,
    OptionalBody(body): OptionalBody<Switches>,
) -> Result<Answer<MembersBody>, ApiError> {
    let views = app.engine.aggregate_all_members(&session.caller, query.or(&body)).await?;
    let pagination = Pagination::whole(views.len());
    Ok(Answer::ok(MembersBody::new(views, pagination)))
}

/// Refresh all members
///
/// Another name of aggregate all members.
#[utoipa::path(
    get,
    path = "/members/refresh",
    operation_id = "refreshAllMembers",
    tag = "members",
    params(Switches, CallbackPayload),
    request_body = inline(Option<Switches>),
    responses(
        (status = 200, description = "All members of the user.", body = MembersBody),
        (status = 403, description = "PFM is among no member's use cases."),
    )
)]
pub(super) async fn refresh_all_members(
    app: State<App>,
    session: Session,
    query: Query<Switches>,
    body: OptionalBody<Switches>,
) -> Result<Answer<MembersBody>, ApiError> {
    aggregate_all_members(app, session, query, body).await
}

impl From<AggregateAllError> for ApiError {
    fn from(error: AggregateAllError) -> Self {
        match error {
            AggregateAllError::NoPfm => Self::new(ErrorCode::Forbidden, error.to_string()),
            AggregateAllError::Fault(fault) => fault.into(),
        }
    }
}
