//! `PUT /mdx/{client_id}/users/{user_id}/members/{member_id}`.

use axum::extract::State;
use riverbank_engine::Caller;
use riverbank_engine::members::UpdateMember;
use riverbank_model::limits;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::callback_payload::CallbackPayload;
use crate::error::ApiError;
use crate::nexus::members::{CredentialValue, MemberBody, credentials, filled};
use crate::partner::client::Client;
use crate::path::Paths;
use crate::skip_webhook::SkipWebhook;
use crate::values::Text;

/// The changes to a held member; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct HeldMemberUpdateRequest {
    /// New values, or the answers to open challenges.
    credentials: Option<Vec<CredentialValue>>,
    /// Free text of the partner.
    metadata: Option<Text<{ limits::METADATA }>>,
    /// The name to show; empty is the same as absent.
    name: Option<Text>,
}

impl RequestBody for HeldMemberUpdateRequest {
    const ROOT: Option<&'static str> = Some("member");
}

type HeldMemberUpdateRequestBody = Body<HeldMemberUpdateRequest>;

/// Update held member
///
/// Changes a member; new credentials start an aggregation.
#[utoipa::path(
    put,
    path = "/mdx/{client_id}/users/{user_id}/members/{member_id}",
    operation_id = "updateHeldMember",
    tag = "held members",
    params(
        ("client_id" = String, Path, description = "Id of the client."),
        ("user_id" = String, Path, description = "The partner's own id of the user."),
        ("member_id" = String, Path, description = "The partner's own id of the member."),
        SkipWebhook,
        CallbackPayload,
    ),
    request_body = inline(HeldMemberUpdateRequestBody),
    responses(
        (status = 200, description = "The member.", body = MemberBody),
        (status = 422, description = "The login is taken (4220)."),
    )
)]
pub(super) async fn update_held_member(
    State(app): State<App>,
    Client(partner): Client,
    Paths((_, user_id, id)): Paths<(Text, Text, Text)>,
    SkipWebhook(skip_webhook): SkipWebhook,
    CallbackPayload(callback_payload): CallbackPayload,
    Body(body): Body<HeldMemberUpdateRequest>,
) -> Result<Answer<MemberBody>, ApiError> {
    let held = app.engine.held_member(&partner, &user_id, &id).await?;
    let caller = Caller { callback_payload, ..held.caller };
    let request = UpdateMember {
        credentials: credentials(body.credentials)?,
        metadata: body.metadata.map(Text::into_string),
        name: filled(body.name),
        skip_webhook,
        ..UpdateMember::default()
    };
    let view = app.engine.update_member(&caller, &held.guid, request).await?;
    Ok(Answer::ok(view.into()))
}
