//! `DELETE /mdx/{client_id}/users/{user_id}/members/{member_id}`.

use axum::extract::State;
use riverbank_engine::Caller;
use riverbank_engine::held_members::HeldMemberError;
use riverbank_engine::members::DeleteMember;

use crate::answer::{Answer, Empty};
use crate::app::App;
use crate::callback_payload::CallbackPayload;
use crate::error::ApiError;
use crate::partner::client::Client;
use crate::path::Paths;
use crate::skip_webhook::SkipWebhook;
use crate::values::Text;

/// Delete held member
///
/// Deletes the member with its accounts and transactions; its id may be used again.
#[utoipa::path(
    delete,
    path = "/mdx/{client_id}/users/{user_id}/members/{member_id}",
    operation_id = "deleteHeldMember",
    tag = "held members",
    params(
        ("client_id" = String, Path, description = "Id of the client."),
        ("user_id" = String, Path, description = "The partner's own id of the user."),
        ("member_id" = String, Path, description = "The partner's own id of the member."),
        SkipWebhook,
        CallbackPayload,
    ),
    responses(
        (status = 200, description = "Done.", body = Empty),
        (status = 400, description = "The payload to send back is not base64 (4002)."),
    )
)]
pub(super) async fn delete_held_member(
    State(app): State<App>,
    Client(partner): Client,
    Paths((_, user_id, id)): Paths<(Text, Text, Text)>,
    SkipWebhook(skip_webhook): SkipWebhook,
    CallbackPayload(callback_payload): CallbackPayload,
) -> Result<Answer<Empty>, ApiError> {
    let held = app.engine.held_member(&partner, &user_id, &id).await?;
    let caller = Caller { callback_payload, ..held.caller };
    let request = DeleteMember { skip_webhook };
    let deleted = app.engine.delete_member(&caller, &held.guid, request).await?;
    if deleted { Ok(Answer::ok(Empty {})) } else { Err(HeldMemberError::NoSuchMember.into()) }
}
