//! `POST /members/{member_guid}/extend_history`.

use axum::extract::State;
use riverbank_model::guid::MemberGuid;

use super::MemberBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Extend transaction history
///
/// Starts a job that brings in the transactions of up to 24 months, as far back as the institution tells them.
#[utoipa::path(
    post,
    path = "/members/{member_guid}/extend_history",
    operation_id = "extendHistory",
    tag = "extended transaction history",
    params(("member_guid" = String, Path, description = "Id of the member.")),
    responses(
        (status = 200, description = "A job was started.", body = MemberBody),
        (status = 202, description = "No job was started: one of this kind runs, or the member's status forbids it.", body = MemberBody),
        (status = 400, description = "The member's institution does not tell more than it does anyway."),
        (status = 403, description = "The feature is not on for the client, or PFM is not among the member's use cases."),
        (status = 409, description = "A job of another kind is running."),
    )
)]
pub(super) async fn extend_history(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MemberGuid>,
) -> Result<Answer<MemberBody>, ApiError> {
    Ok(app.engine.extend_history(&session.caller, &guid).await?.into())
}
