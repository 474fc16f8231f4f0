//! `GET /members/{member_guid}/aggregate` and its alias `refresh`.

use axum::extract::State;
use riverbank_engine::members::{Aggregated, AggregationOptions, StartJobError};
use riverbank_model::guid::MemberGuid;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::MemberBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{OptionalBody, RequestBody};
use crate::callback_payload::CallbackPayload;
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;
use crate::query::Query;
use crate::session::Session;

/// What to fetch, as query parameters or as a body; the query wins.
#[derive(Debug, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub(super) struct Switches {
    /// False skips holdings.
    include_holdings: Option<bool>,
    /// False skips transactions.
    include_transactions: Option<bool>,
}

impl RequestBody for Switches {
    const ROOT: Option<&'static str> = None;
}

impl Switches {
    /// What both ask for together.
    pub(super) fn or(&self, body: &Self) -> AggregationOptions {
        AggregationOptions {
            include_holdings: self.include_holdings.or(body.include_holdings).unwrap_or(true),
            include_transactions: self.include_transactions.or(body.include_transactions).unwrap_or(true),
        }
    }
}

/// Aggregate member
///
/// Starts a job, unless one is running, the throttle window is open, or the member's status forbids it: then the
/// answer is 202 with the member as it is.
#[utoipa::path(
    get,
    path = "/members/{member_guid}/aggregate",
    operation_id = "aggregateMember",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member."), Switches, CallbackPayload),
    request_body = inline(Option<Switches>),
    responses(
        (status = 200, description = "A job was started.", body = MemberBody),
        (status = 202, description = "No job was started.", body = MemberBody),
        (status = 403, description = "PFM is not among the member's use cases."),
        (status = 409, description = "A job of another kind is running."),
    )
)]
pub(super) async fn aggregate_member(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MemberGuid>,
    Query(query): Query<Switches>,
    OptionalBody(body): OptionalBody<Switches>,
) -> Result<Answer<MemberBody>, ApiError> {
    Ok(app.engine.aggregate_member(&session.caller, &guid, query.or(&body)).await?.into())
}

impl From<Aggregated> for Answer<MemberBody> {
    fn from(aggregated: Aggregated) -> Self {
        match aggregated {
            Aggregated::Changed(view) => Self::ok(view.into()),
            Aggregated::Unchanged(view) => Self::accepted(view.into()),
        }
    }
}

/// Refresh member
///
/// Another name of aggregate member.
#[utoipa::path(
    get,
    path = "/members/{member_guid}/refresh",
    operation_id = "refreshMember",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member."), Switches, CallbackPayload),
    request_body = inline(Option<Switches>),
    responses(
        (status = 200, description = "A job was started.", body = MemberBody),
        (status = 202, description = "No job was started.", body = MemberBody),
        (status = 403, description = "PFM is not among the member's use cases."),
        (status = 409, description = "A job of another kind is running."),
    )
)]
pub(super) async fn refresh_member(
    app: State<App>,
    session: Session,
    guid: Path<MemberGuid>,
    query: Query<Switches>,
    body: OptionalBody<Switches>,
) -> Result<Answer<MemberBody>, ApiError> {
    aggregate_member(app, session, guid, query, body).await
}

impl From<StartJobError> for ApiError {
    fn from(error: StartJobError) -> Self {
        match error {
            StartJobError::NoSuchMember => Self::not_found(),
            StartJobError::NotPfm | StartJobError::FeatureOff => {
                Self::new(ErrorCode::Forbidden, error.to_string())
            }
            StartJobError::NotSupported(_) => Self::bad_request(error.to_string()),
            StartJobError::AnotherKindRuns => Self::new(ErrorCode::Conflict, error.to_string()),
            StartJobError::Fault(fault) => fault.into(),
        }
    }
}
