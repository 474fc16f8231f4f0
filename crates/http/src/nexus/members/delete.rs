//! `DELETE /members/{member_guid}`.

use axum::extract::State;
use riverbank_engine::members::DeleteMember;
use riverbank_model::guid::MemberGuid;

use crate::answer::{Answer, Empty};
use crate::app::App;
use crate::callback_payload::CallbackPayload;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;

/// Delete member
///
/// Deletes the member with its accounts and transactions: gone at once, purged after two weeks.
#[utoipa::path(
    delete,
    path = "/members/{member_guid}",
    operation_id = "deleteMember",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member."), SkipWebhook, CallbackPayload),
    responses(
        (status = 200, description = "Done.", body = Empty),
        (status = 400, description = "The payload to send back is not base64 (4002)."),
    )
)]
pub(super) async fn delete_member(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MemberGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
) -> Result<Answer<Empty>, ApiError> {
    let deleted = app.engine.delete_member(&session.caller, &guid, DeleteMember { skip_webhook }).await?;
    if deleted { Ok(Answer::ok(Empty {})) } else { Err(ApiError::not_found()) }
}
