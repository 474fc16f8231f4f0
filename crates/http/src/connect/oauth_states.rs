//! `/connect/api/oauth_states`: the ways of a user to institutions' own pages, as a front end polls them.

use axum::extract::State;
use axum::response::IntoResponse;
use riverbank_engine::oauth::{ListOauthStates, OauthState};
use riverbank_model::guid::{MemberGuid, OauthStateGuid};
use riverbank_model::oauth::{AuthStatus, OauthErrorReason};
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::query::Query;
use crate::session::Session;
use crate::values::{Moment, Text};

/// Which ways to list.
#[derive(Debug, Deserialize)]
pub(super) struct StatesQuery {
    outbound_member_guid: Option<Text>,
    auth_status: Option<i64>,
}

/// A way, by the names of the front end: statuses and reasons are numbers.
#[derive(Debug, Serialize)]
struct StateView {
    auth_status: i64,
    created_at: Moment,
    error_reason: Option<i64>,
    first_retrieved_at: Option<Moment>,
    guid: String,
    /// The member that it led to.
    inbound_member_guid: Option<String>,
    /// The member that it began with.
    outbound_member_guid: String,
    updated_at: Moment,
    user_guid: String,
}

#[derive(Debug, Serialize)]
struct StateBody {
    oauth_state: StateView,
}

#[derive(Debug, Serialize)]
struct StatesBody {
    oauth_states: Vec<StateView>,
}

impl From<OauthState> for StateView {
    fn from(state: OauthState) -> Self {
        Self {
            auth_status: state.auth_status.id(),
            created_at: state.created_at.into(),
            error_reason: state.error_reason.map(OauthErrorReason::id),
            first_retrieved_at: state.first_retrieved_at.map(Moment::from),
            guid: state.guid.to_string(),
            inbound_member_guid: state.inbound_member_guid.map(|guid| guid.to_string()),
            outbound_member_guid: state.member_guid.to_string(),
            updated_at: state.updated_at.into(),
            user_guid: state.user_guid.to_string(),
        }
    }
}

/// The ways of the session's user, the newest first. An id or a status that cannot be matches none.
pub(super) async fn list(
    State(app): State<App>,
    session: Session,
    Query(query): Query<StatesQuery>,
) -> Result<impl IntoResponse, ApiError> {
    let member = query.outbound_member_guid.map(|guid| guid.parse::<MemberGuid>());
    let status = query.auth_status.map(|status| AuthStatus::from_id(status).ok_or(()));
    let (Ok(outbound_member_guid), Ok(auth_status)) = (member.transpose(), status.transpose()) else {
        return Ok(Answer::ok(StatesBody { oauth_states: Vec::new() }));
    };
    let request = ListOauthStates { outbound_member_guid, auth_status };
    let found = app.engine.list_oauth_states(&session.caller, request).await?;
    Ok(Answer::ok(StatesBody { oauth_states: found.into_iter().map(StateView::from).collect() }))
}

/// One way.
pub(super) async fn read(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<OauthStateGuid>,
) -> Result<impl IntoResponse, ApiError> {
    let found = app.engine.read_oauth_state(&session.caller, &guid).await?;
    let state = found.ok_or_else(ApiError::not_found)?;
    Ok(Answer::ok(StateBody { oauth_state: state.into() }))
}
