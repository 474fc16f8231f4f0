//! `POST /members/{member_guid}/check_balance`.

use axum::extract::State;
use riverbank_model::guid::MemberGuid;

use super::MemberBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Check balance
///
/// Starts a job that looks up what the member's accounts hold, and nothing else.
#[utoipa::path(
    post,
    path = "/members/{member_guid}/check_balance",
    operation_id = "checkBalance",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member.")),
    responses(
        (status = 200, description = "A job was started.", body = MemberBody),
        (status = 202, description = "No job was started: one of this kind runs, or the member's status forbids it.", body = MemberBody),
        (status = 409, description = "A job of another kind is running."),
    )
)]
pub(super) async fn check_balance(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MemberGuid>,
) -> Result<Answer<MemberBody>, ApiError> {
    Ok(app.engine.check_balance(&session.caller, &guid).await?.into())
}
