//! `PUT /control/members/{member_guid}/connection_status`.

use axum::extract::State;
use riverbank_engine::control::ForceStatusError;
use riverbank_model::guid::MemberGuid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{StateBody, state_of};
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::control::Status;
use crate::error::ApiError;
use crate::path::Path;

/// The status to put a member in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ConnectionStatusRequest)]
pub(super) struct ForceStatus {
    connection_status: Status,
}

impl RequestBody for ForceStatus {
    const ROOT: Option<&'static str> = Some("member");
}

type ForceStatusBody = Body<ForceStatus>;

/// Set connection status
///
/// Puts a member in a status, from any and at any institution. A running job ends and open challenges are taken back.
/// CHALLENGED asks one TEXT challenge that is answered by `correct`; PENDING is for OAuth members and lasts an hour.
#[utoipa::path(
    put,
    path = "/control/members/{member_guid}/connection_status",
    operation_id = "setConnectionStatus",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member, whoever's it is.")),
    request_body = inline(ForceStatusBody),
    responses((status = 200, description = "What is inside of the member.", body = StateBody))
)]
pub(super) async fn set_connection_status(
    State(app): State<App>,
    Path(guid): Path<MemberGuid>,
    Body(body): ForceStatusBody,
) -> Result<Answer<StateBody>, ApiError> {
    app.engine.force_status(&guid, body.connection_status.0).await?;
    Ok(Answer::ok(state_of(&app, &guid).await?))
}

impl From<ForceStatusError> for ApiError {
    fn from(error: ForceStatusError) -> Self {
        match error {
            ForceStatusError::NoSuchMember => Self::not_found(),
            ForceStatusError::NotASandbox(error) => error.into(),
            ForceStatusError::PendingWithoutOauth => Self::bad_request(error.to_string()),
            ForceStatusError::Fault(fault) => fault.into(),
        }
    }
}
