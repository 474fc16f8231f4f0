//! `POST /members/{member_guid}/verify`.

use axum::extract::State;
use riverbank_model::guid::MemberGuid;

use super::MemberBody;
use super::identify::Switches;
use crate::answer::Answer;
use crate::app::App;
use crate::body::OptionalBody;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// Verify member
///
/// Starts a job that finds out the numbers of the member's accounts. Poll the member, answer its challenges, and read the
/// numbers.
#[utoipa::path(
    post,
    path = "/members/{member_guid}/verify",
    operation_id = "verifyMember",
    tag = "verification",
    params(("member_guid" = String, Path, description = "Id of the member.")),
    request_body = inline(Option<Switches>),
    responses(
        (status = 200, description = "A job was started.", body = MemberBody),
        (status = 202, description = "No job was started: one of this kind runs, or the member's status forbids it.", body = MemberBody),
        (status = 400, description = "The member's institution does not tell numbers."),
        (status = 403, description = "The feature is not on for the client."),
        (status = 409, description = "A job of another kind is running."),
    )
)]
pub(super) async fn verify_member(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MemberGuid>,
    OptionalBody(switches): OptionalBody<Switches>,
) -> Result<Answer<MemberBody>, ApiError> {
    Ok(app.engine.verify_member(&session.caller, &guid, switches.include_transactions()).await?.into())
}
